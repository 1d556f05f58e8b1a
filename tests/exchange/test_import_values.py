"""Dates, amounts, headers and words as other programs write them, in tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_world import landing, planned, read, row_of, written

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.imports import ImportedRow
from minicrm_tui.domain.reach import read_email
from minicrm_tui.domain.records import KeyFields, Kind, Money, Qualification, SalesStatus
from minicrm_tui.domain.sales import status_key
from minicrm_tui.exchange.headers import Column
from minicrm_tui.exchange.importing.headers import Context, read_target, target_of
from minicrm_tui.exchange.importing.plain_text import without_html
from minicrm_tui.exchange.importing.profiles import Program, recognise
from minicrm_tui.exchange.importing.session import Choices
from minicrm_tui.exchange.importing.statuses import StatusPlan, keys_in
from minicrm_tui.exchange.importing.styles import (
    Dates,
    Decimals,
    Evidence,
    plain_number,
    read_amount,
    read_when,
    styles_of,
)
from minicrm_tui.exchange.importing.targets import Subject, What
from minicrm_tui.exchange.reading.tables import FileKind, Number


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2026-07-09 07:43:21", date(2026, 7, 9), time(7, 43, 21)),
        ("2026-07-09T07:43", date(2026, 7, 9), time(7, 43)),
        ("2026.07.09. 07:43", date(2026, 7, 9), time(7, 43)),
        ("2026.07.09.", date(2026, 7, 9), None),
        ("2026. 07. 09.", date(2026, 7, 9), None),
        ("9.7.2026", date(2026, 7, 9), None),
        ("09/07/2026", date(2026, 7, 9), None),
        ("09-07-26", date(2026, 7, 9), None),
        ("9/7/2026, 3:05 PM", date(2026, 7, 9), time(15, 5)),
        ("12/7/2026 12:05 a.m.", date(2026, 7, 12), time(0, 5)),
        ("01 Sep 2026", date(2026, 9, 1), None),
        ("1 septembrie 2026", date(2026, 9, 1), None),
        ("2026. szeptember 1.", date(2026, 9, 1), None),
        ("1 août 2026", date(2026, 8, 1), None),
        ("Sep 1, 2026", date(2026, 9, 1), None),
        ("September 1st, 2026 10:00", date(2026, 9, 1), time(10)),
        ("45631", date(2024, 12, 5), None),
        ("45631.5", date(2024, 12, 5), time(12)),
        ("45631,25", date(2024, 12, 5), time(6)),
    ],
)
def test_dates_are_read_as_programs_write_them(text: str, day: date, at: time | None) -> None:
    found = read_when(text, Dates.DAY_FIRST)
    assert (found.day, found.at) == (day, at)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13-01", "31.02.2026", "32/01/2026", "1/2/3", "01.02.202", "25:00", "2026-01-01 25:00", "99999"],
)
def test_what_is_no_date_is_an_error(text: str) -> None:
    with pytest.raises(Invalid):
        read_when(text, Dates.DAY_FIRST)


def test_a_moment_with_its_distance_from_utc_is_that_moment() -> None:
    assert read_when("2026-07-09T07:43:21Z", Dates.DAY_FIRST).moment == datetime(2026, 7, 9, 7, 43, 21, tzinfo=UTC)
    assert read_when("2026-07-09 07:43 +03:00", Dates.DAY_FIRST).moment == datetime(2026, 7, 9, 4, 43, tzinfo=UTC)
    assert read_when("2026-07-09 07:43 UTC", Dates.DAY_FIRST).offset == timedelta()


@pytest.mark.parametrize(
    ("values", "dates", "doubtful"),
    [
        (("01/02/2026", "13/02/2026"), Dates.DAY_FIRST, False),
        (("01/02/2026", "02/13/2026"), Dates.MONTH_FIRST, False),
        (("01/02/2026", "03/04/2026"), Dates.DAY_FIRST, True),
        (("01.02.2026",), Dates.DAY_FIRST, False),
        (("2026-02-01",), Dates.DAY_FIRST, False),
    ],
)
def test_the_order_of_a_date_follows_from_all_values_of_the_column(
    values: tuple[str, ...], dates: Dates, doubtful: bool
) -> None:
    evidence = Evidence()
    for value in values:
        evidence.take(value)
    assert styles_of(evidence) == (type(styles_of(evidence)[0])(dates, None), doubtful)


def test_a_doubtful_date_is_read_as_the_country_does_and_that_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "Deal name,Company,Due date,Task", "Roof,Acme,03/04/2027,call")
    plan = planned(path)
    assert plan.warnings == (
        "Column “Due date”: “03/04/2027” could be read in two ways; it is read as day/month (--dates).",
    )
    card = row_of(path, Choices(dates=Dates.MONTH_FIRST)).card
    assert card is not None
    assert card.tasks[0].due.day == date(2027, 3, 4)
    evidence = Evidence(either=1)
    assert styles_of(evidence, "US")[0].dates is Dates.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "decimals", "minor", "currency"),
    [
        ("1 234 567,50", None, 123456750, "EUR"),
        ("1\u00a0234\u202f567,50", None, 123456750, "EUR"),
        ("1.234.567,50", None, 123456750, "EUR"),
        ("1,234,567.50", None, 123456750, "EUR"),
        ("1'234.50", None, 123450, "EUR"),
        ("1.234", None, 123400, "EUR"),
        ("1.234", Decimals.POINT, 123, "EUR"),
        ("1.234", Decimals.COMMA, 123400, "EUR"),
        ("12,5", Decimals.COMMA, 1250, "EUR"),
        ("0,5", None, 50, "EUR"),
        ("€ 300", None, 30000, "EUR"),
        ("300 lei", None, 30000, "RON"),
        ("USD 1,200.00", None, 120000, "USD"),
        ("5000 JPY", None, 5000, "JPY"),
        ("12.345", None, 1234500, "EUR"),
    ],
)
def test_amounts_are_read_by_the_marks_of_their_column(
    text: str, decimals: Decimals | None, minor: int, currency: str
) -> None:
    assert read_amount(text, decimals, "EUR") == Money(minor, currency)


@pytest.mark.parametrize("text", ["12,3,4", "abc", "-5", "1.2.3", "12 apples", "1e5", "(500)", "5 EUR USD", "9" * 30])
def test_what_is_no_amount_is_an_error(text: str) -> None:
    with pytest.raises(Invalid):
        read_amount(text, None, "EUR")


def test_a_number_of_a_workbook_has_a_decimal_point_whatever_the_column_has() -> None:
    assert read_amount(Number("1.234"), Decimals.COMMA, "EUR") == Money(123, "EUR")
    assert plain_number("-1 234,5", Decimals.COMMA) == "-1234.5"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain, 5 < 6 & 7 > 2", "plain, 5 < 6 & 7 > 2"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("<ul><li>x</li><li>y</li></ul>", "• x\n• y"),
        ("<b>A</b>&nbsp;&amp;&lt;b&gt;", "A &<b>"),
        ("<style>p{}</style><script>alert(1)</script>hi", "hi"),
        ("<p>not closed <b>bold", "not closed bold"),
        ("line\r\nline", "line\nline"),
        ("<a href='http://x'>see</a> &#x219;", "see ș"),
    ],
)
def test_html_is_plain_text(html: str, text: str) -> None:
    assert without_html(html) == text


@given(st.text(alphabet="<>/abp &;#\n\"'=!-", max_size=200))
def test_no_html_breaks_it(html: str) -> None:
    without_html(html)


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Deal - Title *", What.CARD_NAME),
        ("Email (Work)", What.PERSON_EMAIL),
        ("Person - Email - Work", What.PERSON_EMAIL),
        ("Deal - Currency of Value", What.CURRENCY),
        ("Deal - Contact person", What.PERSON_NAME),
        ("Associated Company (Primary)", What.COMPANY_NAME),
        ("Lehetőség: Érték", What.VALUE),
        ("Személy1: Beosztás", What.PERSON_JOB),
        ("ceg telefon", What.COMPANY_PHONE),
        ("Oportunitate: Stare", What.STATUS),
        ("Persoană de contact", What.PERSON_NAME),
        ("Gadget: Status", What.STATUS),
        ("Montant", What.VALUE),
        ("Échéance", What.TASK_DAY),
        ("Deal owner", What.IGNORE),
        ("Phone 2", What.PERSON_PHONE),
    ],
)
def test_headers_are_known_in_four_languages(header: str, what: What) -> None:
    target = target_of(header, Context(Subject.CARDS))
    assert target is not None
    assert target.what is what


@pytest.mark.parametrize("header", ["Colour", "", "???", "Foo: Bar", "Person99: Email"])
def test_an_unknown_header_is_nothing(header: str) -> None:
    assert target_of(header, Context(Subject.CARDS)) is None


@pytest.mark.parametrize("what", [what for what in What if what is not What.FIELD])
def test_every_field_is_written_as_it_is_read(what: What) -> None:
    target = read_target(what.value)
    assert target is not None
    assert target.what is what


@pytest.mark.parametrize("column", list(Column))
def test_every_column_of_our_own_spreadsheets_is_known(column: Column) -> None:
    headers = [each.value for each in Column]
    assert recognise(headers, FileKind.DELIMITED).program is Program.MINICRM
    assert target_of(column.value, Context(Subject.CARDS, is_sales=True, profile="minicrm")) is not None


def test_a_status_gives_key_fields_that_give_the_status() -> None:
    for each in landing().pipeline:
        assert status_key(keys_in(each)) == each.key


@pytest.mark.parametrize(
    ("word", "sales"),
    [
        ("Open", SalesStatus.IN_PROGRESS),
        ("WON", SalesStatus.WON),
        ("Closed Lost", SalesStatus.LOST),
        ("closedwon", SalesStatus.WON),
        ("Discovery", SalesStatus.DISCOVERY),
        ("Won opportunity", SalesStatus.WON),
        ("qualifiedtobuy", SalesStatus.IN_PROGRESS),
        ("Elvesztett", SalesStatus.LOST),
        ("câștigată", SalesStatus.WON),
        ("open_vip", SalesStatus.IN_PROGRESS),
        ("Customers · VIP", SalesStatus.WON),
    ],
)
def test_status_words_of_sales(word: str, sales: SalesStatus) -> None:
    found = StatusPlan(landing()).status_word(word)
    assert found is not None
    assert found.sales is sales


@pytest.mark.parametrize("word", ["Negotiation", "Qualified", "VIP", "Prospect ready"])
def test_a_word_that_says_too_little_is_not_guessed(word: str) -> None:
    assert StatusPlan(landing()).status_word(word) is None


def test_a_status_beside_a_sales_status_gives_the_qualification(tmp_path: Path) -> None:
    lines = ("Qualified,In progress,", "VIP,Won,", '"VIP, decided",In progress,', ",Discovery,vip", ",,qualified")
    path = written(
        tmp_path, "Card: Status,Card: Sales status,Card: Qualification,Card: Name", *(f"{line},Roof" for line in lines)
    )
    rows = read(path)
    keys = [row.card.standing.keys for row in rows if isinstance(row, ImportedRow) and row.card and row.card.standing]
    assert keys == [
        KeyFields(SalesStatus.IN_PROGRESS, Qualification.QUALIFIED, False),
        KeyFields(SalesStatus.WON, Qualification.VIP, False),
        KeyFields(SalesStatus.IN_PROGRESS, Qualification.VIP, True),
        KeyFields(SalesStatus.DISCOVERY, Qualification.VIP, False),
        KeyFields(SalesStatus.DISCOVERY, Qualification.QUALIFIED, False),
    ]


def test_stages_of_a_deal_in_a_pipeline_of_ones_own(tmp_path: Path) -> None:
    path = written(
        tmp_path, "Deal - Title,Deal - Stage,Deal - Status", "A,planning,Open", "B,Review,Won", "C,Idea,Lost"
    )
    rows = read(path, into=landing(Kind.PROJECTS))
    found = [
        row.card.standing.status.key for row in rows if isinstance(row, ImportedRow) and row.card and row.card.standing
    ]
    assert found == ["planning", "completed", "cancelled"]


@given(
    st.from_regex(r"[A-Za-z0-9._+-]{1,20}@[A-Za-z0-9.-]{1,20}\.[A-Za-z]{1,6}", fullmatch=True)
    | st.sampled_from(["a@b.test", "a@b.local", "a@localhost.localdomain", "a@x.example", "a@b.onion", "a@b.invalid"])
)
def test_the_short_way_to_check_an_e_mail_says_what_the_library_says(value: str) -> None:
    import email_validator

    try:
        normal = email_validator.validate_email(value, check_deliverability=False).normalized.lower()
    except email_validator.EmailNotValidError:
        normal = ""
    try:
        found = read_email(value)
    except Invalid:
        assert normal == ""
    else:
        assert found.normal == normal or found.doubtful
