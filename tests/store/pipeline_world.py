"""What the tests of pipelines share: the projects' pipeline by name, and a status with cards of every sort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from store_world import World, cards

from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.pipelines import heading
from minicrm_tui.domain.records import CardId, Group, Kind, ModuleSummary, Money, Status, StatusId
from minicrm_tui.domain.status_drafts import StatusDraft


@dataclass(frozen=True)
class Pipelines:
    """The pipeline of a module in a test's file."""

    world: World
    kind: Kind = Kind.PROJECTS

    async def summary(self) -> ModuleSummary:
        """The module as the program sees it."""
        found = await self.world.store.modules(self.world.now)
        return next(each for each in found if each.module.kind is self.kind)

    async def names(self) -> dict[str, list[str]]:
        """The statuses by the headings of their groups."""
        summary = await self.summary()
        return {
            heading(summary.module, group): [each.name for each in summary.statuses if each.group is group]
            for group in Group
        }

    async def named(self, name: str) -> Status:
        """The status that is called so."""
        return next(each for each in (await self.summary()).statuses if each.name == name)

    async def add(self, name: str, group: Group = Group.OPEN) -> StatusId:
        """A plain status."""
        summary = await self.summary()
        return await self.world.store.add_status(summary.module.id, StatusDraft(name, group), self.world.now)

    async def cards_of_every_sort(self, status: str) -> list[CardId]:
        """In this status: with one task, two, none; with values of a field and of money; finished; in the trash."""
        world, made = self.world, []
        store = world.store
        module = (await self.summary()).module
        field = await store.add_field(module.id, FieldDraft(FieldKind.TEXT, "Street"), world.now)
        for number, due in enumerate((-1, 2, None, None, 3, None)):
            value = Money(1000 * number, "EUR") if number % 2 else None
            card = await world.add(
                f"Site {number}", None if due is None else world.day(due), kind=self.kind, value=value
            )
            made.append(card.row.id)
            await store.set_value(card.row.id, field.id, f"Strada {number}", world.now)
        await world.add_task(made[0], "Write – also", world.day(5))
        await store.set_status(cards(*made), (await self.named(status)).id, world.now - timedelta(days=1))
        await store.trash(cards(*made[-2:]), world.now)
        return made
