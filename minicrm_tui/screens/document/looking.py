"""An order or a document as it is looked at: what it says, its items, its totals, its preview and its PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from minicrm_tui.domain.documents import Document, refuse_frozen
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.lines import Totals
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.document.head import head_lines, title, total_lines
from minicrm_tui.screens.document.header_form import HeaderForm
from minicrm_tui.screens.document.pdf import PdfWriter
from minicrm_tui.screens.document.preview import PreviewScreen
from minicrm_tui.screens.form import FormScreen
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.widgets.items_pane import ItemsPane
from minicrm_tui.widgets.piece_lines import PieceLines

if TYPE_CHECKING:
    from minicrm_tui.domain.records import CardId
    from minicrm_tui.screens.main.workbench import Workbench
    from minicrm_tui.settings import Settings

SHORT = 30
"""Lines below which fewer rates of VAT are shown."""

ORDER = ("document.add_line", "grid.choose", "document.act", "document.header", "document.preview", "document.pdf")
"""Commands in the footer's order."""

KEPT = (
    *("document.add_line", "document.act", "screen.close", "app.help", "document.pdf", "document.preview"),
    *("screen.undo", "grid.choose", "document.header"),
)
"""Those that stay where it is short, most important first."""


class DocumentLook(ListScreen):
    """The document of one card; `pane` has its items."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "header", N_("Date, notes"), tooltip=N_("Payment date and notes"), id="document.header"),
        Binding("E", "card", N_("Subject, client"), show=False, tooltip=N_("The card's form: subject, client, task"),
                id="document.card"),
        Binding("m", "act", N_("Actions"), tooltip=N_("What can be done with it: issue, pay, cancel …"),
                id="document.act"),
        Binding("v", "preview", N_("Preview"), tooltip=N_("As it will be printed"), id="document.preview"),
        Binding("P", "pdf", N_("PDF"), tooltip=N_("Write it as a PDF into the folder of the settings"),
                id="document.pdf"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    DocumentLook {
        layers: default progress;
        & > #document-head { height: auto; }
        & > #document-told { height: auto; max-height: 2; padding: 0 1; color: $text-warning; display: none;
            background: $surface; }
        & > #document-told.-told { display: block; }
        & > #document-progress { height: 1; padding: 0 1; background: $primary; color: $text; display: none;
            dock: top; layer: progress; }
        & > #document-totals { height: auto; box-sizing: content-box; border-top: solid $foreground 20%; }
    }
    """

    KEPT = KEPT

    def __init__(self, bench: Workbench, card_id: CardId) -> None:
        super().__init__("", bench.store, bench.clock, ORDER)
        self.bench = bench
        self.card_id = card_id
        self.pane = ItemsPane()
        self._head = PieceLines(id="document-head")
        self._told = Static("", id="document-told")
        self._totals = PieceLines(id="document-totals")
        self._progress = Static("", id="document-progress")
        self._pdf = PdfWriter(self)
        self._document: Document | None = None

    @property
    def document(self) -> Document:
        """As it was last read."""
        assert self._document is not None, "without it there is no key"
        return self._document

    @property
    def settings(self) -> Settings:
        """As they are by now."""
        return self.bench.settings

    def listed(self) -> Sequence[Widget]:
        """What it says, its items, why they can't be changed, its totals."""
        return (self._head, self.pane, self._told, self._totals, self._progress)

    def focus_list(self) -> None:
        """The keys are the grid's."""
        self.set_focus(self.pane.grid)

    # --- reading and showing

    async def load(self) -> None:
        """The document as it is by now; one that is gone leaves the screen."""
        try:
            self._document = await self.store.document(self.card_id)
        except NotFound as error:
            self.say(error.sentence())
            self.dismiss(None)
            return
        document = self.document
        self.query_one("#screen-title", Static).update(Content(title(document)))
        why = why_frozen(document)
        self._told.update(Content(why))
        self._told.set_class(bool(why), "-told")
        self.pane.grid.is_fixed = not document.is_draft
        self._lay()
        self.show_lines()
        self.refresh_bindings()

    def _lay(self) -> None:
        """What is shared out by the width."""
        today, days = self.clock().date(), self.settings.payment_days
        self._head.show_lines(head_lines(self.document, today, days, self.size.width))
        self.show_totals(self.document.totals)

    def show_lines(self) -> None:
        """The items, and their totals, as they are in the file."""
        document = self.document
        empty = _("No items yet: n adds the first one.") if document.is_draft else _("No items.")
        self.pane.grid.show(document.lines, document.currency, empty=empty)
        self.show_totals(document.totals)

    def show_totals(self, sums: Totals) -> None:
        """The sums, also those that would be."""
        width, short = self.size.width, self.size.height < SHORT
        self._totals.show_lines(total_lines(sums, self.document.currency, width, short=short))

    def on_resize(self, _event: events.Resize) -> None:
        """Share the width out anew."""
        if self._document is not None:
            self._lay()

    # --- keys

    def action_header(self) -> None:
        """`e`: payment date and notes."""
        self.work(self._fill_in_header)

    async def _fill_in_header(self) -> None:
        form = HeaderForm(self.document, self.store, settings=self.settings, clock=self.clock, drafts=self.bench.drafts)
        await ask(self, form)

    def action_card(self) -> None:
        """`E`: subject, client and task, in the card's own form."""
        self.work(self._fill_in_card)

    async def _fill_in_card(self) -> None:
        form = FormScreen(
            await self.store.card(self.card_id),
            self.store,
            settings=self.settings,
            clock=self.clock,
            drafts=self.bench.drafts,
            currency=self.document.currency,
            document=self.document,
        )
        await ask(self, form)

    def action_act(self) -> None:
        """`m`: what can be done with it."""
        self.work(self._act)

    async def _act(self) -> None:
        from minicrm_tui.screens.main.acting import choose

        self.bench.paper = (await self.store.card(self.card_id)).row
        await choose(self.bench)
        if self.bench.paper is None:
            # What was made of it is on the main screen.
            self.dismiss(None)

    def action_preview(self) -> None:
        """`v`: as it will be printed."""
        self.work(self._preview)

    async def _preview(self) -> str | None:
        if await ask(self, PreviewScreen(self._printed)):
            return await self._write_pdf()
        return None

    def action_pdf(self) -> None:
        """`P`: into the folder of the settings."""
        self.work(self._write_pdf)

    async def _write_pdf(self) -> str | None:
        return await self._pdf.begin(self._printed, self.settings.documents_folder)

    @property
    def _printed(self) -> Document:
        """The document; before it is issued, with the seller as the settings have it."""
        return replace(self.document, seller=self.document.seller or self.settings.seller)

    def show_progress(self, sentence: str) -> None:
        """How far the PDF is; an empty sentence takes the line away."""
        self._progress.update(Content(sentence))
        self._progress.display = bool(sentence)

    def action_close(self) -> None:
        """`esc`: a PDF that is being written is given up first."""
        if self._pdf.is_busy:
            self._pdf.stop()
        else:
            super().action_close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without the document there is nothing to command; what it says is changed in a draft only."""
        if action in ("header", "card", "act", "preview", "pdf"):
            return self._document is not None and (action != "header" or self._document.is_draft)
        return super().check_action(action, parameters)


def why_frozen(document: Document) -> str:
    """Why its content can't be changed; nothing for a draft."""
    try:
        refuse_frozen(document)
    except Refused as error:
        return error.sentence()
    return ""
