"""In which encoding a text is written: what its first bytes say, else UTF-8 where all of it is, else the likeliest."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO, Final

from minicrm_tui.exchange.reading.tables import refuse
from minicrm_tui.i18n import _

_LIKELY: Final = ("cp1250", "cp1252", "iso8859_2", "iso8859_1", "iso8859_16", "cp852", "mac_roman")
"""What programs write where Romanian, Hungarian, German and French are typed."""

_LETTERS: Final = frozenset("ăâîșțşţáéíóöőúüűàèùçêôûëïñäßĂÂÎȘȚŞŢÁÉÍÓÖŐÚÜŰÀÈÙÇÊÔÛËÏÑÄ")
_SAMPLE: Final = 1_000_000
_PORTION: Final = 1 << 20
_SOME_LINES: Final = 2_000


def find_encoding(path: Path, file: BinaryIO, wanted: str = "") -> str:
    """The encoding of an open file, which is left at its beginning. Refused for one that is not known or not so."""
    head = file.read(4096)
    file.seek(0)
    if wanted:
        return _checked(path, file, wanted)
    marked = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else of_two_bytes(head)
    if marked:
        return _checked(path, file, marked)
    wrong = _first_wrong(file, "utf-8")
    if wrong is None:
        return "utf-8"
    return _likeliest(path, file, wrong)


def _checked(path: Path, file: BinaryIO, name: str) -> str:
    try:
        known = codecs.lookup(name)
        if not getattr(known, "_is_text_encoding", True):
            raise LookupError(name)
    except LookupError:
        raise refuse(
            path,
            _("there is no encoding “{name}”.").format(name=name),
            _("Try {names}.").format(names="utf-8, cp1250, cp1252"),
        ) from None
    wrong = _first_wrong(file, known.name)
    if wrong is not None:
        raise refuse(
            path,
            _("byte {n} is no text in {encoding}.").format(n=wrong + 1, encoding=name),
            _("Try another --encoding."),
        )
    return name


def of_two_bytes(head: bytes) -> str:
    """UTF-16, by its mark, or by every second byte of mostly plain letters that is nothing; "" for anything else."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


def _first_wrong(file: BinaryIO, encoding: str) -> int | None:
    """Where the first byte is that is none of this encoding; None where there is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    try:
        while portion := file.read(_PORTION):
            decoder.decode(portion)
            done += len(portion)
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        return done + getattr(error, "start", 0)
    finally:
        file.seek(0)
    return None


def _likeliest(path: Path, file: BinaryIO, wrong: int) -> str:
    """By the lines that are not plain ASCII, from the first of them on."""
    from charset_normalizer import from_bytes

    file.seek(max(0, wrong - 1000))
    lines = [line for line in file.read(_SAMPLE).splitlines() if not line.isascii()][:_SOME_LINES]
    file.seek(0)
    sample = b"\n".join(lines)
    found = from_bytes(sample, cp_isolation=list(_LIKELY), threshold=1.0, preemptive_behaviour=False)
    names = {match.encoding for match in found}
    best = found.best()
    guess = "" if best is None else best.encoding
    # It knows words, of which tables have few: where letters of our languages are to be had, they decide.
    ranked = sorted(_LIKELY[:3], key=lambda name: -_letters(sample, name))
    if _letters(sample, ranked[0]) >= _letters(sample, guess or "ascii"):
        guess = ranked[0]
    if not guess or (names and guess not in names and _letters(sample, guess) == 0):
        guess = "cp1252"
    return guess if _first_wrong(file, guess) is None else _any_that_fits(path, file)


def _letters(sample: bytes, encoding: str) -> int:
    """How many letters of our languages it gives, minus what can be none of a text."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1
    strange = sum(1 for mark in text if "\x80" <= mark <= "\x9f")
    return sum(1 for mark in text if mark in _LETTERS) - 3 * strange


def _any_that_fits(path: Path, file: BinaryIO) -> str:
    found = next((name for name in _LIKELY if _first_wrong(file, name) is None), None)
    if found is None:
        raise refuse(path, _("the encoding of its text can't be told."), _("Name it."))
    return found
