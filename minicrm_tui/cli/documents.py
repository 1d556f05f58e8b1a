"""`minicrm order …` and `minicrm document …`: listed, shown, moved by their actions, written as PDF."""

from __future__ import annotations

import json
from abc import ABC
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minicrm_tui.cli.commands import Command, known_card
from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import Document, DocumentKind, Terms, kind_name, refuse_incomplete
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.parties import Party
from minicrm_tui.i18n import _

if TYPE_CHECKING:
    from minicrm_tui.cli.commands import Counter
    from minicrm_tui.domain.documents import Listed
    from minicrm_tui.domain.records import CardDetails

Kinds = frozenset[DocumentKind]

ORDERS: Final[Kinds] = frozenset({DocumentKind.ORDER})
DOCUMENTS: Final[Kinds] = frozenset(DocumentKind) - ORDERS

_PAGE: Final = 500
"""Documents that are read at a time."""


@dataclass(frozen=True, slots=True)
class PaperCommand(Command, ABC):
    """What is done with one order or document, which is named by its number or its card's."""

    kinds: Kinds
    wanted: str

    async def _find(self, at: Counter) -> tuple[CardDetails, Document]:
        """The card and what is on it; NotFound, Refused for one of the other kind or in the trash."""
        wanted = self.wanted
        card_id = known_card(int(wanted)) if _is_id(wanted) else await at.store.card_of_number(wanted)
        document = await at.store.document(card_id)
        if document.kind not in self.kinds:
            raise _of_another_kind(wanted, document.kind)
        return await at.store.card_in_use(card_id), document


def _of_another_kind(wanted: str, kind: DocumentKind) -> Refused:
    if kind is DocumentKind.ORDER:
        return Refused(_("{name} is an order.").format(name=wanted), _("minicrm order … is for orders."))
    return Refused(_("{name} is no order.").format(name=wanted), _("minicrm document … is for all other documents."))


def _is_id(wanted: str) -> bool:
    return wanted.isascii() and wanted.isdigit() and len(wanted) < 1000


@dataclass(frozen=True, slots=True)
class ListPapers(Command):
    """`minicrm order list`, `minicrm document list`"""

    kinds: Kinds
    status: str | None
    overdue: bool
    json: bool

    async def run(self, at: Counter) -> None:
        """A line each, the newest first."""
        from minicrm_tui.cli.document_text import keys_of, listed_json, listed_lines

        keys = keys_of(self.kinds, self.status)
        overdue_on = at.now.date() if self.overdue else None
        found: list[Listed] = []
        page = await at.store.documents(self.kinds, keys, overdue_on=overdue_on, most=_PAGE)
        while page:
            found += page
            before = page[-1].document.id
            page = await at.store.documents(self.kinds, keys, overdue_on=overdue_on, before=before, most=_PAGE)
        today = at.now.date()
        if self.json:
            objects = [listed_json(each, today) for each in found]
            at.write(json.dumps({"documents": objects}, ensure_ascii=False) + "\n")
        else:
            at.write("".join(line + "\n" for line in listed_lines(found, today)))


@dataclass(frozen=True, slots=True)
class ShowPaper(PaperCommand):
    """`minicrm order show`, `minicrm document show`"""

    json: bool

    async def run(self, at: Counter) -> None:
        """All of it, as it is printed."""
        from minicrm_tui.cli.document_text import paper_json, paper_lines

        card, document = await self._find(at)
        printed = with_seller(document, at.settings.seller)
        if self.json:
            at.write(json.dumps(paper_json(card, printed, at.now.date()), ensure_ascii=False) + "\n")
        else:
            at.write("".join(line + "\n" for line in paper_lines(card, printed, at.now.date())))


@dataclass(frozen=True, slots=True)
class ActOn(PaperCommand):
    """`minicrm order finalise`, `minicrm document issue` and the other actions."""

    action: Action
    json: bool
    follower: DocumentKind | None = None

    async def run(self, at: Counter) -> None:
        """Do it; says the number that was given and what was made."""
        _card, document = await self._find(at)
        if self.action is Action.ISSUE:
            _refuse_without_seller(at, document)
        terms = Terms(at.settings.seller, at.settings.payment_days)
        acted = await at.store.act(document.card_id, self.action, at.now, terms, follower=self.follower)
        await _tell(at, acted.card, acted.made, as_json=self.json)


@dataclass(frozen=True, slots=True)
class MakeInvoice(PaperCommand):
    """`minicrm order invoice`"""

    json: bool

    async def run(self, at: Counter) -> None:
        """An invoice, as a draft, of a successful order."""
        card, document = await self._find(at)
        made = await at.store.make_document(document.card_id, DocumentKind.INVOICE, at.now)
        await _tell(at, card, made, as_json=self.json)


@dataclass(frozen=True, slots=True)
class WritePdf(PaperCommand):
    """`minicrm order pdf`, `minicrm document pdf`"""

    out: Path | None
    force: bool

    async def run(self, at: Counter) -> None:
        """The PDF; its path is printed. A file that is there stays, unless it is to be overwritten."""
        from minicrm_tui.printing.names import file_name
        from minicrm_tui.printing.pdf import write_pdf

        _card, document = await self._find(at)
        printed = with_seller(document, at.settings.seller)
        path = at.settings.documents_folder if self.out is None else self.out
        if self.out is None or path.is_dir():
            path /= file_name(printed)
        at.write(f"{write_pdf(printed, path, overwrite=self.force)}\n")


def with_seller(document: Document, seller: Party) -> Document:
    """With the seller of today, where it has not been issued."""
    return document if document.seller is not None else replace(document, seller=seller)


def _refuse_without_seller(at: Counter, document: Document) -> None:
    refuse_incomplete(document, document.buyer or Party())
    missing = [key for key in ("name", "address") if not getattr(at.settings.seller, key)]
    if missing:
        raise Refused(
            _("The seller's data is missing."),
            _("Write {keys} under [seller] in {path}.").format(keys=", ".join(missing), path=at.settings_file),
        )


async def _tell(at: Counter, card: CardDetails, made: CardDetails | None, *, as_json: bool) -> None:
    from minicrm_tui.cli.document_text import brief_json, said

    if as_json:
        papers = [None if each is None else await at.store.document(each.row.id) for each in (card, made)]
        both = zip((card, made), papers, strict=True)
        one, other = (
            None if each is None or paper is None else brief_json(each.row, paper, at.now.date())
            for each, paper in both
        )
        at.write(json.dumps({"document": one, "made": other}, ensure_ascii=False) + "\n")
        return
    at.write(said(card) + "\n")
    if made is not None:
        kind = (await at.store.document(made.row.id)).kind
        at.write(_("Made: {document}").format(document=f"{kind_name(kind)} · {said(made)}") + "\n")
