"""Everything goes out as our own JSON, and an empty file takes it in: the same data, and the same text again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, time
from pathlib import Path

import pytest
from document_world import DOOR, FITTING, SELLER, acted, draft, issued
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from store_world import World, cards
from tallying import kept, recounted, words_kept
from test_undo_machine import CHOSEN, NAMES, Undoing

from minicrm_tui.demo import write_demo
from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.contacts import ContactDraft, ContactKind, ContactRef
from minicrm_tui.domain.documents import DocumentKind
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.exports import ExportFormat
from minicrm_tui.domain.fields import FieldDraft, FieldId, FieldKind
from minicrm_tui.domain.products import ProductDraft
from minicrm_tui.domain.quickadd import TaskDraft
from minicrm_tui.domain.records import CardId, Channel, Kind, ModuleId, Money
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.views import Targets
from minicrm_tui.domain.whole import PARTS, Json, Taken
from minicrm_tui.exchange.whole_reading import is_ours
from minicrm_tui.store import tables
from minicrm_tui.store.exports.layout import DERIVED, LAYOUT
from minicrm_tui.store.store import Store
from minicrm_tui.transfer.exports import Export, Told, write_export
from minicrm_tui.transfer.whole import take_whole

TABLES = tuple(str(table.__tablename__) for table in tables.BUSINESS)
COUNTED = ("tally", "worth", "load")
WHOLE = Export(ExportFormat.JSON)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30) | NAMES


def image(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as conn:
        return {
            table: sorted((tuple(row) for row in conn.execute(f'SELECT * FROM "{table}"')), key=repr)
            for table in (*TABLES, *COUNTED)
        }


async def written(store: Store, path: Path) -> Path:
    await store.read_out(lambda reading: write_export(reading, WHOLE, path, Told(), overwrite=True))
    return path


async def taken_elsewhere(store: Store, source: Path, now: datetime) -> Taken:
    """The whole of a store in a new file: the same rows, the same counts, sound, and the same text once more."""
    first, second = source.with_name("one.json"), source.with_name("two.json")
    await written(store, first)
    other = await Store.open(source.with_name("other.db"), now=now)
    try:
        taken = await take_whole(other, first)
        world = World(other, source.with_name("other.db"), now)
        assert image(world.path) == image(source)
        assert kept(world) == recounted(world)
        assert words_kept(world) == words_kept(World(store, source, now))
        assert world.query("PRAGMA foreign_key_check") == []
        assert (await written(other, second)).read_bytes() == first.read_bytes()
        again = await take_whole(other, first)
        # A file in which nobody has done anything takes what holds nothing a second time.
        assert again.same or not any(
            count for name, count in taken.counts.items() if name not in ("modules", "statuses")
        )
        kind = (await other.modules(now))[0].module.kind
        await world.add("The journal goes on", world.day(0), kind=kind)
        await other.undo(now)
        assert image(world.path) == image(source)
    finally:
        await other.close()
    return taken


def test_every_column_of_every_table_is_written_or_worked_out() -> None:
    assert tuple(LAYOUT) == PARTS
    assert {part.table for part in LAYOUT.values()} == set(TABLES)
    for name, part in LAYOUT.items():
        table = next(each for each in tables.BUSINESS if each.__tablename__ == part.table)
        named = [column.column for column in part.columns] + list(DERIVED.get(name, ()))
        assert sorted(named) == sorted(table.model_fields)


async def test_a_year_of_made_up_data_is_the_same_in_another_file(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "demo.db"
    write_demo(path, now=now, cards=300, seed=7, language="ro", seller=SELLER, vat=2100)
    store = await Store.open(path, now=now)
    taken = await taken_elsewhere(store, path, now)
    await store.close()
    assert taken.counts["cards"] == 300


async def test_what_no_demo_has_is_the_same_too(world: World) -> None:
    store, now = world.store, world.now
    sales = await world.module()
    await full_of_everything(world, sales)
    world.run(
        "UPDATE module SET name = 'Vânzări', heading_open = '[b]', follow_text = 'Sună', sort = 'value' WHERE id = 1"
    )
    world.run("INSERT INTO template (module_id, name, text, checklist, position) VALUES (4, 'x', 'y', '- a\nx b', 0)")
    world.run("UPDATE task SET checklist = '- one\nx two' WHERE id = 1")
    world.run("UPDATE status SET rot_days = 3, color = 'red' WHERE id = 12")
    await taken_elsewhere(store, world.path, now)


async def full_of_everything(world: World, sales: ModuleId) -> None:
    store, now = world.store, world.now
    card = (
        await world.add(
            "Ana\N{EMOJI MODIFIER FITZPATRICK TYPE-3} „=1+1”", world.day(1, time(14)), value=Money(1, "JPY")
        )
    ).row.id
    other = (await world.add("B" * 200, None, kind=Kind.PROJECTS)).row.id
    choice = await store.add_field(sales, FieldDraft(FieldKind.CHOICES, "Colours", choices=("red", "blue")), now)
    number = await store.add_field(sales, FieldDraft(FieldKind.NUMBER, "Doors"), now)
    text = await store.add_field(sales, FieldDraft(FieldKind.TEXT, "Name"), now)
    await store.set_value(card, choice.id, json.dumps([each.id for each in choice.choices]), now)
    await store.set_value(card, number.id, "12.5", now)
    await store.set_value(card, text.id, "'@x", now)
    await store.retire_field(text.id, now)
    rule = Recurrence(2, Every.MONTHS, CountedFrom.DEADLINE, world.today)
    await store.add_task(cards(card), TaskDraft("again", "Măsoară", world.day(0), minutes=45, rule=rule), now)
    await store.link_cards(card, other, "belongs\ttogether", now)
    await store.add_note(cards(card, other), "first line\nsecond — line", now)
    phones = (Channel("+40 722 000 111", "mobil", "+40722000111", True), Channel("12", "", "", False, True))
    person = ContactDraft(ContactKind.PERSON, "Ana Pop", {"first_name": "Ana", "last_name": "Pop"}, "Acme SRL", phones)
    await store.save_contact(ContactRef(ContactKind.PERSON), person, now)
    await store.add_product(ProductDraft("Window", "W-1", "pcs", 2100, {"EUR": 100, "RON": 500}), now)
    await store.add_entry(sales, SalesList.LOSS_REASON, "Weather", now)
    await acted(world, await issued(world), Action.CANCEL)
    await acted(world, await draft(world, DocumentKind.ORDER, DOOR, FITTING), Action.FINALISE)
    await store.lose(cards(card), now, "Weather", details="rain")
    await store.trash(cards(other), now)


class Moved(Undoing):
    """Whatever was done in a file, its whole is the same in another one."""

    def teardown(self) -> None:
        try:
            self.runner.run(taken_elsewhere(self.store, self.world.path, self.now))
        finally:
            super().teardown()

    def the_file_is_as_the_stack_says(self) -> None:
        """Asked by the other machine."""

    def the_tallies_equal_a_recount(self) -> None:
        """Asked by the other machine."""

    @rule(name=TEXTS, kind=st.sampled_from([FieldKind.TEXT, FieldKind.NUMBER, FieldKind.CHOICES]))
    def add_field(self, name: str, kind: FieldKind) -> None:
        drafted = FieldDraft(kind, name, choices=(name, f"{name} 2") if kind is FieldKind.CHOICES else ())
        self._act(lambda: self.store.add_field(ModuleId(1), drafted, self.now))

    @rule(card=st.integers(1, 6), field=st.integers(1, 4), value=TEXTS | st.sampled_from(["[1]", "7.25"]))
    def set_value(self, card: int, field: int, value: str) -> None:
        kind = self.world.query("SELECT kind FROM field WHERE id = ?", field)
        fits = {"number": "7.25", "choices": "[1]"}.get(str(kind[0][0]) if kind else "", value)
        self._act(lambda: self.store.set_value(CardId(card), FieldId(field), fits, self.now))

    @rule(one=st.integers(1, 6), other=st.integers(1, 6), text=TEXTS)
    def link(self, one: int, other: int, text: str) -> None:
        self._act(lambda: self.store.link_cards(CardId(one), CardId(other), text, self.now))

    @rule(chosen=CHOSEN, text=TEXTS)
    def say(self, chosen: Targets, text: str) -> None:
        self._act(lambda: self.store.add_note(chosen, text, self.now))

    @rule(name=TEXTS, company=NAMES)
    def add_contact(self, name: str, company: str) -> None:
        drafted = ContactDraft(ContactKind.PERSON, name, {"description": name}, company, (Channel("0722 1", name[:9]),))
        self._act(lambda: self.store.save_contact(ContactRef(ContactKind.PERSON), drafted, self.now))

    @rule(card=st.integers(1, 6), kind=st.sampled_from([DocumentKind.ORDER, DocumentKind.OFFER]))
    def make_document(self, card: int, kind: DocumentKind) -> None:
        self._act(lambda: self.store.make_document(CardId(card), kind, self.now))


TestMoved = Moved.TestCase
TestMoved.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)


# --- what is refused


Edit = Callable[[dict[str, Json]], object]


async def refused(world: World, edit: Callable[[str], str]) -> str:
    """The sentence with which a new file refuses the edited whole of this one; it is as new afterwards."""
    path = await written(world.store, world.path.with_name("whole.json"))
    path.write_text(edit(path.read_text()))
    fresh = world.path.with_name("fresh.db")
    other = await Store.open(fresh, now=world.now)
    before = image(fresh)
    try:
        with pytest.raises(Refused) as refusal:
            await take_whole(other, path)
        assert image(fresh) == before
    finally:
        await other.close()
    return refusal.value.sentence()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (replaced('"format": 1', '"format": 2'), "from a newer MiniCRM"),
        (replaced('"format": 1', '"format": "x"'), "Line 1: the number of the format is missing"),
        (replaced('"minicrm"', '"deals"'), "not from MiniCRM"),
        (lambda text: text[: len(text) // 2], "this is no JSON"),
        (lambda text: "", "not from MiniCRM"),
        (lambda text: "[1, 2]", "not from MiniCRM"),
        (lambda text: text + "x", "something follows the end"),
        (replaced('"kind": "sales"', '"kind": "zoo"'), "Line 4: “kind”: one of sales, "),
        (replaced('"name": "Offer"', '"name": 12'), "“name”: a text was expected"),
        (replaced('"name": "Offer"', '"title": "Offer"'), "cards have no “title”"),
        (replaced('"day": "2026-11-24"', '"day": "2026-13-24"'), "a day like 2026-11-23 was expected"),
        (replaced('"at": "14:00"', '"at": "25:00"'), "a time like 14:00 was expected"),
        (replaced('"created_at": "2026', '"created_at": "soon 2026'), "a moment like"),
        (replaced('"company": 1', '"company": 99'), "refers to a “company” that is not there"),
        (replaced('"amount": 450000, ', ""), "the file's rules refuse it"),
        (replaced('"sales_status": "discovery"', '"sales_status": "won"'), "does not stand where its key fields"),
        (replaced('"tasks": [', '"jobs": ['), "“jobs” is no part of such a file"),
        (replaced('"cards": 1,', '"cards": 2,'), "of 2 records of “cards”, 1 are there"),
        (replaced('"key": "lead_vip"', '"key": "lead_none"'), "has not the pipeline of its kind"),
        (replaced('"id": 1, "module": 1, "status"', '"id": 1.5, "module": 1, "status"'), "“id”: a whole number"),
        (replaced('"id": 1, "module": 1, "status"', '"id": NaN, "module": 1, "status"'), "this is no JSON"),
        (replaced('"id": 1, "module": 1, "status"', '"id": 99999999999999999999, "module": 1, "status"'), "whole"),
        (lambda text: '{"minicrm": {"format": 1}, "cards": [{"id": ' + "[" * 100_000, "this is no JSON"),
    ],
)
async def test_what_does_not_hold_together_is_refused_with_its_place(
    world: World, edit: Callable[[str], str], said: str
) -> None:
    await world.add("Offer", world.day(1, time(14)), value=Money(450000, "EUR"))
    assert said in await refused(world, edit)


async def test_text_that_is_no_utf_8_is_refused(world: World, tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes(b'{"minicrm": {"format": 1, "program": "\xe9"}}')
    with pytest.raises(Refused, match="not UTF-8"):
        await take_whole(world.store, path)


async def test_a_file_with_other_data_takes_nothing_in(world: World) -> None:
    await world.add("Offer", world.day(1))
    path = await written(world.store, world.path.with_name("whole.json"))
    await world.add_task(1, "one more", world.day(2))
    before = world.image()
    with pytest.raises(Refused, match="holds other data already"):
        await take_whole(world.store, path)
    assert world.image() == before


async def test_another_layout_and_escapes_say_the_same(world: World) -> None:
    await world.add("Șușteru\N{GRINNING FACE}", world.day(1))
    path = await written(world.store, world.path.with_name("whole.json"))
    path.write_text("\ufeff" + json.dumps(json.loads(path.read_text()), indent=4), encoding="utf-8")
    assert is_ours(path.read_bytes()[:100])
    assert (await take_whole(world.store, path)).same


async def test_escape_sequences_in_a_foreign_hand_are_taken_out(world: World) -> None:
    await world.add("Offer", world.day(1))
    path = await written(world.store, world.path.with_name("whole.json"))
    path.write_text(path.read_text().replace('"name": "Offer"', '"name": "Of\\u001b[31mfer\\u202e\\ud800"'))
    other = await Store.open(world.path.with_name("fresh.db"), now=world.now)
    await take_whole(other, path)
    assert (await other.card(CardId(1))).row.name == "Offer\N{REPLACEMENT CHARACTER}"
    await other.close()


async def test_a_stopped_import_leaves_the_file_as_it_was(world: World, tmp_path: Path) -> None:
    from threading import Event

    path = await written(world.store, tmp_path / "whole.json")
    other = await Store.open(tmp_path / "fresh.db", now=world.now)
    before, stop = image(tmp_path / "fresh.db"), Event()
    stop.set()
    with pytest.raises(Refused, match="nothing was changed"):
        await take_whole(other, path, stop=stop)
    assert image(tmp_path / "fresh.db") == before
    await other.close()
