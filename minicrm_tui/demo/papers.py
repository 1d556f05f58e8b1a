"""Made-up orders and documents: content, numbers and links as the store itself would have kept them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from minicrm_tui.demo import texts
from minicrm_tui.demo.clients import Client
from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.goods import Goods
from minicrm_tui.demo.lives import Life, Lives, Origin, moves_of
from minicrm_tui.demo.moments import EPOCH_DAY, MINUTES_A_DAY, IsoDays
from minicrm_tui.demo.opening import Ids, OpenTask, OpenTasks
from minicrm_tui.demo.past import PastMaker, Subject
from minicrm_tui.demo.plan import FINISHED
from minicrm_tui.demo.vocabulary import Vocabulary, choice_of, subject_of, vocabulary
from minicrm_tui.domain.documents import DocumentKind, answer_text, made_text, series
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import MINUTES_IN_KEY, NO_TASK_KEY, Kind
from minicrm_tui.domain.text import fold
from minicrm_tui.store.bulk import InstalledModule
from minicrm_tui.store.bulk_rows import Batch, CardValues, DocumentValues, LinkValues, TaskValues

# Of a hundred documents for a Romanian client.
_IN_LEI: Final = 35

_FOLLOWERS: Final[Mapping[str, DocumentKind]] = {
    "offer_accepted": DocumentKind.ORDER,
    "successful": DocumentKind.INVOICE,
    "proforma_paid": DocumentKind.INVOICE,
}
"""What is made of what ended well."""

_CHAINED_EVERY: Final = 3
"""In a large file, how many of those that could be followed by something are."""


@dataclass(frozen=True, slots=True)
class PaperModule:
    """Orders or Invoicing: its statuses' ids by their keys, and its words."""

    kind: Kind
    id: int
    statuses: Mapping[str, int]
    words: Vocabulary


def paper_module(module: InstalledModule) -> PaperModule:
    """The module as its cards need it."""
    statuses = {key: status.id for key, status in module.statuses.items()}
    return PaperModule(module.kind, module.id, statuses, vocabulary(module.kind))


