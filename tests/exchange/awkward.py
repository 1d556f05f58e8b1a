"""Records with the values that break files: line ends, quotes, formulas, wide and turning letters, long names."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from minicrm_tui.domain.exports import ExportedCard, ExportedContact, ExportedModule, ExportedTask
from minicrm_tui.domain.fields import ChoiceId, Field, FieldChoice, FieldId, FieldKind
from minicrm_tui.domain.records import (
    CardId,
    Channel,
    Company,
    CompanyId,
    Due,
    Group,
    KeyFields,
    Kind,
    Module,
    ModuleId,
    Money,
    Person,
    PersonId,
    Status,
    StatusId,
    Task,
    TaskId,
)

MADE = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)

TEXTS = (
    "plain",
    'He said "no", twice; then \\ left',
    "first line\nsecond line\n\nfourth",
    '=HYPERLINK("http://x")',
    "+40 722 000 111",
    "-1-2",
    "@SUM(A1)",
    "#N/A",
    "'quoted",
    "Ștefan țâșnește, șmecher",
    "日本語 한국어 עברית العربية",
    "👩‍👩‍👧‍👦 family",
    "[red]not markup[/red] <b>&amp;</b>",
    "x" * 500,
    "ă" * 300,
    " leading and trailing ",
    "BEGIN:VCARD\nEND:VCARD",
    "1e5",
    "00123",
    "2026-11-23",
)


def module(number: int = 1, kind: Kind = Kind.SALES, name: str = "Sales") -> Module:
    return Module(ModuleId(number), kind, name, "Opportunity", number)


FIELDS = (
    Field(FieldId(1), ModuleId(1), FieldKind.TEXT, "Name", 0),
    Field(FieldId(2), ModuleId(1), FieldKind.NUMBER, "Doors", 1),
    Field(FieldId(3), ModuleId(1), FieldKind.DATE, "Visit", 2),
    Field(
        FieldId(4),
        ModuleId(1),
        FieldKind.CHOICES,
        "=Colours",
        3,
        choices=(FieldChoice(ChoiceId(1), "red"), FieldChoice(ChoiceId(2), "dark, blue")),
    ),
)


def exported(number: int = 1, kind: Kind = Kind.SALES, name: str = "Sales") -> ExportedModule:
    return ExportedModule(module(number, kind, name), FIELDS if number == 1 else ())


def company(text: str) -> Company:
    return Company(
        CompanyId(7),
        text,
        (Channel("+40 21 300 40 50", "birou", is_default=True), Channel(text, text[:30])),
        (Channel("office@acme.example"),),
        text,
        "https://acme.example/?a=1,2;3",
        "RO123",
        "",
        text,
        text,
    )


def person(text: str) -> Person:
    phones = (Channel("0722 000 111", "mobil", is_default=True), Channel("0722 000 222", "la țară"))
    return Person(PersonId(8), f"Ana {text}", CompanyId(7), phones, (), "Ana", text, text, text)


def task(text: str, due: Due, kind: str = "call") -> Task:
    return Task(TaskId(5), CardId(9), text, kind, due, minutes=45)


def card(text: str, where: Module | None = None) -> ExportedCard:
    home = where or module()
    return ExportedCard(
        id=9,
        module=home,
        name=text,
        status=Status(StatusId(3), home.id, "lead_vip", text, Group.LEAD, 0),
        created_at=MADE,
        value=Money(123456, "EUR"),
        task=task(text, Due(date(2026, 11, 24), time(14))),
        open_tasks=2,
        company=company(text),
        person=person(text),
        keys=KeyFields(),
        expected_close=date(2026, 12, 15),
        loss_details=text,
        values={FieldId(1): text, FieldId(2): "12.5", FieldId(3): "2026-12-01", FieldId(4): "[1, 2]"},
    )


def contacts(text: str) -> tuple[ExportedContact, ExportedContact]:
    return ExportedContact(company(text), MADE), ExportedContact(person(text), MADE, company(text))


AT_TWO = Due(date(2026, 11, 24), time(14))


def open_task(text: str, due: Due = AT_TWO, kind: str = "call") -> ExportedTask:
    return ExportedTask(
        task(text, due, kind), MADE, MADE, text, text, text, "Ana Pop", ("0722 000 111",), ("ana@acme.example",)
    )
