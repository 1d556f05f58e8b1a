"""New cards and tasks in one line, and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from minicrm_tui.domain.contact_forms import why_alike
from minicrm_tui.domain.contacts import ContactRef, Similar
from minicrm_tui.domain.documents import FIRST_STATUS, DocumentKind, kind_name
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft, client_name
from minicrm_tui.domain.records import CardId, Kind, Module
from minicrm_tui.domain.templates import TaskOffer
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.reading import LineReader, TaskReader, read_task
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.templates import Ring, TemplateCompletion, completion
from minicrm_tui.screens.main.workbench import LETTERS, Workbench, name_of
from minicrm_tui.widgets.line import Choice

NEW = "s"
"""The key of a new contact all the same."""

KIND_LETTERS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.OFFER: "o",
    DocumentKind.PROFORMA: "p",
    DocumentKind.INVOICE: "i",
    DocumentKind.ORDER: "r",
}


async def new_card(bench: Workbench, text: str = "") -> None:
    """`n`: a card, its value, its client and its first task, in one line; in Invoicing, which document first."""
    module = bench.module
    kind = await which_document(bench, module)
    if kind is None:
        return
    offer = await bench.store.task_offer(module.id)
    answer = await bench.ask(
        _("New: {item}").format(item=kind.name or module.item),
        value=text,
        read=LineReader(bench, module, offer).safely,
        placeholder=_("Acme Industries @ Client 4500 EUR > call Ana fri 14:00"),
        hint=_("enter: make it · tab: a known client · esc"),
        selected=False,
        complete=LineCompletion(bench, offer),
    )
    if answer is None or not isinstance(answer.value, LineDraft):
        return
    made = await make_card(bench, module, answer.value, kind.status_key)
    if made is None:
        await new_card(bench, answer.text)
    else:
        await bench.go_to(module.id, made)


async def make_card(bench: Workbench, module: Module, draft: LineDraft, status_key: str = "") -> CardId | None:
    """Make the card; a new client with a known phone or e-mail is pointed out first. None: back to the line."""
    found = (await bench.store.known_by(draft))[:9]
    known: ContactRef | None = None
    if found:
        known_ones = dict(zip(LETTERS, found, strict=False))
        choice = await _choose_known(bench, draft, known_ones)
        if choice is None:
            return None
        known = None if choice == NEW else known_ones[choice].ref
    made = await bench.store.create_card(module.id, draft, bench.now(), known, status_key=status_key)
    return made.row.id


async def _choose_known(bench: Workbench, draft: LineDraft, known: Mapping[str, Similar]) -> str | None:
    """The key of the known one that is meant, or NEW; None for neither."""
    choices = [
        Choice(key, " · ".join(part for part in (each.name, each.beside) if part), why_alike(each))
        for key, each in known.items()
    ]
    new = client_name(draft.company, draft.person) or draft.name
    title = _("Known already: whose card is {card}?").format(card=draft.name)
    choice = await bench.choose(title, [*choices, Choice(NEW, _("{name}, a new contact").format(name=new))])
    return None if choice is None else choice.key


class Beginning(NamedTuple):
    """What a new card is called and where it begins; nothing where its module says both."""

    name: str = ""
    status_key: str = ""


async def which_document(bench: Workbench, module: Module) -> Beginning | None:
    """An offer, a proforma or an invoice, in Invoicing; None where the question was left."""
    if module.kind is not Kind.INVOICING:
        return Beginning()
    kind = await choose_kind(bench, _("A new"), (DocumentKind.OFFER, DocumentKind.PROFORMA, DocumentKind.INVOICE))
    return None if kind is None else Beginning(kind_name(kind), FIRST_STATUS[kind])


async def choose_kind(bench: Workbench, title: str, kinds: Sequence[DocumentKind]) -> DocumentKind | None:
    """One of these kinds of documents, by its letter; the only one without a question."""
    if len(kinds) == 1:
        return kinds[0]
    letters = {KIND_LETTERS[kind]: kind for kind in kinds}
    choices = [
        Choice(letter, kind_name(kind), keys=(str(place),)) for place, (letter, kind) in enumerate(letters.items(), 1)
    ]
    choice = await bench.choose(title, choices)
    return None if choice is None else letters[choice.key]


class LineCompletion:
    """Tab: before ` > ` the client after ` @ `, or without one the card's name, from those that are known.

    After it, the templates of the module. Again: the next one.
    """

    def __init__(self, bench: Workbench, offer: TaskOffer) -> None:
        self._bench = bench
        self._template = TemplateCompletion(bench, offer)
        self._clients = Ring()

    async def __call__(self, text: str, direction: int) -> str | None:
        """The text completed; None where nothing known begins so."""
        card, begins_task, task = text.partition(" > ")
        if begins_task:
            completed = await self._template(task, direction)
            return None if completed is None else f"{card}{begins_task}{completed}"
        if not self._clients.holds(text):
            self._clients.fill(await self._completed(text))
        return self._clients.after(text, direction)

    async def _completed(self, text: str) -> list[str]:
        before, at, begun = text.rpartition(" @ ")
        if not begun.strip():
            return []
        found = await self._bench.store.clients(begun.strip())
        return [f"{before}{at}{name}" for name in found if name != begun.strip()]


async def add_task(bench: Workbench) -> None:
    """`t`: one more task on the card."""
    subject = await bench.subject()
    if subject is None:
        return
    offer = await bench.store.task_offer(bench.module.id)
    hint = _("enter: add it · without a date: today · esc")
    answer = await bench.ask(
        _("New task · {card}").format(card=name_of(subject)),
        read=TaskReader(bench, offer).safely,
        placeholder=_("call Ana fri 14:00"),
        hint=f"{_('tab: a template')} · {hint}" if offer.templates else hint,
        selected=False,
        complete=completion(bench, offer),
    )
    if answer is None or not isinstance(answer.value, TaskDraft):
        return
    await _add(bench, answer.value)
    bench.again = partial(_add_again, text=answer.text)


async def _add_again(bench: Workbench, text: str) -> None:
    await _add(bench, read_task(bench, text, await bench.store.task_offer(bench.module.id)))


async def _add(bench: Workbench, draft: TaskDraft) -> None:
    subject = await bench.subject()
    if subject is None:
        return
    async with bench.bulk(_("Adding tasks"), subject) as bulk:
        await bench.store.add_task(subject.targets, draft, bench.now(), progress=bulk.progress, stop=bulk.stop)
    await bench.done(_card(bench))


async def add_note(bench: Workbench) -> None:
    """`o`: a note in the card's history, or in those of the marked cards."""
    from minicrm_tui.screens.note import NoteScreen

    subject = await bench.subject()
    if subject is None:
        return
    key = ("note", subject.row.id if subject.row is not None else None)
    write = partial(_write_note, bench, subject)
    note = await bench.open_dialog(
        NoteScreen(_("Note · {card}").format(card=name_of(subject)), write, key=key, drafts=bench.drafts)
    )
    if note is not None:
        bench.again = partial(_note, text=note)
        await bench.done(_card(bench))


async def _write_note(bench: Workbench, subject: Subject, text: str) -> None:
    await bench.store.add_note(subject.targets, text, bench.now())


async def _note(bench: Workbench, text: str) -> None:
    subject = await bench.subject()
    if subject is not None:
        await bench.store.add_note(subject.targets, text, bench.now())
        bench.again = partial(_note, text=text)
        await bench.done(_card(bench))


def _card(bench: Workbench) -> CardId | None:
    """The cursor keeps its card, wherever the new task takes it."""
    row = bench.cursor_card
    return row.id if row is not None else None
