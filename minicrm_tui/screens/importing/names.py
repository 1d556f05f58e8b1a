"""What the steps of an import call things: the fields of a card, the counts of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from minicrm_tui.domain.imports import Landing, OnDuplicate, Sort
from minicrm_tui.exchange.importing.mapping import Targets, field_names
from minicrm_tui.exchange.importing.styles import Dates, Decimals
from minicrm_tui.exchange.importing.targets import MOST_PERSONS, PERSON, Target, What
from minicrm_tui.i18n import N_, NN_, _

Option = tuple[str, str]
"""What a choice is kept as, and how it is shown."""

FIELDS: Final = (
    *(N_("Card: Name"), N_("Card: Status"), N_("Card: Sales status"), N_("Card: Qualification"), N_("Card: Decided")),
    *(N_("Card: Value"), N_("Card: Currency"), N_("Card: Expected close"), N_("Card: Created"), N_("Card: Won time")),
    *(N_("Card: Lost time"), N_("Card: Closed"), N_("Card: Sales step"), N_("Card: Customer step")),
    *(N_("Card: Loss reason"), N_("Card: Loss details"), N_("Note: Text"), N_("Note: Time"), N_("Task: Text")),
    *(N_("Task: Type"), N_("Task: Date"), N_("Task: Time"), N_("Task: Duration"), N_("Task: Done")),
    *(N_("Task: Done time"), N_("Task: Note"), N_("Company: Name"), N_("Company: Email"), N_("Company: Phone")),
    *(N_("Company: Address"), N_("Company: Website"), N_("Company: Tax number"), N_("Company: Registration number")),
    *(N_("Company: Industry"), N_("Company: Description"), N_("Person: Name"), N_("Person: First name")),
    *(N_("Person: Last name"), N_("Person: Email"), N_("Person: Phone"), N_("Person: Position")),
    *(N_("Person: Address"), N_("Person: Description"), N_("Person: More"), N_("Ignore")),
)
"""The fields as `What` has them, to be translated; a test compares."""

ON_DUPLICATE: Final = {
    OnDuplicate.SKIP: N_("leave it as it is"),
    OnDuplicate.UPDATE: N_("change it to what the file says"),
    OnDuplicate.COPY: N_("import it once more"),
    OnDuplicate.ERROR: N_("reject the row"),
}
DATES: Final = {Dates.DAY_FIRST: N_("day/month"), Dates.MONTH_FIRST: N_("month/day")}
DECIMALS: Final = {Decimals.COMMA: N_("comma"), Decimals.POINT: N_("point")}
DELIMITERS: Final = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": "|"}

SORTS: Final = {
    Sort.COMPANY: NN_("{n} company", "{n} companies"),
    Sort.PERSON: NN_("{n} person", "{n} persons"),
    Sort.CARD: NN_("{n} card", "{n} cards"),
    Sort.TASK: NN_("{n} task", "{n} tasks"),
    Sort.NOTE: NN_("{n} note", "{n} notes"),
}


def field_called(target: Target) -> str:
    """A field in the person's words: "Company: Name", "Person 2: Phone (work)", "Field: Budget"."""
    if target.what is What.FIELD:
        return _("Field: {name}").format(name=target.field)
    called = _(target.what.value)
    if target.person > 1:
        owner, colon, rest = called.partition(":")
        called = f"{owner} {target.person}{colon}{rest}"
    label = target.label or ("…" if target.labels else "")
    return f"{called} ({label})" if label else called


def fields_offered(landing: Landing | None, targets: Targets) -> Sequence[Option]:
    """Every field that a column can go to; of persons as many as there are, and one more."""
    persons = max((each.person for each in targets if each is not None), default=1)
    found = _fields(landing, min(persons + 1, MOST_PERSONS))
    return [(target.text, field_called(target)) for target in found]


def _fields(landing: Landing | None, persons: int) -> Iterator[Target]:
    yield Target(What.IGNORE)
    for what in What:
        if what not in (What.IGNORE, What.FIELD) and what not in PERSON:
            yield Target(what)
    for number in range(1, persons + 1):
        yield from (Target(what, number) for what in What if what in PERSON)
    for name in field_names(landing):
        yield Target(What.FIELD, field=name)
