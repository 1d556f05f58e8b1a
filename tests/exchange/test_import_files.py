"""One file of each kind that salespeople hold: what it is taken for, and what comes of it without a mapping by hand."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from import_world import FILES, landing, planned, problems_of, read, row_of

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.imports import ImportedRow
from minicrm_tui.domain.records import Due, Kind, Money, SalesStatus
from minicrm_tui.exchange.importing.session import Choices

NEEDS_MAPPING = "plain-unknown.csv"


@pytest.mark.parametrize(
    ("file", "taken_for", "encoding", "delimiter"),
    [
        ("pipedrive-deals.csv", "Pipedrive, cards", "utf-8", ","),
        ("pipedrive-deals.xlsx", "Pipedrive, cards", "utf-8", ","),
        ("pipedrive-people.csv", "Pipedrive, persons", "utf-8", ","),
        ("pipedrive-organisations.csv", "Pipedrive, companies", "utf-8", ","),
        ("pipedrive-activities.csv", "Pipedrive, activities", "utf-8", ","),
        ("pipedrive-notes.csv", "Pipedrive, notes", "utf-8", ","),
        ("hubspot-deals.csv", "HubSpot, cards", "utf-8-sig", ","),
        ("hubspot-contacts.csv", "HubSpot, persons", "utf-8-sig", ","),
        ("hubspot-contacts-french.csv", "HubSpot, persons", "utf-8-sig", ";"),
        ("hubspot-companies.csv", "HubSpot, companies", "utf-8-sig", ","),
        ("minicrm-english.csv", "MiniCRM, cards", "utf-8", ";"),
        ("minicrm-hungarian.csv", "MiniCRM, cards", "cp1250", ";"),
        ("minicrm-hungarian-unaccented.csv", "MiniCRM, persons", "utf-16", "\t"),
        ("minicrm-filter.csv", "MiniCRM, cards", "utf-8", ","),
        ("google-new.csv", "Google Contacts, persons", "utf-8", ","),
        ("google-old.csv", "Google Contacts, persons", "utf-16", ","),
        ("linkedin.csv", "LinkedIn, persons", "utf-8", ","),
        ("cards-2.1.vcf", "vCard, persons", "utf-8", ","),
        ("cards-3.0.vcf", "vCard, persons", "utf-8", ","),
        ("cards-4.0.vcf", "vCard, persons", "utf-8", ","),
        ("plain-romanian.csv", "a plain table, cards", "cp1250", ";"),
    ],
)
def test_a_file_is_recognised_and_every_row_of_it_is_right(
    file: str, taken_for: str, encoding: str, delimiter: str
) -> None:
    into = landing(Kind.PROJECTS) if "filter" in file else landing()
    plan = planned(FILES / file, into=into)
    table = plan.looked.survey.table
    assert (plan.looked.profile.name, table.encoding, table.delimiter) == (taken_for, encoding, delimiter)
    assert plan.unknown == {}
    assert problems_of(FILES / file, into=into) == []


def test_a_deal_of_pipedrive_brings_value_client_step_task_and_dates() -> None:
    row = row_of(FILES / "pipedrive-deals.csv")
    card = row.card
    assert card is not None
    assert card.standing is not None
    assert card.standing.keys is not None
    assert row.company is not None
    assert (row.company.name, row.persons[0].name) == ("Acme SRL", "Ana Pop")
    assert (card.name, card.value, card.sales_step) == ("Roof repair", Money(450050, "EUR"), "Proposal made")
    assert (card.standing.keys.sales, card.expected_close) == (SalesStatus.IN_PROGRESS, date(2026, 12, 15))
    assert card.created_at == datetime(2026, 7, 9, 7, 43, 21).astimezone()
    assert [(task.text, task.due) for task in card.tasks] == [("Next activity", Due(date(2026, 11, 27)))]


def test_a_won_and_a_lost_deal_bring_when_and_why() -> None:
    _open, won, lost, _nameless = read(FILES / "pipedrive-deals.csv")
    assert isinstance(won, ImportedRow)
    assert won.card is not None
    assert won.card.standing is not None
    assert isinstance(lost, ImportedRow)
    assert lost.card is not None
    assert lost.card.standing is not None
    assert (won.card.standing.status.key, won.card.ended_at) == (
        "success_unqualified",
        datetime(2026, 10, 5, 16, 20).astimezone(),
    )
    assert (lost.card.standing.status.key, lost.card.loss_reason) == ("failed_unqualified", "Price too high")


def test_a_card_without_a_name_is_called_by_its_client() -> None:
    last = read(FILES / "pipedrive-deals.csv")[-1]
    assert isinstance(last, ImportedRow)
    assert last.card is not None
    assert last.card.name == "Kovács Kft (Kovács Péter)"


def test_activities_are_tasks_open_or_done_and_their_html_is_plain() -> None:
    first, second, third = read(FILES / "pipedrive-activities.csv")
    assert isinstance(first, ImportedRow)
    assert first.card is not None
    assert isinstance(second, ImportedRow)
    assert second.card is not None
    assert isinstance(third, ImportedRow)
    assert third.card is not None
    [task], [done] = first.card.tasks, second.card.tasks
    assert (task.type, task.due, task.minutes, task.closed_at) == ("call", Due(date(2026, 11, 30), time(14)), 30, None)
    assert [note.text for note in first.card.notes] == ["Ask for Ana"]
    assert done.closed_at == datetime(2026, 7, 15, 9, 30).astimezone()
    assert done.comment == "• wants & needs\n• two roofs"
    assert (third.card.name, third.card.named) == ("Kovács Kft (Kovács Péter)", False)


def test_notes_lose_markup_and_scripts_and_keep_lines() -> None:
    first, second = read(FILES / "pipedrive-notes.csv")
    assert isinstance(first, ImportedRow)
    assert first.card is not None
    assert isinstance(second, ImportedRow)
    assert second.card is not None
    assert [note.text for note in first.card.notes] == ["They want two roofs\n<urgent>"]
    assert [note.text for note in second.card.notes] == ["Plain, 5 < 6"]


def test_deals_of_hubspot_name_several_contacts_with_their_e_mails() -> None:
    row = row_of(FILES / "hubspot-deals.csv")
    assert [(person.name, person.emails[0].value) for person in row.persons] == [
        ("Joe Bright", "joe@bright.co.uk"),
        ("Ann Dim", "ann@bright.co.uk"),
    ]
    assert row.card is not None
    assert (row.card.sales_step, row.card.expected_close) == ("Appointment Scheduled", date(2026, 12, 31))


def test_a_row_of_minicrm_has_two_persons_and_a_status_out_of_two_columns() -> None:
    row = row_of(FILES / "minicrm-english.csv")
    assert [person.name for person in row.persons] == ["Maria Ionescu", "Dan Radu"]
    assert row.card is not None
    assert row.card.standing is not None
    assert (row.card.standing.status.key, row.card.value) == ("open_qualified", Money(123456750, "EUR"))


def test_google_joins_values_and_calls_them_by_a_column() -> None:
    person = row_of(FILES / "google-new.csv").persons[0]
    assert [(phone.value, phone.label) for phone in person.phones] == [
        ("0745 000 222", "mobile"),
        ("0745 000 333", "mobile"),
    ]
    assert [(email.value, email.label) for email in person.emails] == [
        ("vlad@enache.ro", "work"),
        ("vlad@home.ro", "home"),
    ]
    assert "Birthday: 1980-04-12" in person.texts["description"]


def test_the_notes_above_the_headers_of_linkedin_are_no_headers() -> None:
    row = row_of(FILES / "linkedin.csv")
    assert (row.row, row.persons[0].name, row.persons[0].texts["job"]) == (5, "George Stan", "CEO")
    assert row.company is not None
    assert (row.company.name, row.company.texts) == ("Stan Logistic", {})


def test_vcards_of_three_versions_give_names_labels_and_folded_lines() -> None:
    old = row_of(FILES / "cards-2.1.vcf")
    assert (old.persons[0].name, [phone.label for phone in old.persons[0].phones]) == ("Ion Țepeș", ["work", "mobile"])
    row, firm = read(FILES / "cards-3.0.vcf")
    assert isinstance(row, ImportedRow)
    assert row.company is not None
    assert isinstance(firm, ImportedRow)
    assert row.company.name == "Acme; Sons, SRL"
    assert [(phone.value, phone.label) for phone in row.persons[0].phones] == [
        ("021 312 3456", "work"),
        ("+40 722 000 111", "mobile"),
        ("021 000 1234", "home"),
    ]
    assert row.persons[0].emails[0].label == "office"
    assert (
        "second, with a comma and a very long tail that is folded over two lines"
        in (row.persons[0].texts["description"])
    )
    assert firm.company is not None
    assert (firm.company.name, firm.company.is_subject, firm.persons) == (
        "Castel SRL",
        True,
        (),
    )
    new = row_of(FILES / "cards-4.0.vcf")
    assert new.persons[0].phones[0].normal == "+36301234567"


def test_a_workbook_is_read_with_dates_serials_and_warnings() -> None:
    plan = planned(FILES / "pipedrive-deals.xlsx")
    assert any("Merged cells" in said for said in plan.warnings)
    assert any("Formulas" in said for said in plan.warnings)
    card = row_of(FILES / "pipedrive-deals.xlsx").card
    assert card is not None
    assert (card.value, card.expected_close) == (Money(1234550, "EUR"), date(2026, 12, 24))
    assert [task.due.day for task in card.tasks] == [date(2024, 12, 5)]


def test_unknown_headers_are_asked_for_and_a_mapping_by_hand_reads_them() -> None:
    with pytest.raises(Refused) as refused:
        planned(FILES / NEEDS_MAPPING)
    assert "--map" in refused.value.sentence()
    maps = {"Bezeichnung": "Card: Name", "kunde": "Company: Name", "Betrag": "Card: Value"}
    plan = planned(FILES / NEEDS_MAPPING, Choices(maps=maps))
    assert plan.unmapped == ("Foo",)
    row = row_of(FILES / NEEDS_MAPPING, Choices(maps=maps))
    assert row.card is not None
    assert (row.card.name, row.card.value) == ("Dach", Money(120050, "EUR"))


@pytest.mark.parametrize(
    ("maps", "said"),
    [
        ({"Nothing": "Card: Name"}, "There is no column “Nothing”."),
        ({"Bezeichnungg": "Card: Name"}, "Did you mean “Bezeichnung”?"),
        ({"Foo": "Card: Colour of the sky"}, "There is no field “Card: Colour of the sky”."),
    ],
)
def test_a_mapping_that_can_not_be_is_refused_with_what_there_is(maps: dict[str, str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        planned(FILES / NEEDS_MAPPING, Choices(maps=maps))
    assert said in refused.value.sentence()


def test_every_made_file_is_tested(tmp_path: Path) -> None:
    assert len(list(FILES.iterdir())) == 22
