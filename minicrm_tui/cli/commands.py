"""The commands that work on an open file: each asks the store, and writes what it says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from minicrm_tui.cli.agenda import card_json, write_agenda, write_agenda_json
from minicrm_tui.cli.modules import find_bucket, find_module, write_modules, write_modules_json
from minicrm_tui.domain.documents import FIRST_STATUS
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.lines import shown_with_vat
from minicrm_tui.domain.pipelines import NEW_DATABASE
from minicrm_tui.domain.records import CardDetails, CardId, CardRow, Kind, Outcome, Task, TaskId
from minicrm_tui.domain.text import shorten
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _, format_due, language

if TYPE_CHECKING:
    from minicrm_tui.domain.documents import DocumentKind
    from minicrm_tui.domain.records import Module
    from minicrm_tui.domain.tasks import TaskDraft
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store

Write = Callable[[str], None]
"""Takes what is to be printed, line ends and all."""

Read = Callable[[int], str]
"""Gives so many characters of standard input at most."""

LARGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Counter:
    """What a command has to work with."""

    store: Store
    settings: Settings
    now: datetime
    write: Write
    settings_file: Path


class Command(ABC):
    """Something to be done with an open file. `first_modules`: what a file gets that has no module."""

    first_modules: ClassVar[Sequence[Kind]] = NEW_DATABASE

    def fed(self, read: Read) -> Command:
        """Itself, with what it takes from standard input; before the file is opened: who types slowly blocks nobody."""
        return self

    @abstractmethod
    async def run(self, at: Counter) -> None:
        """Do it; raises CrmError, having changed nothing."""


@dataclass(frozen=True, slots=True)
class ShowAgenda(Command):
    """`minicrm agenda`"""

    module: str | None
    bucket: str | None
    json: bool

    async def run(self, at: Counter) -> None:
        """The cards of one module, by bucket."""
        bucket = None if self.bucket is None else find_bucket(self.bucket)
        summary = find_module(await at.store.modules(at.now), self.module)
        show = write_agenda_json if self.json else write_agenda
        await show(at.store, summary, bucket, at.now, at.settings.week_start, at.write)


@dataclass(frozen=True, slots=True)
class ShowModules(Command):
    """`minicrm modules`"""

    json: bool

    async def run(self, at: Counter) -> None:
        """The installed modules with their counts."""
        show = write_modules_json if self.json else write_modules
        await show(at.store, at.now, at.write)


@dataclass(frozen=True, slots=True)
class AddCard(Command):
    """`minicrm add`"""

    line: str
    module: str | None
    kind: DocumentKind | None
    json: bool

    async def run(self, at: Counter) -> None:
        """A card of one line; its id is the last word."""
        from minicrm_tui.domain.quickadd import parse_line

        module = find_module(await at.store.modules(at.now), self._module()).module
        status_key = self._status_key(module)
        draft = parse_line(
            self.line,
            at.now,
            currency=module.currency or at.settings.currency,
            language=language(),
            week_start=at.settings.week_start,
            working_days=at.settings.working_days,
            offer=await at.store.task_offer(module.id),
        )
        card = await at.store.create_card(module.id, draft, at.now, status_key=status_key)
        if self.json:
            at.write(card_json(card.row, card.status, at.now, at.settings.week_start) + "\n")
            return
        added = _("Added to {module}: “{card}”").format(module=module.name, card=card.row.name)
        vat = at.settings.vat if module.kind in (Kind.ORDERS, Kind.INVOICING) else 0
        value = None if draft.value is None else shown_with_vat(draft.value, vat)
        at.write(" · ".join([added, *_as_read(card.row, value, at), _("card {id}").format(id=card.row.id)]) + "\n")

    def _module(self) -> str | None:
        """Documents are in Invoicing, if nothing else is said."""
        return self.module if self.module is not None or self.kind is None else Kind.INVOICING.value

    def _status_key(self, module: Module) -> str:
        if self.kind is None:
            return ""
        if module.kind is not Kind.INVOICING:
            raise Refused(_("Only Invoicing has offers, proformas and invoices."))
        return FIRST_STATUS[self.kind]


@dataclass(frozen=True, slots=True)
class AddTask(Command):
    """`minicrm task add`"""

    card_id: int
    text: str

    async def run(self, at: Counter) -> None:
        """A task on a card; its id is the last word."""
        draft = await _read_task(self.text, known_card(self.card_id), at)
        card = await card_in_use(at, self.card_id)
        added = await at.store.add_task(Targets(cards=(card.row.id,)), draft, at.now)
        if added.task is not None:
            at.write(_("Added: {task}").format(task=_with_id(added.task, at)) + "\n")


@dataclass(frozen=True, slots=True)
class CloseTask(Command):
    """`minicrm task done`"""

    task_id: int
    outcome: Outcome
    comment: str
    next_text: str | None

    async def run(self, at: Counter) -> None:
        """A task closed, and the next one in the same undo step."""
        task = await at.store.task(_known_task(self.task_id))
        following = None if self.next_text is None else await _read_task(self.next_text, task.card_id, at)
        closing = task.id, self.outcome, self.comment
        said = _("Closed: “{task}”").format(task=task.text) + "\n"
        if following is None:
            await at.store.close_task(*closing, at.now)
        else:
            _closed, added = await at.store.close_task_and_go_on(*closing, following, at.now)
            if added.task is not None:
                said += _("Next: {task}").format(task=_with_id(added.task, at)) + "\n"
        at.write(said)


@dataclass(frozen=True, slots=True)
class PostponeTask(Command):
    """`minicrm task postpone`"""

    task_id: int
    when: str

    async def run(self, at: Counter) -> None:
        """A task put off, by a preset or a typed date."""
        from minicrm_tui.domain.postponing import parse_postponement

        how = parse_postponement(
            self.when,
            at.now,
            language=language(),
            week_start=at.settings.week_start,
            working_days=at.settings.working_days,
        )
        task_id = _known_task(self.task_id)
        await at.store.postpone_task(task_id, how, at.now)
        at.write(_("Postponed: {task}").format(task=_with_id(await at.store.task(task_id), at)) + "\n")


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """`minicrm undo`"""

    async def run(self, at: Counter) -> None:
        """The latest action taken back."""
        from minicrm_tui.wording import describe

        undone = await at.store.undo(at.now)
        if undone is None:
            raise Refused(_("Nothing to undo."))
        what = describe(undone.verb, undone.subject, undone.count)
        at.write(_("Undone: {what}").format(what=what) + "\n")


@dataclass(frozen=True, slots=True)
class Redo(Command):
    """`minicrm redo`"""

    async def run(self, at: Counter) -> None:
        """The action that was taken back last, done again."""
        from minicrm_tui.wording import describe

        redone = await at.store.redo(at.now)
        if redone is None:
            raise Refused(_("Nothing to redo."))
        what = describe(redone.verb, redone.subject, redone.count)
        at.write(_("Done again: {what}").format(what=what) + "\n")


def known_card(card_id: int) -> CardId:
    """The id of a card, whether there is one or not; NotFound for one that the file can't even hold."""
    if card_id > LARGEST_ID:
        raise NotFound(_("There is no card {id}.").format(id=shorten(str(card_id))))
    return CardId(card_id)


