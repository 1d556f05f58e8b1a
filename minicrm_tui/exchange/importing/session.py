"""An import step by step, as a screen or a command takes it: look at the file, plan, then read the rows.

Nothing is kept between the steps but what they give back, so each can be taken again with other choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.imports import CLOSED_TO_IMPORTS, Landing, StatusWord
from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.importing import mapping
from minicrm_tui.exchange.importing.headers import read_target
from minicrm_tui.exchange.importing.mapping import Targets
from minicrm_tui.exchange.importing.own_modules import told_of_module
from minicrm_tui.exchange.importing.profiles import Profile, Program, recognise
from minicrm_tui.exchange.importing.rows import Manner, RowReader
from minicrm_tui.exchange.importing.statuses import StatusPlan, choices, meant
from minicrm_tui.exchange.importing.styles import Dates, Decimals, Styles, styles_of
from minicrm_tui.exchange.importing.survey import Column, Survey, survey, words_alike
from minicrm_tui.exchange.importing.targets import MOMENTS, Subject, What
from minicrm_tui.exchange.reading.kinds import open_table
from minicrm_tui.exchange.reading.tables import Limits, Reading, refuse
from minicrm_tui.i18n import _, format_number, ngettext

_NAMED: Final = 12
"""Unknown statuses that a sentence names."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of a file; what is empty is found out."""

    program: Program | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    dates: Dates | None = None
    decimals: Decimals | None = None
    as_cards: bool = False
    """Each contact is to be a card too: a module was named for a file of contacts."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file, and what it was taken for."""

    survey: Survey
    profile: Profile

    @property
    def path(self) -> Path:
        """The file."""
        return self.survey.table.path


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file will be imported. `unknown`: the status words that nobody has explained, with their rows."""

    looked: Looked
    landing: Landing | None
    manner: Manner
    statuses: StatusPlan | None
    words: Mapping[str, StatusWord]
    unknown: Mapping[str, int]
    warnings: tuple[str, ...]

    @property
    def module_key(self) -> str:
        """For which modules its statuses are explained: those of a kind."""
        return "" if self.landing is None else self.landing.module.kind.value

    @property
    def brings_to_cards(self) -> bool:
        """Whether its rows are tasks and notes of cards that are there."""
        return self.manner.subject in (Subject.ACTIVITIES, Subject.NOTES)

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns, as they can be named."""
        return self.looked.survey.headers

    @property
    def targets(self) -> Targets:
        """Where each of them goes."""
        return self.manner.targets

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The columns that are not imported."""
        return mapping.unmapped(self.headers, self.targets)

    def reader(self) -> RowReader:
        """What reads the rows."""
        return RowReader(self.looked.survey, self.manner, self.statuses)

    def refuse_unknown(self) -> None:
        """Raise Refused where there are status words that nobody has explained."""
        if not self.unknown or self.landing is None:
            return
        shown = [_word(word, rows) for word, rows in list(self.unknown.items())[:_NAMED]]
        offered = choices(self.landing)
        first = next(iter(self.unknown))
        raise refuse(
            self.looked.path,
            _("{module} does not know these statuses: {names}.").format(
                module=self.landing.module.name, names=", ".join(shown)
            ),
            _("Say what each is, like --status-map “{word}={status}”; there are: {names}.").format(
                word=first, status=offered[0], names=", ".join(offered)
            ),
        )


def look(path: Path, limits: Limits, choices: Choices) -> Looked:
    """Walk over the file once, and say what it was taken for. Refused for what can't be read."""
    found = survey(open_table(path, limits, choices.reading), limits)
    return Looked(found, recognise(found.headers, found.table.kind, choices.program))


def plan(looked: Looked, landing: Landing | None, choices: Choices, *, country: str, now: datetime) -> Plan:
    """Where everything goes. Refused for choices that can't be, and where nothing says what a row is called.

    `landing`: the module for cards; a file of contacts needs none. `country`: of phones, and of doubtful dates.
    """
    found = looked.survey
    targets = mapping.propose(found.headers, looked.profile, landing)
    targets = mapping.chosen(targets, found.headers, choices.maps, landing)
    subject = mapping.subject_of(targets, looked.profile)
    mapping.refuse_lacking(targets, replace(looked.profile, subject=subject))
    if choices.as_cards and landing is not None and subject in (Subject.PEOPLE, Subject.COMPANIES):
        subject = Subject.CARDS
    statuses, told = None, tuple[str, ...]()
    if subject not in (Subject.PEOPLE, Subject.COMPANIES):
        statuses = StatusPlan(_checked(landing), _explained(choices, landing))
        told = told_of_module(found, _checked(landing))
    styles, warnings = _styles(found, targets, choices, country)
    words, unknown = ({}, {}) if statuses is None else _statuses(found, targets, statuses)
    manner = Manner(subject, targets, styles, country, now, looked.profile.program is Program.HUBSPOT)
    return Plan(looked, landing, manner, statuses, words, unknown, (*found.warnings, *told, *warnings))


