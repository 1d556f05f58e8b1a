"""Which column goes where: what is proposed, what a person chooses, and what is lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.imports import Landing
from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.importing.headers import read_target, target_of
from minicrm_tui.exchange.importing.profiles import Profile, context_of
from minicrm_tui.exchange.importing.targets import CARD, COMPANY, PERSON, REACHES, Subject, Target, What
from minicrm_tui.i18n import _

Targets = tuple[Target | None, ...]
"""Where each column goes; None for one that is not known."""


def propose(headers: Sequence[str], profile: Profile, landing: Landing | None) -> Targets:
    """What the headers say."""
    context = context_of(profile, headers, field_names(landing), is_sales=landing is not None and landing.is_sales)
    return tuple(target_of(header, context) for header in headers)


def field_names(landing: Landing | None) -> tuple[str, ...]:
    """The names of the module's own fields that are in use."""
    return () if landing is None else tuple(field.name for field in landing.fields if not field.retired)


def chosen(targets: Targets, headers: Sequence[str], maps: Mapping[str, str], landing: Landing | None) -> Targets:
    """The targets with a person's choices; Refused for a column or a field that is not there."""
    found = list(targets)
    for column, text in maps.items():
        place = place_of(column, headers)
        target = read_target(text, field_names(landing))
        if target is None:
            raise Refused(
                _("There is no field “{name}”.").format(name=text),
                _("There are: {names}.").format(names=", ".join(offered(landing))),
            )
        found[place] = target
    return tuple(found)


def place_of(column: str, headers: Sequence[str]) -> int:
    """The column of this header; Refused without one."""
    folded = [fold(header) for header in headers]
    wanted = fold(column).rstrip("* ")
    if wanted in folded:
        return folded.index(wanted)
    near = get_close_matches(wanted, folded, n=1, cutoff=0.5)
    hint = _("Did you mean “{name}”?").format(name=headers[folded.index(near[0])]) if near else ""
    raise Refused(_("There is no column “{name}”.").format(name=column), hint)


def offered(landing: Landing | None) -> tuple[str, ...]:
    """Every field that a column can go to, as it is written."""
    own = tuple(f"{What.FIELD.value}: {name}" for name in field_names(landing))
    plain = (what.value.replace("Person:", "Person1:") for what in What if what is not What.FIELD)
    return (*plain, *own)


def unmapped(headers: Sequence[str], targets: Targets) -> tuple[str, ...]:
    """The columns that are not imported, in their order."""
    return tuple(
        header for header, target in zip(headers, targets, strict=True) if target is None or target.what is What.IGNORE
    )


def refuse_lacking(targets: Targets, profile: Profile) -> None:
    """Raise Refused where nothing says what the rows are called."""
    what = lacking(targets, profile)
    if what is not None:
        raise Refused(
            _("No column was recognised as “{field}”.").format(field=what.value),
            _("Say which one it is: --map “COLUMN={field}”.").format(field=what.value),
        )


def lacking(targets: Targets, profile: Profile) -> What | None:
    """The field that would say what the rows are called, where no column goes there; None where one does."""
    whats = {target.what for target in targets if target is not None}
    clients = whats & {What.COMPANY_NAME, What.PERSON_NAME, What.PERSON_FIRST, What.PERSON_LAST}
    match profile.subject:
        case Subject.CARDS if not (What.CARD_NAME in whats or clients):
            return What.CARD_NAME
        case Subject.PEOPLE | Subject.COMPANIES if not clients:
            return What.PERSON_NAME if profile.subject is Subject.PEOPLE else What.COMPANY_NAME
        case Subject.ACTIVITIES if What.TASK_TEXT not in whats:
            return What.TASK_TEXT
        case Subject.NOTES if What.NOTE not in whats:
            return What.NOTE
    return None


def subject_of(targets: Targets, profile: Profile) -> Subject:
    """What the rows are about once a person has mapped the columns: cards, as soon as one goes to a card."""
    whats = {target.what for target in targets if target is not None}
    if profile.subject in (Subject.PEOPLE, Subject.COMPANIES) and whats & CARD:
        return Subject.CARDS
    if profile.subject is Subject.CARDS and not whats & CARD and whats & (PERSON | COMPANY):
        return Subject.PEOPLE if whats & PERSON else Subject.COMPANIES
    return profile.subject


_SEVERAL: Final = REACHES | {
    *(What.NOTE, What.PERSON_FIRST, What.PERSON_MORE, What.COMPANY_ADDRESS, What.PERSON_ADDRESS, What.IGNORE)
}
"""Fields that take what several columns hold, one after the other."""


def second_columns(targets: Targets) -> frozenset[int]:
    """The places of columns whose field has another column before them: they count only where that is empty."""
    taken: set[Target] = set()
    again = set()
    for place, target in enumerate(targets):
        if target is not None and target.what not in _SEVERAL:
            if target in taken:
                again.add(place)
            taken.add(target)
    return frozenset(again)
