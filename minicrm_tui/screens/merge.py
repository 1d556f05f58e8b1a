"""Two contacts become one: field by field before and after, and whose value stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen

from minicrm_tui.domain.contact_forms import field_name
from minicrm_tui.domain.contacts import (
    ContactDetails,
    ContactDraft,
    ContactKind,
    ContactRef,
    draft_of,
    mergeable,
    merged,
)
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.reach import typed_channel
from minicrm_tui.domain.records import Channel
from minicrm_tui.i18n import N_, _, format_number
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.contact_picker import ContactPicker
from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.store import Store

_MOST_LABEL_CELLS = 22

Below = TypeVar("Below")


@dataclass(frozen=True, slots=True)
class Wish:
    """Which contact stays, which goes into it, and the fields whose value is the latter's."""

    keep: ContactRef
    gone: ContactRef
    taken: frozenset[str]


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A field of both, and of what they become. `choice`: the field's key, where it can be chosen."""

    label: str
    kept: str
    gone: str
    after: str
    choice: str = ""


class MergeList(RowList[MergeLine]):
    """The fields side by side."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Merge"), tooltip=N_("Make one contact of both"), id="list.open"),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first field"), id="list.top"),
    ]

    chosen: Callable[[], None] = staticmethod(lambda: None)
    headings: tuple[str, str, str] = ("", "", "")
    label_cells = 0

    @property
    def cursor_line(self) -> MergeLine | None:
        """The field under the cursor."""
        return self._item

    def item_chosen(self, item: MergeLine) -> None:
        """Enter merges."""
        self.chosen()

    def heading_chosen(self, section: Section) -> None:
        """Enter merges."""
        self.chosen()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """Whose column is whose."""
        cells = self._column_cells(width)
        yield Piece(" " * (self.label_cells + 1))
        for heading in self.headings:
            yield Piece(fit(heading, cells), "heading", True)
            yield Piece(" ")

    def item_pieces(self, line: MergeLine, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """The field, its two values, the one that stays."""
        cells = self._column_cells(width)
        taken = line.choice and line.after == line.gone != line.kept
        yield Piece(fit(line.label, self.label_cells) + " ", "muted")
        yield Piece(fit(line.kept, cells) + " ", "muted" if taken else "")
        yield Piece(fit(line.gone, cells) + " ", "accent" if taken else "muted" if line.choice else "")
        yield Piece(fit(line.after, cells), "success")

    def _column_cells(self, width: int) -> int:
        return (width - self.label_cells - 3) // 3


class MergeScreen(ModalScreen[Wish | None]):
    """Answers how the two are merged; None to leave both as they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,left,right", "take", N_("The other's value"), tooltip=N_("Take the other one's value"),
                id="merge.take"),
        Binding("x", "swap", N_("Swap"), tooltip=N_("The other one stays"), id="merge.swap"),
        Binding("ctrl+s", "merge", N_("Merge"), tooltip=N_("Make one contact of both"), id="merge.merge"),
        Binding("escape", "leave", N_("Back"), tooltip=N_("Leave both as they are"), id="merge.leave"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    MergeScreen {
        align: center middle;
        #merge { width: 140; max-width: 96%; height: auto; max-height: 90%; background: $surface;
            border: round $primary; padding: 0 1; }
        MergeList { height: auto; max-height: 100%; }
    }
    """

    def __init__(self, kept: ContactDetails, gone: ContactDetails) -> None:
        super().__init__()
        self._kept = kept
        self._gone = gone
        self._taken: set[str] = set()
        self._list = MergeList()
        self._list.chosen = self.action_merge

    def compose(self) -> ComposeResult:
        """The fields in a box."""
        with Vertical(id="merge") as box:
            box.border_title = Content(_("Merge two contacts"))
            box.border_subtitle = Content(_("enter merges · space the other's value · x swap · esc leaves"))
            yield self._list

    async def on_mount(self) -> None:
        """The first field in which they differ."""
        self._list.focus()
        await self._show()

    async def _show(self) -> None:
        kept, gone = draft_of(self._kept), draft_of(self._gone)
        lines = merge_lines(self._kept, self._gone, merged(kept, gone, self._taken))
        self._list.styles.height = len(lines) + 1
        self._list.label_cells = min(_MOST_LABEL_CELLS, max(cell_width(line.label) for line in lines))
        self._list.headings = (_("stays"), _("goes into it"), _("becomes"))

        async def fetch(_section: str, offset: int, limit: int) -> Sequence[MergeLine]:
            return lines[offset : offset + limit]

        await self._list.show([Section("fields", "", len(lines))], fetch)

    # --- keys

    def action_take(self) -> None:
        """`space`: the other one's value, or this one's again."""
        line = self._list.cursor_line
        if line is not None and line.choice and line.gone:
            self._taken ^= {line.choice}
            self.run_worker(self._show(), group="view", exclusive=True)
            self._list.redraw()

    def action_swap(self) -> None:
        """`x`: the other one stays."""
        self._kept, self._gone = self._gone, self._kept
        self._taken = set()
        self.run_worker(self._show(), group="view", exclusive=True)

    def action_merge(self) -> None:
        """`enter`."""
        self.dismiss(Wish(self._kept.ref, self._gone.ref, frozenset(self._taken)))

    def action_leave(self) -> None:
        """`esc`."""
        self.dismiss(None)


def merge_lines(kept: ContactDetails, gone: ContactDetails, after: ContactDraft) -> tuple[MergeLine, ...]:
    """Before and after: the fields that one of them has, phones and e-mails, and what hangs on them."""
    one, other = draft_of(kept), draft_of(gone)
    lines = [
        MergeLine(field_name(key), one.text(key), other.text(key), after.text(key), key)
        for key in mergeable(kept.ref.kind)
        if one.text(key) or other.text(key)
    ]
    lines += _channel_lines("phone", one.phones, other.phones, after.phones)
    lines += _channel_lines("email", one.emails, other.emails, after.emails)
    counted = [(_("Cards"), kept.row.cards + kept.trashed, gone.row.cards + gone.trashed)]
    if kept.ref.kind is ContactKind.COMPANY:
        counted.append((_("Persons"), len(kept.persons), len(gone.persons)))
    counted.append((_("Open tasks"), kept.row.open_tasks, gone.row.open_tasks))
    lines += [
        MergeLine(label, format_number(own), format_number(more), format_number(own + more))
        for label, own, more in counted
    ]
    return tuple(lines)


def _channel_lines(
    key: str, kept: Sequence[Channel], gone: Sequence[Channel], after: Sequence[Channel]
) -> Iterable[MergeLine]:
    for place in range(max(len(kept), len(gone), len(after))):
        values = ["" if place >= len(group) else typed_channel(group[place]) for group in (kept, gone, after)]
        yield MergeLine(field_name(key), *values)


async def ask_and_merge(
    screen: Screen[Below],
    store: Store,
    clock: Clock,
    keep: ContactRef,
    gone: ContactRef | None,
    *,
    kept: Callable[[ContactRef], None] = lambda _ref: None,
) -> str:
    """Choose the other one where it is not known yet, show both, merge them; says what was done, or nothing.

    `kept` hears which one stays, before the other one goes.
    """
    first = await store.contact(keep)
    if gone is None:
        title = _("Merge {name} with").format(name=first.row.name)
        gone = await ask(screen, ContactPicker(title, store, keep))
    if gone is None:
        return ""
    if gone.kind is not keep.kind:
        raise Refused(_("A company and a person can't be merged."), _("Choose two companies, or two persons."))
    wish = await ask(screen, MergeScreen(first, await store.contact(gone)))
    if wish is None:
        return ""
    kept(wish.keep)
    after = await store.merge_contacts(wish.keep, wish.gone, wish.taken, clock())
    return _("{name} is one contact now · u takes it back").format(name=after.row.name)
