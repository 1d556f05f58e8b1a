"""What an export reads: which cards, in which order, of one moment, with what belongs to them."""

from __future__ import annotations

import asyncio
from datetime import time
from pathlib import Path
from threading import Event

import pytest
from document_world import issued
from store_world import World, cards

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.exports import ExportFormat
from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.records import Bucket, Kind, Money, Outcome
from minicrm_tui.domain.views import Targets, View
from minicrm_tui.store.exports.reading import Reading
from minicrm_tui.transfer.exports import Export, Told, pieces, write_export


async def names(world: World, targets: Targets | None) -> list[str]:
    return await world.store.read_out(lambda reading: [card.name for card in reading.cards(reading.chosen(targets))])


async def test_the_cards_come_in_the_order_of_the_bar_and_of_the_list(world: World) -> None:
    await world.add("late", world.day(9), kind=Kind.PROJECTS)
    await world.add("none", None)
    await world.add("soon", world.day(1))
    trashed = await world.add("trashed", world.day(0))
    await world.store.trash(cards(trashed.row.id), world.now)
    won = await world.add("won", None)
    await world.store.win(cards(won.row.id), world.now)
    assert await names(world, None) == ["soon", "none", "won", "late"]
    sales = await world.module()
    assert await names(world, world.store.cards_of([sales], world.now)) == ["soon", "none", "won"]
    assert await names(world, world.store.cards_of([sales], world.now, Bucket.TOMORROW)) == ["soon"]
    assert await names(world, world.store.cards_in(View(sales, text="wo"))) == ["won"]
    assert await names(world, cards(trashed.row.id, won.row.id)) == ["won"]


async def test_the_cards_of_a_module_in_the_trash_are_left_out(world: World) -> None:
    await world.add("seen", world.day(1))
    await world.add("hidden", world.day(1), kind=Kind.PROJECTS)
    world.run("UPDATE module SET trashed_at = '2026-11-23T07:30:00Z' WHERE kind = 'projects'")
    assert await names(world, None) == ["seen"]


async def test_a_card_comes_with_all_that_belongs_to_it(world: World) -> None:
    row = (await world.add("Roof", world.day(1, time(14)), value=Money(5, "EUR"))).row
    number = await world.store.add_field(row.module_id, FieldDraft(FieldKind.NUMBER, "Doors"), world.now)
    await world.store.set_value(row.id, number.id, "2.5", world.now)
    document = await issued(world)

    def read(reading: Reading) -> None:
        opportunity, *_check, invoice = reading.cards(reading.chosen(cards(row.id, document)))
        assert (opportunity.value, opportunity.values) == (Money(5, "EUR"), {number.id: "2.5"})
        assert opportunity.task is not None
        assert opportunity.task.due == world.day(1, time(14))
        assert opportunity.company is not None
        assert opportunity.company.name == "Acme SRL"
        assert invoice.paper is not None
        assert (invoice.paper.kind, invoice.paper.number) == ("invoice", "INV-2026-EUR/00001")
        sales = next(each for each in reading.modules() if each.module.id == row.module_id)
        assert [field.name for field in sales.fields] == ["Doors"]

    await world.store.read_out(read)


async def test_what_is_written_meanwhile_is_not_in_it(world: World) -> None:
    await world.add("before", world.day(1))

    async def write() -> None:
        await world.add("after", world.day(0))

    loop = asyncio.get_running_loop()

    def read(reading: Reading) -> list[str]:
        asyncio.run_coroutine_threadsafe(write(), loop).result(30)
        return [card.name for card in reading.cards(reading.chosen(None))]

    assert await world.store.read_out(read) == ["before"]
    assert await names(world, None) == ["after", "before"]


async def test_a_stopped_export_leaves_no_file(world: World, tmp_path: Path) -> None:
    await world.add("one", world.day(1))
    stop = Event()
    stop.set()
    for form in ExportFormat:
        out = tmp_path / "out" / f"x{form.suffix}"

        def write(reading: Reading, form: ExportFormat = form, out: Path = out) -> int:
            return write_export(reading, Export(form), out, Told(stop=stop), overwrite=False)

        with pytest.raises(Refused, match="nothing was written"):
            await world.store.read_out(write)
        assert list(out.parent.iterdir()) == []


async def test_only_open_tasks_of_cards_that_are_there_are_in_the_calendar(world: World) -> None:
    one = (await world.add("one", world.day(1))).row
    await world.add_task(one.id, "second", world.day(2, time(9)))
    other = (await world.add("other", world.day(1))).row
    await world.store.trash(cards(other.id), world.now)
    closed = (await world.add("closed", world.day(1))).row
    assert closed.task is not None
    await world.store.close_tasks(cards(closed.id), Outcome.DONE, "", world.now)
    text = await world.store.read_out(lambda reading: "".join(pieces(reading, Export(ExportFormat.ICS), Told())))
    assert text.count("BEGIN:VTODO") == 2
    assert "second — one" in text