class PaperMaker:
    """Makes orders and documents, one after the other, into the batch that is to be written next."""

    def __init__(
        self,
        lives: Lives,
        goods: Goods,
        past: PastMaker,
        tasks: OpenTasks,
        dice: Dice,
        *,
        seller: Party,
        rich: bool,
        finished: int,
    ) -> None:
        """`finished`: how many documents of all that come are finished ones."""
        self._lives = lives
        self._goods = goods
        self._past = past
        self._tasks = tasks
        self._ids: Ids = tasks.ids
        self._days: IsoDays = tasks.days
        self._until = tasks.until
        self._dice = dice
        self._seller = seller.kept()
        self._rich = rich
        self._finished_left = finished
        self._drafts = choice_of(texts.DRAFT_TASKS)
        self._answers = {kind: (text := answer_text(kind), fold(text)) for kind in DocumentKind}
        self._last = self._offered = 0
        self._cancelled: tuple[Origin, Life] | None = None
        """An invoice that the next finished one cancels."""

    def of_sale(self, card_id: int, client: Client, name: tuple[str, str], value: tuple[int, str], made: int) -> None:
        """An opportunity of which an offer can be made."""
        net, currency = value
        basket = self._goods.worth(net, currency)
        self._offer(DocumentKind.OFFER, Origin(card_id, client, name, currency, basket, _day(made) + 1))

    def make(self, module: PaperModule, slot: int, client: Client, batch: Batch) -> None:
        """One card of this module, in the bucket of this slot."""
        if slot == FINISHED and module.kind is Kind.INVOICING:
            self._finished_left -= 1
            if self._cancelled is not None:
                self._cancel(module, batch)
                return
        life = self._life(module.kind, slot)
        origin = life.origin or self._new_origin(module.words, client)
        card_id = self._ids.next_card()
        subject = Subject(card_id, origin.client, module.statuses[life.status_key], life.made)
        until = self._until if life.fixed is None else life.fixed
        self._ids.task, _moment = self._past.begin(subject, module.words, self._ids.task, until, batch)
        self._tell_moves(card_id, life, batch)
        tasks = self._open_tasks(life, slot, module.words, origin.client, batch)
        sort_key = -60 * life.latest if slot == FINISHED else tasks[0].due_key if tasks else NO_TASK_KEY
        batch.cards.append(self._card(module.id, subject, origin, tasks, sort_key))
        self._write(life, card_id, origin, batch)
        if life.origin is not None:
            said = made_text(life.kind, origin.name[0])
            batch.links.append(LinkValues(origin.card_id, card_id, said, self._days.stamp(life.made)))
        self._go_on(life, origin._replace(card_id=card_id, since=_day(life.latest) + 1))

    def _life(self, module: Kind, slot: int) -> Life:
        if module is Kind.ORDERS:
            return self._lives.of_order(slot)
        return self._lives.of_document(slot, may_cancel=self._finished_left > 0)

    def _new_origin(self, words: Vocabulary, client: Client) -> Origin:
        """What is made of nothing else."""
        currency = "RON" if client.lei and self._dice.happens(_IN_LEI) else "EUR"
        return Origin(0, client, subject_of(words, client, self._dice), currency, self._goods.pick(currency), 0)

    # --- what follows

    def _go_on(self, life: Life, ended: Origin) -> None:
        follower = _FOLLOWERS.get(life.status_key)
        if follower is not None:
            self._offer(follower, ended, goes_on=life.origin is not None)
        elif life.status_key == "invoice_cancelled":
            self._cancelled = ended, life

    def _offer(self, kind: DocumentKind, origin: Origin, *, goes_on: bool = False) -> None:
        """`goes_on`: it was made of something itself."""
        self._offered += 1
        if self._rich or goes_on or self._offered % _CHAINED_EVERY == 0:
            self._lives.offer(kind, origin)

    def _cancel(self, module: PaperModule, batch: Batch) -> None:
        """The invoice that cancels: issued in the same minute, after the one that it cancels."""
        assert self._cancelled is not None
        (origin, cancelled), self._cancelled = self._cancelled, None
        moment = cancelled.latest
        life = Life(DocumentKind.INVOICE, "invoice_cancelled", moment, moment, due=_day(moment))
        card_id = self._ids.next_card()
        subject = Subject(card_id, origin.client, module.statuses[life.status_key], moment)
        self._past.tell(batch, card_id, moment, "created")
        turned = origin._replace(basket=origin.basket.turned())
        batch.cards.append(self._card(module.id, subject, turned, (), -60 * moment))
        self._write(life, card_id, turned, batch, cancels=origin.card_id)

    # --- rows

    def _write(self, life: Life, card_id: int, origin: Origin, batch: Batch, cancels: int | None = None) -> None:
        self._last += 1
        fixed = life.fixed
        issued = fixed is not None and life.kind is not DocumentKind.ORDER
        batch.documents.append(
            DocumentValues(
                self._last,
                card_id,
                life.kind.value,
                origin.currency,
                "" if fixed is None else series(life.kind, origin.currency, self._days.date(_day(fixed))),
                fixed,
                None if fixed is None else self._days[_day(fixed)],
                self._days[life.due] if issued and life.due is not None else None,
                "",
                self._seller if issued else "",
                _buyer(origin.client) if issued else "",
                cancels,
            )
        )
        origin.basket.write(self._last, batch)

    def _card(
        self, module_id: int, card: Subject, origin: Origin, tasks: tuple[OpenTask, ...], sort_key: int
    ) -> CardValues:
        client = card.client
        search = "\n".join(
            filter(None, (client.company_folded, client.person_folded, *(each.folded for each in tasks)))
        )
        return CardValues(
            card.card_id,
            module_id,
            card.status_id,
            *origin.name,
            client.company_id,
            client.person_id,
            origin.basket.gross,
            origin.currency,
            # No key fields, and what else only opportunities have.
            None,
            None,
            0,
            None,
            None,
            None,
            int(sort_key < 0),
            tasks[0].id if tasks else None,
            len(tasks),
            sort_key,
            search,
            self._days.stamp(card.born),
        )

    def _tell_moves(self, card_id: int, life: Life, batch: Batch) -> None:
        for moment, before, after in moves_of(life):
            self._past.tell(batch, card_id, moment, "status", "", "status", before, after)
        if life.over is not None and life.fixed is not None and life.kind is not DocumentKind.ORDER:
            self._close_answer(card_id, life, life.fixed, life.over, batch)

    # --- tasks

    def _open_tasks(
        self, life: Life, slot: int, words: Vocabulary, client: Client, batch: Batch
    ) -> tuple[OpenTask, ...]:
        """Of what was issued the one that asks for the answer; else what is to be done."""
        if life.kind is DocumentKind.ORDER:
            return self._tasks.some(words.tasks, slot, client, life.latest, batch)
        if life.task is None:
            return ()
        if life.fixed is None or life.over is not None:
            choice = self._drafts if life.fixed is None else words.tasks
            return (self._tasks.one(choice, slot, life.task, client, life.latest, batch),)
        task_id, (text, folded) = self._ids.next_task(), self._answers[life.kind]
        still_open = (None, None, None)
        batch.tasks.append(self._answer(task_id, text, life.task, life.postponed, life.fixed, *still_open))
        return (OpenTask(task_id, _due_key(life.task), folded),)

    def _close_answer(self, card_id: int, life: Life, asked: int, closed: int, batch: Batch) -> None:
        """The task that asked for the answer is closed by it."""
        text, _folded = self._answers[life.kind]
        outcome = "successful" if life.status_key in ("invoice_paid", "proforma_paid", "offer_accepted") else "failed"
        day = life.due or _day(asked)
        at = self._days.stamp(closed)
        batch.tasks.append(self._answer(self._ids.next_task(), text, day, 0, asked, at, outcome, None))
        self._past.tell(batch, card_id, closed, "task", text, "outcome", new=outcome)

    def _answer(self, task_id: int, text: str, day: int, postponed: int, asked: int, closed_at: str | None,
                outcome: str | None, comment: str | None) -> TaskValues:  # fmt: skip
        return TaskValues(
            task_id,
            self._ids.card,
            text,
            "other",
            self._days[day],
            None,
            _due_key(day),
            postponed,
            self._days.stamp(asked),
            closed_at,
            outcome,
            comment,
            "answer",
        )


def _day(moment: int) -> int:
    """The ordinal of a moment's day."""
    return EPOCH_DAY + moment // MINUTES_A_DAY


def _due_key(day: int) -> int:
    return day * MINUTES_IN_KEY + MINUTES_IN_KEY - 1


def _buyer(client: Client) -> str:
    """As `Party.kept` has it, which is too slow for a million."""
    if not client.company:
        return json.dumps({"name": client.person}, ensure_ascii=False)
    known = {
        "address": client.address,
        "name": client.company,
        "person": client.person,
        "tax_number": client.tax_number,
    }
    return json.dumps({key: text for key, text in known.items() if text}, ensure_ascii=False)
