"""Importing into a real file: what is matched, made once, told, taken back, and left alone when it is tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from import_world import FILES
from store_world import World

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.imports import Counts, ImportReport, OnDuplicate, Read, Sort, Wish
from minicrm_tui.domain.records import Kind
from minicrm_tui.exchange.importing.session import Choices, Plan, look, plan
from minicrm_tui.exchange.reading.tables import Limits
from minicrm_tui.store.upkeep import refresh
from minicrm_tui.transfer.imports import Imported, take

ALL_OF_PIPEDRIVE = (
    *("pipedrive-deals.csv", "pipedrive-people.csv", "pipedrive-organisations.csv"),
    *("pipedrive-activities.csv", "pipedrive-notes.csv"),
)


async def planned(world: World, path: Path, kind: Kind = Kind.SALES, choices: Choices | None = None) -> Plan:
    said = choices or Choices()
    into = await world.store.landing(await world.module(kind))
    return plan(look(path, Limits(), said), into, said, country="RO", now=world.now)


async def imported(
    world: World,
    path: Path,
    how: OnDuplicate = OnDuplicate.SKIP,
    kind: Kind = Kind.SALES,
    choices: Choices | None = None,
    *,
    dry_run: bool = False,
) -> Imported:
    return await take(
        world.store, await planned(world, path, kind, choices), world.now, on_duplicate=how, dry_run=dry_run
    )


def csv(folder: Path, *lines: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((*lines, "")), encoding="utf-8")
    return path


def made(report: ImportReport) -> dict[Sort, int]:
    return {sort: counts.made for sort, counts in report.counts.items() if counts.made}


async def test_an_import_is_one_step_that_an_undo_takes_back_and_a_redo_does_again(world: World) -> None:
    before = world.image()
    report = (await imported(world, FILES / "pipedrive-deals.csv")).report
    assert made(report) == {Sort.COMPANY: 3, Sort.PERSON: 3, Sort.CARD: 4, Sort.TASK: 1}
    assert world.actions() == [("import", "pipedrive-deals.csv", 1)]
    await world.undone_gives_back(before)


async def test_what_a_card_keeps_is_as_its_upkeep_would_have_it(world: World, tmp_path: Path) -> None:
    for file in ALL_OF_PIPEDRIVE:
        await imported(world, FILES / file)
    ids = [int(str(card_id)) for (card_id,) in world.query("SELECT id FROM card")]
    assert await world.store._write(lambda conn: refresh(conn, ids)) == 0


async def test_won_and_lost_cards_are_finished_at_their_time_with_the_reason(world: World) -> None:
    await imported(world, FILES / "pipedrive-deals.csv")
    found = world.query("SELECT name, place, sort_key, sales_status, loss_reason FROM card WHERE place = 1 ORDER BY id")
    assert found == [
        ("Solar [/red] park", 1, -1791206400, "won", None),
        ("Fence", 1, -1782796500, "lost", "Price too high"),
    ]
    [(card_id,)] = world.query("SELECT id FROM card WHERE name = 'Fence'")
    assert [entry[0] for entry in world.history(int(str(card_id)))] == ["created", "status", "field"]


@pytest.mark.parametrize("file", sorted(path.name for path in FILES.iterdir() if path.name != "plain-unknown.csv"))
async def test_the_same_file_twice_changes_nothing_and_is_no_second_step(world: World, file: str) -> None:
    kind = Kind.PROJECTS if "filter" in file else Kind.SALES
    if file in ("pipedrive-activities.csv", "pipedrive-notes.csv"):
        await imported(world, FILES / "pipedrive-deals.csv")
    first = (await imported(world, FILES / file, kind=kind)).report
    assert (first.problems, first.changes > 0) == ((), True)
    image, actions = world.image(), world.actions()
    for how in (OnDuplicate.SKIP, OnDuplicate.UPDATE):
        report = (await imported(world, FILES / file, how, kind)).report
        assert report.changes == 0
    assert (world.image(), world.actions()) == (image, actions)


async def test_a_dry_run_says_the_same_and_leaves_the_file_alone(world: World) -> None:
    image, actions = world.image(), world.actions()
    tried = (await imported(world, FILES / "pipedrive-deals.csv", dry_run=True)).report
    assert (world.image(), world.actions(), tried.dry_run) == (image, actions, True)
    done = (await imported(world, FILES / "pipedrive-deals.csv")).report
    assert made(tried) == made(done)


async def test_a_wish_to_stop_refuses_the_whole(world: World) -> None:
    image, stop = world.image(), Event()
    stop.set()
    with pytest.raises(Refused):
        await take(world.store, await planned(world, FILES / "pipedrive-deals.csv"), world.now, stop=stop)
    assert (world.image(), world.actions()) == (image, [])


async def test_a_failure_in_the_middle_leaves_nothing(world: World, tmp_path: Path) -> None:
    lines = [f"Card {number},Firm {number},100" for number in range(2500)]
    found = await planned(world, csv(tmp_path, "Deal name,Company,Amount", *lines))
    image = world.image()

    def rows() -> Iterator[Read]:
        for place, row in enumerate(found.reader().rows()):
            if place == 2300:
                raise ValueError("the disk fell out")
            yield row

    with pytest.raises(ValueError, match="fell out"):
        await world.store.import_rows(Wish("x", found.landing), rows, 2500, world.now)
    assert (world.image(), world.actions()) == (image, [])


async def test_progress_is_told_in_portions_up_to_the_end(world: World, tmp_path: Path) -> None:
    lines = [f"Card {number},Firm {number % 7},100" for number in range(2500)]
    told: list[tuple[int, int]] = []
    path = csv(tmp_path, "Deal name,Company,Amount", *lines)
    await take(
        world.store, await planned(world, path), world.now, progress=lambda done, whole: told.append((done, whole))
    )
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]
    assert world.one("SELECT count(*) FROM company") == 7


async def test_very_many_rows_are_counted_at_once_and_undone_as_exactly(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = ("Open", "Won", "Lost")
    lines = [f"Card {number},Firm {number % 900},{number},{statuses[number % 3]},call" for number in range(1500)]
    path = csv(tmp_path, "Deal name,Company,Amount,Status,Task", *lines)
    before = world.image()
    await imported(world, path)
    one_by_one = world.image()
    await world.store.undo(world.now)
    monkeypatch.setattr("minicrm_tui.store.imports.applying.MANY", 10)
    await imported(world, path)
    at_once = world.image()
    for counted in ("tally", "worth", "load"):
        assert at_once[counted] == one_by_one[counted]
    await world.undone_gives_back(before)
    await imported(world, path)
    assert world.image() == at_once


async def test_a_file_that_changes_while_it_is_read_is_refused_whole(world: World, tmp_path: Path) -> None:
    path = csv(tmp_path, "Deal name,Company", "One,Acme")
    found, image = await planned(world, path), world.image()
    path.write_text("Deal name,Company\nOther,Beta\nMore,Beta\n", encoding="utf-8")
    with pytest.raises(Refused, match="changed while it was read"):
        await take(world.store, found, world.now)
    assert world.image() == image


# --- contacts


@pytest.mark.parametrize(
    ("known", "row", "is_same"),
    [
        ("Ana Pop,ana@acme.ro,,Acme", "Ana Popescu,ANA@ACME.RO,,Acme", True),
        ("Ana Pop,,0722 000 111,Acme", "Pop Ana,,+40 722 000 111,Beta", True),
        ("Ana Pop,,0722 000 111,Acme", "Ion Rus,,+40 722 000 111,Acme", False),
        ("Ana Pop,,,Acme", "ana POP,,,ACME", True),
        ("Ana Pop,,,", "Ana Pop,,,Acme", True),
        ("Ana Pop,,,Acme", "Ana Pop,,,", True),
        ("Ana Pop,,,Acme", "Ana Pop,,,Beta", False),
        ("Ștefan Țepeș,,,", "Stefan Tepes,,,", True),
    ],
)
@pytest.mark.parametrize("together", [True, False])
async def test_persons_are_one_by_e_mail_phone_and_name(
    world: World, tmp_path: Path, known: str, row: str, is_same: bool, together: bool
) -> None:
    header = "Full name,Email,Phone,Company"
    for place, lines in enumerate(((known, row),) if together else ((known,), (row,))):
        await imported(world, csv(tmp_path, header, *lines, name=f"{place}.csv"))
    assert world.one("SELECT count(*) FROM person") == (1 if is_same else 2)


async def test_one_company_is_never_made_twice_and_two_firms_with_one_phone_stay_two(
    world: World, tmp_path: Path
) -> None:
    path = csv(
        tmp_path,
        "Company name,Company phone,Tax number",
        "Acme SRL,021 312 3456,RO1",
        "ACME srl,,",
        "Beta SRL,021 312 3456,RO2",
    )
    report = (await imported(world, path)).report
    assert [name for (name,) in world.query("SELECT name FROM company ORDER BY id")] == ["Acme SRL", "Beta SRL"]
    assert report.counts[Sort.COMPANY] == Counts(made=2, matched=1)


async def test_what_a_later_row_knows_more_goes_to_the_contact_that_the_file_made(world: World, tmp_path: Path) -> None:
    path = csv(
        tmp_path, "Full name,Email,Phone,Company", "Ana Pop,ana@acme.ro,,", "Ana Pop,ana@acme.ro,0722000111,Acme"
    )
    await imported(world, path)
    assert world.query("SELECT kind, value, is_default FROM channel ORDER BY id") == [
        ("email", "ana@acme.ro", 1),
        ("phone", "0722000111", 1),
    ]
    assert world.one("SELECT company.name FROM person JOIN company ON company.id = company_id") == "Acme"


async def test_skip_leaves_a_known_person_as_they_are_and_update_fills_and_changes_them(
    world: World, tmp_path: Path
) -> None:
    await imported(world, csv(tmp_path, "Full name,Email,Position", "Ana Pop,ana@acme.ro,Buyer"))
    path = csv(tmp_path, "Full name,Email,Position,Phone", "Ana Popescu,ana@acme.ro,CEO,0722000111", name="b.csv")
    image = world.image()
    assert (await imported(world, path)).report.counts[Sort.PERSON].skipped == 1
    assert world.image() == image
    assert (await imported(world, path, OnDuplicate.UPDATE)).report.counts[Sort.PERSON].updated == 1
    assert world.query("SELECT name, job FROM person") == [("Ana Popescu", "CEO")]
    assert world.one("SELECT value FROM channel WHERE kind = 'phone'") == "0722000111"
    await world.undone_gives_back(image)


async def test_copy_makes_another_and_error_says_which_and_leaves_nothing_of_the_row(
    world: World, tmp_path: Path
) -> None:
    path = csv(tmp_path, "Full name,Email,Company", "Ana Pop,ana@acme.ro,Acme")
    await imported(world, path)
    done = await imported(world, path, OnDuplicate.ERROR)
    assert [problem.why for problem in done.report.problems] == ["“Ana Pop” is there already, by the same e-mail."]
    assert done.rejected is not None
    assert world.actions() == [("import", "file.csv", 1)]
    await imported(world, path, OnDuplicate.COPY)
    assert (world.one("SELECT count(*) FROM person"), world.one("SELECT count(*) FROM company")) == (2, 1)


# --- cards


async def test_two_rows_of_one_name_and_client_with_two_values_stay_two_cards(world: World, tmp_path: Path) -> None:
    path = csv(tmp_path, "Deal name,Company,Amount", "Renewal,Acme,100", "Renewal,Acme,200", "Renewal,Acme,100")
    for _again in range(2):
        await imported(world, path)
    assert [amount for (amount,) in world.query("SELECT amount FROM card ORDER BY id")] == [10000, 20000]


async def test_update_changes_a_card_moves_it_and_tells_its_history(world: World, tmp_path: Path) -> None:
    await imported(world, csv(tmp_path, "Deal name,Company,Amount,Status", "Roof,Acme,100,Open"))
    before = world.image()
    path = csv(tmp_path, "Deal name,Company,Amount,Status,Task,Due date", "roof,acme,250,Won,call Ana,2026-12-01")
    report = (await imported(world, path, OnDuplicate.UPDATE)).report
    assert report.counts[Sort.CARD].updated == 1
    assert world.query("SELECT amount, sales_status, open_tasks, place FROM card") == [(25000, "won", 1, 0)]
    assert [entry[:2] for entry in world.history(1)] == [
        ("created", ""),
        ("status", "sales_status=won"),
        ("field", ""),
    ]
    assert await world.store._write(lambda conn: refresh(conn, [1])) == 0
    await world.undone_gives_back(before)


async def test_tasks_and_notes_go_to_the_card_that_is_there(world: World) -> None:
    await imported(world, FILES / "pipedrive-deals.csv")
    report = (await imported(world, FILES / "pipedrive-activities.csv")).report
    assert made(report) == {Sort.TASK: 3, Sort.NOTE: 1}
    await imported(world, FILES / "pipedrive-notes.csv")
    assert world.one("SELECT count(*) FROM card") == 4
    [(tasks, key)] = world.query("SELECT open_tasks, sort_key FROM card WHERE name = 'Roof repair'")
    assert tasks == 2
    assert world.one("SELECT min(due_key) FROM task WHERE card_id = 1 AND closed_at IS NULL") == key


async def test_an_activity_of_a_deal_that_is_not_there_is_an_error_and_makes_nobody(world: World) -> None:
    report = (await imported(world, FILES / "pipedrive-activities.csv", dry_run=True)).report
    assert [(problem.row, problem.why) for problem in report.problems] == [
        (2, "there is no card “Roof repair” of this client: import the cards first."),
        (3, "there is no card “Roof repair” of this client: import the cards first."),
    ]
    assert made(report) == {Sort.COMPANY: 1, Sort.PERSON: 1, Sort.CARD: 1, Sort.TASK: 1}


async def test_own_fields_are_filled_and_a_required_one_that_is_lacking_is_an_error(
    world: World, tmp_path: Path
) -> None:
    module = await world.module(Kind.PROJECTS)
    await world.store.add_field(module, FieldDraft(FieldKind.NUMBER, "Area", required=True), world.now)
    await world.store.add_field(module, FieldDraft(FieldKind.CHOICE, "Colour", choices=("Red", "Blue")), world.now)
    path = csv(
        tmp_path,
        "Project: Name;Company: Name;Area;Colour",
        "Roof;Acme;1 234,5;blue",
        "Floor;Acme;;red",
        "Wall;Acme;7;green",
    )
    report = (await imported(world, path, kind=Kind.PROJECTS)).report
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, "Area"), (4, "Colour")]
    assert world.query("SELECT value, sort FROM field_value ORDER BY field_id") == [("1234.5", 1234500000), ("2", 1)]
    assert await world.store._write(lambda conn: refresh(conn, [1])) == 0


async def test_orders_and_invoices_are_not_imported(world: World) -> None:
    for kind in (Kind.ORDERS, Kind.INVOICING):
        with pytest.raises(Refused, match="can't be imported"):
            await planned(world, FILES / "hubspot-deals.csv", kind)


async def test_unknown_statuses_refuse_the_import_and_a_dry_run_lists_them(world: World, tmp_path: Path) -> None:
    path = csv(tmp_path, "Deal name,Company,Status", "Roof,Acme,Open", "Wall,Acme,Frozen", "Door,Acme,frozen")
    image = world.image()
    with pytest.raises(Refused) as refused:
        await imported(world, path)
    assert "“Frozen” (2 rows)" in refused.value.sentence()
    tried = await imported(world, path, dry_run=True)
    assert [problem.column for problem in tried.report.problems] == ["Status", "Status"]
    assert world.image() == image
    done = await imported(world, path, choices=Choices(statuses={"frozen": "lost"}))
    assert done.report.problems == ()
    assert world.query("SELECT name, sales_status FROM card ORDER BY id") == [
        ("Roof", "in_progress"),
        ("Wall", "lost"),
        ("Door", "lost"),
    ]


async def test_a_later_row_with_an_error_does_not_hold_back_the_good_ones(world: World, tmp_path: Path) -> None:
    path = csv(tmp_path, "Deal name,Company,Amount", "Roof,Acme,12", 'Wall,Acme,"12,3,4"', "Door,Acme,14")
    done = await imported(world, path)
    assert [(problem.row, problem.column, problem.why) for problem in done.report.problems] == [
        (3, "Amount", "“12,3,4” is not an amount.")
    ]
    assert [name for (name,) in world.query("SELECT name FROM card ORDER BY id")] == ["Roof", "Door"]
    assert done.rejected is not None
    assert done.rejected.read_text(encoding="utf-8").splitlines() == [
        "Deal name,Company,Amount,Reason",
        'Wall,Acme,"12,3,4","Amount: “12,3,4” is not an amount."',
    ]
