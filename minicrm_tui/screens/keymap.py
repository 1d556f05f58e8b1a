"""The person's own keys: checked once at start-up, because Textual drops a clashing key without a word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from minicrm_tui.domain.errors import CannotStart
from minicrm_tui.i18n import _

_MODIFIERS: Final = frozenset({"ctrl", "shift", "alt", "meta", "super", "hyper"})
_NAMED: Final = frozenset((*KEY_NAME_REPLACEMENTS.values(), *(key.value for key in Keys)))


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the program: its id, its keys and where it lives."""

    id: str
    keys: frozenset[str]
    scope: str


def commands_of(scope: str, node_types: Iterable[type[DOMNode]]) -> list[Command]:
    """The commands that these classes declare; they are live at the same time."""
    keys: dict[str, set[str]] = {}
    for node_type in node_types:
        for binding in _own_bindings(node_type):
            if binding.id:
                keys.setdefault(binding.id, set()).add(binding.key)
    return [Command(name, frozenset(used), scope) for name, used in keys.items()]


def _own_bindings(node_type: type[DOMNode]) -> Iterable[Binding]:
    declared: Sequence[BindingType] = node_type.__dict__.get("BINDINGS", ())
    return Binding.make_bindings(declared)


def check_keymap(keymap: Mapping[str, str], commands: Sequence[Command]) -> None:
    """Raise CannotStart for an unknown command, what is no key, or a key that two live commands would share."""
    known = {command.id for command in commands}
    for name, keys in keymap.items():
        if name not in known:
            raise CannotStart(
                _("The keymap names “{name}”, which is no command.").format(name=name), _nearest(name, known)
            )
        if not _split(keys):
            raise CannotStart(_("The keymap gives no key for “{name}”.").format(name=name))
        _refuse_unknown_keys(name, keys)
    for scope in {command.scope for command in commands}:
        _check_scope(keymap, [command for command in commands if command.scope == scope])


def _check_scope(keymap: Mapping[str, str], commands: Sequence[Command]) -> None:
    taken: dict[str, str] = {}
    for command in sorted(commands, key=lambda command: command.id in keymap):
        keys = _split(keymap[command.id]) if command.id in keymap else command.keys
        for key in keys:
            other = taken.setdefault(key, command.id)
            # Two commands that share a key from the start are never live together.
            if other != command.id and (command.id in keymap or other in keymap):
                raise CannotStart(
                    _("The keymap gives the key “{key}” to both “{one}” and “{other}”.").format(
                        key=key, one=other, other=command.id
                    ),
                    _("Choose another key for one of them."),
                )


def _refuse_unknown_keys(name: str, keys: str) -> None:
    for key in sorted(_split(keys)):
        if not _is_key(key):
            raise CannotStart(
                _("The keymap gives “{name}” the key “{key}”, which is none.").format(name=name, key=key),
                _("Keys are written like {examples}.").format(examples="x, f5, ctrl+x, space, question_mark"),
            )


def _is_key(key: str) -> bool:
    """Whether a terminal may send it: x, question_mark, f5, ctrl+x, shift+up."""
    *modifiers, plain = key.split("+")
    return _MODIFIERS.issuperset(modifiers) and (plain in _NAMED or key_to_character(plain) is not None)


def _split(keys: str) -> frozenset[str]:
    """The keys of a comma-separated list, by Textual's long names ("question_mark")."""
    listed = ",".join(key for key in keys.split(",") if key.strip())
    return (
        frozenset(binding.key for binding in Binding.make_bindings([Binding(listed, "none")]))
        if listed
        else frozenset()
    )


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), 1)
    return _("Did you mean “{name}”?").format(name=near[0]) if near else ""
