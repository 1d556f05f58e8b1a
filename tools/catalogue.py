"""Keeps the Romanian catalogue in step with the code.

`python tools/catalogue.py update` brings new sentences into the .po file, takes dropped ones out and compiles the .mo;
`python tools/catalogue.py check` says what is missing, and is what the checks run.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CODE = ROOT / "minicrm_tui"
PO = CODE / "locale" / "ro" / "LC_MESSAGES" / "minicrm.po"
MO = PO.with_suffix(".mo")

KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "NN_": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NC_": ((1, "c"), 2),
}
IN_CONTEXT = {"pgettext", "NC_"}
PLURAL = {"ngettext", "NN_"}
WIDTH = 120
FORMS = 3
PERCENT = re.compile(r"%(?:\(\w+\))?[srd]")
HEADER_NOISE = re.compile(rb'"(?:Project-Id|Report-Msgid|POT-|PO-|Last-|Language-Team|Generated-By)[^\n]*\n')
THE_SAME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
CEDILLAS = re.compile("[şţŞŢ]")

Key = tuple[str, str]
Ids = str | tuple[str, str]


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    if arguments == ["update"]:
        update()
        return 0
    if arguments == ["check"]:
        return check()
    print(__doc__)
    return 2


def update() -> None:
    """Bring the .po file up to the code, keep every translation that still fits, and compile it."""
    catalogue = read(PO)
    catalogue.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    PO.write_bytes(written(catalogue))
    MO.write_bytes(compile_(catalogue))
    untranslated = [message for message in sentences(catalogue) if not all(forms(message))]
    print(f"{len(list(sentences(catalogue)))} sentences, {len(untranslated)} of them untranslated")


def check() -> int:
    """Print all that is wrong; 1 if anything is."""
    compiled = MO.read_bytes() if MO.exists() else b""
    faults = list(find_faults(extract(), read(PO), compiled))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} faults in the catalogue" if faults else "the catalogue is whole")
    return 1 if faults else 0


def find_faults(wanted: Catalog, catalogue: Catalog, compiled: bytes) -> Iterator[str]:
    """Everything that is wrong with the catalogue, a line each."""
    there = {key(message): message for message in sentences(catalogue)}
    needed = {key(message): message for message in sentences(wanted)}
    for missing in sorted(needed.keys() - there.keys()):
        yield f"missing: {shown(missing)}"
    for dropped in sorted(there.keys() - needed.keys()):
        yield f"no longer in the code: {shown(dropped)}"
    for each in sorted(needed.keys() & there.keys()):
        yield from (f"{fault}: {shown(each)}" for fault in faults_of(needed[each], there[each]))
    if decompiled(compiled) != decompiled(compile_(catalogue)):
        yield "the .mo file is not what the .po file compiles to: run update"


def faults_of(wanted: Message, message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "fuzzy"
    if wanted.pluralizable != message.pluralizable or len(forms(message)) != (FORMS if wanted.pluralizable else 1):
        yield "wrong number of forms"
    elif not all(forms(message)):
        yield "untranslated"
    else:
        yield from faults_of_forms(wanted, forms(message))


def faults_of_forms(wanted: Message, translations: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the wording: placeholders, edges, letters."""
    ids = (wanted.id,) if isinstance(wanted.id, str) else tuple(wanted.id)
    for place, text in enumerate(translations):
        needed, filled = placeholders(ids[-1]), placeholders(text)
        # The form for one may leave its number out.
        if filled != needed and (place > 0 or len(ids) == 1 or not set(filled) <= set(needed)):
            yield f"other placeholders in “{text}”"
        if edges(text) != edges(ids[0]):
            yield f"other spaces at the ends of “{text}”"
        if CEDILLAS.search(text):
            yield f"a cedilla instead of a comma below in “{text}”"


def placeholders(text: str) -> list[str]:
    """What `.format` and `%` fill in, with their formats."""
    braces = [f"{{{name}:{form}}}" for _text, name, form, _kind in Formatter().parse(text) if name is not None]
    return sorted(braces + PERCENT.findall(text))


def edges(text: str) -> tuple[str, str]:
    """The white space before and after the text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def extract() -> Catalog:
    """Every sentence of the code, with the files that it is in."""
    catalogue = Catalog()
    for path in sorted(CODE.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for line, ids, comments, context in extract_from_file("python", path, KEYWORDS, ["Translators:"]):
            catalogue.add(ids, None, [(where, line)], auto_comments=comments, context=context)
        for line, ids, context in calls(path.read_text("utf-8")):
            if catalogue.get(ids, context) is None:
                catalogue.add(ids, None, [(where, line)], context=context)
    return catalogue


def calls(code: str) -> Iterator[tuple[int, Ids, str | None]]:
    """Every sentence that is marked; Babel passes over one that stands in the arguments of another."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            in_context, plural = node.func.id in IN_CONTEXT, node.func.id in PLURAL
            if len(words) == 1 + (in_context or plural):
                yield node.lineno, (words[0], words[1]) if plural else words[-1], words[0] if in_context else None


def read(path: Path) -> Catalog:
    """The .po file; an empty Romanian catalogue where there is none yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return Catalog("ro", domain="minicrm", header_comment="# The Romanian sentences of MiniCRM.", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, "ro")


def written(catalogue: Catalog) -> bytes:
    """What the .po file should hold; without the header's dates and names, which only change."""
    file = BytesIO()
    write_po(file, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return HEADER_NOISE.sub(b"", file.getvalue())


def compile_(catalogue: Catalog) -> bytes:
    """What the .mo file should hold: the same bytes for the same sentences."""
    catalogue.creation_date = catalogue.revision_date = THE_SAME_DAY
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def decompiled(compiled: bytes) -> dict[Key, tuple[str, ...]]:
    """The translations in a .mo file, without its header, which names the version of Babel."""
    return {key(message): forms(message) for message in sentences(read_mo(BytesIO(compiled)))} if compiled else {}


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """The messages but for the header."""
    return (message for message in catalogue if message.id)


def key(message: Message) -> Key:
    """What a sentence is looked up by."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """The translation, in all its forms."""
    strings = message.string or ("",) * (FORMS if message.pluralizable else 1)
    return (strings,) if isinstance(strings, str) else tuple(strings)


def shown(each: Key) -> str:
    """A sentence as the faults name it."""
    context, text = each
    return f"“{text}” ({context})" if context else f"“{text}”"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