async def card_in_use(at: Counter, card_id: int) -> CardDetails:
    """The card with this id; NotFound, Refused for one in the trash, by itself or with its module."""
    return await at.store.card_in_use(known_card(card_id))


def _known_task(task_id: int) -> TaskId:
    if task_id > LARGEST_ID:
        raise NotFound(_("There is no task {id}.").format(id=shorten(str(task_id))))
    return TaskId(task_id)


async def _read_task(text: str, card_id: CardId, at: Counter) -> TaskDraft:
    """A task for this card, with what its module offers."""
    from minicrm_tui.domain.tasks import parse_task

    card = await at.store.card(card_id)
    return parse_task(
        text,
        at.now,
        language=language(),
        week_start=at.settings.week_start,
        working_days=at.settings.working_days,
        offer=await at.store.task_offer(card.row.module_id),
    )


def _as_read(card: CardRow, value: str | None, at: Counter) -> Iterator[str]:
    """What the line was understood to say beside the card's name."""
    from minicrm_tui.domain.quickadd import client_name

    client = client_name(card.company, card.person)
    if client != card.name:
        yield client
    if value is not None:
        yield value
    if card.task is not None:
        yield _task_in_words(card.task, at)


def _task_in_words(task: Task, at: Counter) -> str:
    return _("“{task}” {when}").format(task=task.text, when=format_due(task.due, at.now.date()))


def _with_id(task: Task, at: Counter) -> str:
    return f"{_task_in_words(task, at)} · {_('task {id}').format(id=task.id)}"
