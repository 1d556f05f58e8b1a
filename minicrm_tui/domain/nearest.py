"""What a mistyped name was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from minicrm_tui.i18n import _


def nearest(wanted: str, known: Iterable[str]) -> str | None:
    """The known name that the wanted one was most likely meant to be."""
    # Few people mistype anything; the settings are read at every start.
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    matches = get_close_matches(wanted.casefold(), names, n=1, cutoff=0.5)
    return names[matches[0]] if matches else None


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A hint with the nearest known name, or all of them where none is near."""
    names = tuple(known)
    near = nearest(wanted, names)
    if near is not None:
        return _("Did you mean “{name}”?").format(name=near)
    return _("Known are: {names}.").format(names=", ".join(names))
