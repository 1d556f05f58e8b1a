"""The second step: what the file was taken for, and how it is read; every line can be said otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.imports import OnDuplicate
from minicrm_tui.domain.records import ModuleId
from minicrm_tui.exchange.importing.profiles import Program, recognise
from minicrm_tui.exchange.importing.session import Plan
from minicrm_tui.exchange.importing.styles import Dates, Decimals, Evidence, Styles
from minicrm_tui.exchange.importing.targets import MOMENTS, What
from minicrm_tui.exchange.reading.tables import FileKind
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.importing.draft import Draft
from minicrm_tui.screens.importing.lines import Line, Part
from minicrm_tui.screens.importing.names import DATES, DECIMALS, DELIMITERS, ON_DUPLICATE, Option

_ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "cp1250", "cp1252", "iso8859_2", "iso8859_1", "iso8859_16",
                     "cp852", "mac_roman")  # fmt: skip
_FOUND: Final = ""
"""What a style is kept as that each column's own values say."""

_OPTION: Final = re.compile(r" \(--[a-z-]+\)")


def reading_parts(draft: Draft) -> Sequence[Part]:
    """The lines, and what a person should know before going on."""
    parts = [Part(_("The file"), tuple(_of_file(draft))), Part(_("The cards"), tuple(_of_cards(draft)))]
    # What the command line would have to be told is a line above.
    warnings = [_OPTION.sub("", said) for said in _warnings(draft)]
    if warnings:
        parts.append(Part(_("Good to know"), [Line(said, whole=said) for said in warnings], tone="warning"))
    return parts


def _of_file(draft: Draft) -> Iterator[Line]:
    survey = draft.looked.survey
    table = survey.table
    yield Line(_("Taken for"), draft.looked.profile.name, key="program")
    rows = ngettext("{n} row", "{n} rows", survey.rows).format(n=format_number(survey.rows))
    columns = ngettext("{n} column", "{n} columns", len(survey.columns)).format(n=format_number(len(survey.columns)))
    yield Line(_("Holds"), f"{rows}, {columns}")
    if table.kind is not FileKind.SHEET:
        yield Line(_("Encoding"), table.encoding, key="encoding")
    if table.kind is FileKind.DELIMITED:
        yield Line(_("Between cells"), _(DELIMITERS.get(table.delimiter, table.delimiter)), key="delimiter")
    plan = _plan(draft)
    dates, decimals = draft.said.dates, draft.said.decimals
    yield Line(_("Dates"), _found_out(plan) if dates is None else _(DATES[dates]), key="dates")
    yield Line(_("Decimal mark"), _mark_found(plan) if decimals is None else _(DECIMALS[decimals]), key="decimals")


def _of_cards(draft: Draft) -> Iterator[Line]:
    plan = _plan(draft)
    goes = draft.landing is not None and (plan is None or plan.statuses is not None)
    into = draft.landing.module.name if goes and draft.landing is not None else _("no cards: contacts alone")
    yield Line(_("Into"), into, key="module")
    yield Line(_("What is there already"), _(ON_DUPLICATE[draft.on_duplicate]), key="duplicates")


def _warnings(draft: Draft) -> Iterator[str]:
    if draft.uses_saved:
        yield _("The mapping that was saved for these headers was used.")
    if draft.complaint:
        yield draft.complaint
    plan = _plan(draft)
    yield from draft.looked.survey.warnings if plan is None else plan.warnings


def _plan(draft: Draft) -> Plan | None:
    """None where something is lacking: the next step says what."""
    try:
        return draft.plan()
    except CrmError:
        return None


def _found_out(plan: Plan | None) -> str:
    """In which order the dates are, where the year is not first in all of them."""
    return _as_shown(
        [
            DATES[styles.dates]
            for evidence, styles in _styles(plan, MOMENTS)
            if styles.dates is not None and (evidence.day_first or evidence.month_first or evidence.either)
        ]
    )


def _mark_found(plan: Plan | None) -> str:
    """The decimal marks of the amounts."""
    found = _styles(plan, (What.VALUE, What.FIELD))
    return _as_shown([DECIMALS[styles.decimals] for _evidence, styles in found if styles.decimals is not None])


def _styles(plan: Plan | None, whats: Collection[What]) -> Iterator[tuple[Evidence, Styles]]:
    """Of the columns that go to these fields."""
    if plan is None:
        return
    for place, styles in plan.manner.styles.items():
        target = plan.targets[place]
        if target is not None and target.what in whats:
            yield plan.looked.survey.columns[place].evidence, styles


def _as_shown(names: Sequence[str]) -> str:
    said = ", ".join(_(name) for name in dict.fromkeys(names))
    return _("as each column shows: {styles}").format(styles=said) if said else _("as each column shows")


# --- changing them


def options_of(draft: Draft, key: str) -> tuple[Sequence[Option], str]:
    """What can be chosen in this line, and what is chosen."""
    table, said = draft.looked.survey.table, draft.said
    match key:
        case "program":
            return _programs(draft), draft.looked.profile.program.value
        case "encoding":
            names = dict.fromkeys((table.encoding, *_ENCODINGS))
            return [(name, name) for name in names], table.encoding
        case "delimiter":
            return [(mark, _(name)) for mark, name in DELIMITERS.items()], table.delimiter
        case "dates":
            of_columns = (_FOUND, _("as each column shows"))
            return [of_columns, *((each.value, _(DATES[each])) for each in Dates)], said.dates or _FOUND
        case "decimals":
            of_columns = (_FOUND, _("as each column shows"))
            return [of_columns, *((each.value, _(DECIMALS[each])) for each in Decimals)], said.decimals or _FOUND
        case "module":
            return _modules(draft), str(draft.landing.module.id) if draft.landing is not None else _FOUND
    return [(each.value, _(ON_DUPLICATE[each])) for each in OnDuplicate], draft.on_duplicate.value


def _programs(draft: Draft) -> Sequence[Option]:
    kind = draft.looked.survey.table.kind
    offered = (Program.VCARD,) if kind is FileKind.CARDS else (each for each in Program if each is not Program.VCARD)
    return [(each.value, recognise(draft.headers, kind, each).name) for each in offered]


def _modules(draft: Draft) -> Sequence[Option]:
    found = [(str(each.id), each.name) for each in draft.modules]
    return found if draft.looked.profile.has_cards else [(_FOUND, _("no cards: contacts alone")), *found]


async def choose(draft: Draft, key: str, value: str) -> None:
    """It is this. Refused for what the file is not; all stays as it was then."""
    said = draft.said
    match key:
        case "program":
            await draft.read_as(replace(said, program=Program(value)))
        case "encoding":
            await draft.read_as(replace(said, reading=replace(said.reading, encoding=value)))
        case "delimiter":
            await draft.read_as(replace(said, reading=replace(said.reading, delimiter=value)))
        case "dates":
            await draft.read_as(replace(said, dates=Dates(value) if value else None))
        case "decimals":
            await draft.read_as(replace(said, decimals=Decimals(value) if value else None))
        case "module":
            await draft.go_to_module(ModuleId(int(value)) if value else None)
        case "duplicates":
            draft.on_duplicate = OnDuplicate(value)