def needs_module(looked: Looked, choices: Choices) -> bool:
    """Whether the rows are cards, as far as the headers and a person's choices say."""
    targets = mapping.propose(looked.survey.headers, looked.profile, None)
    targets = mapping.chosen(targets, looked.survey.headers, _without_fields(choices.maps), None)
    subject = mapping.subject_of(targets, looked.profile)
    return subject not in (Subject.PEOPLE, Subject.COMPANIES) or len(_without_fields(choices.maps)) < len(choices.maps)


def _without_fields(maps: Mapping[str, str]) -> dict[str, str]:
    """Those that go to what every module has."""
    return {column: text for column, text in maps.items() if read_target(text) is not None}


def _checked(landing: Landing | None) -> Landing:
    if landing is None:
        raise Refused(_("No module can take these cards."), _("Name one with --module."))
    if landing.module.kind in CLOSED_TO_IMPORTS:
        raise Refused(
            _("Cards can't be imported into {module}: their numbers and items are made there.").format(
                module=landing.module.name
            ),
            _("Name another module with --module."),
        )
    return landing


# --- statuses


def _explained(choices: Choices, landing: Landing | None) -> dict[str, StatusWord]:
    if landing is None:
        return {}
    found = {}
    for word, text in choices.statuses.items():
        status = meant(text, landing)
        if status is None:
            raise Refused(
                _("{module} has no status “{name}”.").format(module=landing.module.name, name=text),
                _("There are: {names}.").format(names=", ".join(_offered(landing))),
            )
        found[fold(word)] = status
    return found


def _offered(landing: Landing) -> tuple[str, ...]:
    return choices(landing)


def _statuses(found: Survey, targets: Targets, statuses: StatusPlan) -> tuple[dict[str, StatusWord], dict[str, int]]:
    """What the words of the status columns mean, and those that mean nothing yet."""
    whats = {target.what for target in targets if target is not None}
    words: dict[str, StatusWord] = {}
    unknown: dict[str, int] = {}
    for column, target in zip(found.columns, targets, strict=True):
        if target is None or target.what not in (What.STATUS, What.SALES_STATUS):
            continue
        for word, rows in _words_of(found, column).items():
            if target.what is What.STATUS:
                meaning = statuses.status_word(word, beside_sales=What.SALES_STATUS in whats)
            else:
                meaning = statuses.sales_word(word)
            if meaning is None:
                unknown[word] = unknown.get(word, 0) + rows
            else:
                words[word] = meaning
    return words, unknown


def _words_of(found: Survey, column: Column) -> dict[str, int]:
    if column.words is None:
        raise refuse(
            found.table.path,
            _("there are too many different values for statuses."),
            _("Leave the column out: --map “{column}=ignore”.").format(column=column.header),
            column=column.header,
        )
    return words_alike(column.words)


def _word(word: str, rows: int) -> str:
    count = ngettext("{n} row", "{n} rows", rows).format(n=format_number(rows))
    return _("“{text}”").format(text=word) + f" ({count})"


# --- dates and decimals


def _styles(found: Survey, targets: Targets, choices: Choices, country: str) -> tuple[dict[int, Styles], list[str]]:
    """Of each column that has dates or numbers, and what a person should know of them."""
    styles: dict[int, Styles] = {}
    warnings: list[str] = []
    for place, (column, target) in enumerate(zip(found.columns, targets, strict=True)):
        if target is None or target.what not in (*MOMENTS, What.VALUE, What.FIELD):
            continue
        style, doubtful = styles_of(column.evidence, country)
        styles[place] = Styles(choices.dates or style.dates, choices.decimals or style.decimals)
        if doubtful and choices.dates is None and target.what is not What.VALUE:
            order = _("day/month") if style.dates is Dates.DAY_FIRST else _("month/day")
            warnings.append(
                _("Column “{column}”: “{example}” could be read in two ways; it is read as {order} (--dates).").format(
                    column=column.header, example=column.evidence.example, order=order
                )
            )
        if target.what is What.VALUE and style.decimals is None and column.evidence.grouped and not choices.decimals:
            said = _(
                "Column “{column}”: no amount shows which mark is the decimal one; 1.500 is read as 1500 (--decimal)."
            )
            warnings.append(said.format(column=column.header))
    return styles, warnings
