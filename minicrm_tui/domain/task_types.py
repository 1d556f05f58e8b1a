"""The types of tasks: those that every module begins with, and what a person makes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import NC_, _, pgettext

TASK_TYPES: Final[Mapping[str, str]] = {
    "call": NC_("task type", "Call"),
    "meeting": NC_("task type", "Meeting"),
    "email": NC_("task type", "E-mail"),
    "other": NC_("task type", "Other"),
}
"""The types that every module begins with: as tasks keep them, and what they are called."""

DEFAULT_TYPES: Final = tuple(TASK_TYPES)

OTHER: Final = "other"

_WORDS: Final[Mapping[str, str]] = {
    "call": "call calls phone ring telephone suna sunat sun apel apeleaza apelat telefon telefoneaza contacteaza",
    "meeting": "meeting meet visit demo lunch intalnire intalneste intalnirea sedinta vizita viziteaza",
    "email": "email e-mail mail write reply scrie scris raspunde mesaj",
}
_FIRST_WORDS: Final[Mapping[str, str]] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""The first word, folded, that gives a task its type."""


def task_type(text: str, types: Sequence[str] = DEFAULT_TYPES) -> str:
    """The type, among a module's, that the first word of a task gives it; Other where none does, or the last one."""
    first = _first_word(text)
    known = _FIRST_WORDS.get(first, OTHER)
    own = (kind for kind in types if kind not in TASK_TYPES and first and _first_word(kind) == first)
    kind = next(own, known)
    if kind in types:
        return kind
    return OTHER if OTHER in types else types[-1]


def _first_word(text: str) -> str:
    found = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)?", fold(text))
    return found[0] if found else ""


def task_type_name(kind: str) -> str:
    """The name of a task's type, translated; an own type is its name."""
    return pgettext("task type", TASK_TYPES[kind]) if kind in TASK_TYPES else kind


def kept_type(name: str) -> str:
    """A type as tasks keep it: that of a default one by its key, in every language, an own one by its name."""
    typed = fold(name)
    return next((kind for kind in TASK_TYPES if typed in {kind, fold(task_type_name(kind))}), name)


def read_type(text: str, types: Sequence[str] = DEFAULT_TYPES) -> str | None:
    """The type, among a module's, behind a typed name or its beginning; Invalid("type", …) for none of them."""
    typed = fold(text)
    if not typed:
        return None
    found = _named(typed, types)
    if found is not None:
        return found
    names = ", ".join(task_type_name(kind) for kind in types)
    raise Invalid("type", _("The types are: {names}.").format(names=names))


def _named(typed: str, types: Sequence[str]) -> str | None:
    whole = (kind for kind in types if typed in {fold(kind), fold(task_type_name(kind))})
    begun = (kind for kind in types if fold(task_type_name(kind)).startswith(typed))
    return next(whole, None) or next(begun, None)
