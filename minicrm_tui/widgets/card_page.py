"""A card's page: its name over three zones, side by side or, in a narrow terminal, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from minicrm_tui.i18n import N_
from minicrm_tui.widgets.card_commands import CardCommands, Verb, wish
from minicrm_tui.widgets.in_place import Edited, InPlaceEditor
from minicrm_tui.widgets.page_lines import PageTitle, Whole, ZoneStrip
from minicrm_tui.widgets.zones import ClientZone, HistoryZone, ProfileZone

NARROW = 100
"""Cells below which one zone is shown at a time."""
PROFILE, HISTORY, CLIENT = range(3)
"""The zones by their number."""


class CardPage(CardCommands):
    """`profile`, `history` and `client` are its zones; `cursor_zone` has, or last had, the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        wish("J", Verb.NEXT_CARD, N_("Next card"), N_("The next card of the list that you came from")),
        wish("K", Verb.PREVIOUS_CARD, N_("Card before"), N_("The card before it in the list"), show=False),
        wish("f", Verb.HISTORY_KIND, N_("History"), N_("Show one kind of history only"), show=False),
        wish("r", Verb.REOPEN, N_("Reopen"), N_("Open the closed task under the cursor again"), show=False),
        wish("space", Verb.TICK, N_("Tick"), N_("Tick the line of a checklist, or take the tick away"), show=False),
        wish("backspace", Verb.CARD_BEFORE, N_("Where you were"), N_("The card that you came from"), show=False),
        Binding("tab", "turn(1)", N_("Next zone"), id="page.zone", tooltip=N_("Profile, history, client")),
        Binding("shift+tab", "turn(-1)", N_("Zone before"), id="page.zone_before", show=False,
                tooltip=N_("The zone before")),
        Binding("right,l", "turn(1)", N_("Next zone"), id="page.right", show=False,
                tooltip=N_("The zone to the right")),
        Binding("left,h", "turn(-1)", N_("Zone before"), id="page.left", show=False,
                tooltip=N_("The zone to the left")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CardPage {
        layout: vertical;
        height: 1fr;
        display: none;
        & > #page-title { padding: 0 1; }
        & > #page-strip { display: none; }
        & > #page-zones { height: 1fr; }
        & .zone {
            width: 1fr;
            border: round $foreground 30%;
            background: $surface;
            border-title-color: $foreground;
            border-title-style: bold;
            &.-active { border: round $primary; }
        }
        & #zone-profile { layers: default edit; }
        & #zone-history { width: 1.3fr; }
        & RowList { height: 1fr; }
        & > #page-whole { height: 4; }
        &.-narrow > #page-strip { display: block; }
        &.-narrow .zone { display: none; border: none; }
        &.-narrow .zone.-active { display: block; border: none; }
        &.-narrow > #page-whole { height: 5; border-top: solid $foreground 20%; }
        &.-narrow.-beside > #page-whole { height: 3; }
        &.-short > #page-whole { display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.profile, self.history, self.client = ProfileZone(), HistoryZone(), ClientZone()
        self.zones: tuple[ProfileZone | HistoryZone | ClientZone, ...] = (self.profile, self.history, self.client)
        self.cursor_zone = HISTORY
        self.editor = InPlaceEditor(id="page-editor")
        self.title, self.whole = PageTitle(id="page-title"), Whole(id="page-whole")
        self._strip = ZoneStrip(id="page-strip")
        self._names: tuple[str, ...] = ("", "", "")

    def compose(self) -> ComposeResult:
        """The title, the names of the zones, the zones, and what the cursor is on, whole."""
        yield self.title
        yield self._strip
        with Horizontal(id="page-zones"):
            with Vertical(id="zone-profile", classes="zone"):
                yield self.profile
                yield self.editor
            with Vertical(id="zone-history", classes="zone"):
                yield self.history
            with Vertical(id="zone-client", classes="zone"):
                yield self.client
        yield self.whole

    # --- the zones

    @property
    def active(self) -> ProfileZone | HistoryZone | ClientZone:
        """The zone that has, or last had, the focus."""
        return self.zones[self.cursor_zone]

    def after_moves(self, call: Callable[[], None]) -> None:
        """Call this once the cursor of the active zone stands still."""
        self.active.after_moves(call)

    def focus_zone(self, number: int) -> None:
        """Show this zone and give it the focus."""
        self._activate(number)
        self.active.focus(scroll_visible=False)

    def action_turn(self, by: int) -> None:
        """The zone to the right, or to the left; round the ends."""
        self.after_moves(lambda: self.focus_zone((self.cursor_zone + by) % len(self.zones)))

    def edit_here(self, edited: Edited) -> None:
        """Edit the line under the profile's cursor, where it stands."""
        profile, place = self.profile, self.profile.place
        size = (profile.scrollable_content_region.width, profile.size.height)
        self.editor.open(edited, row=place.cursor - place.scroll, size=size, label=profile.text_begins)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click takes the focus to a zone too."""
        for number, zone in enumerate(self.zones):
            if event.widget is zone:
                self._activate(number)

    def on_zone_strip_clicked(self, message: ZoneStrip.Clicked) -> None:
        """Show that zone."""
        message.stop()
        self.focus_zone(message.zone)

    def _activate(self, number: int) -> None:
        self.cursor_zone = number
        self.set_class(number != HISTORY, "-beside")
        for at, zone in enumerate(self.zones):
            zone.set_resting(at != number)
            if zone.parent is not None and isinstance(zone.parent, Widget):
                zone.parent.set_class(at == number, "-active")
        self._show_names()

    def set_names(self, names: Sequence[str]) -> None:
        """What the three zones are called, with their counts, as plain text."""
        self._names = tuple(names)
        for zone, name in zip(self.zones, names, strict=True):
            pane = zone.parent
            if isinstance(pane, Widget) and pane.border_title != Content(name).markup:
                pane.border_title = Content(name)
        self._show_names()

    def _show_names(self) -> None:
        self._strip.show_names(self._names, self.cursor_zone)

    def on_resize(self, event: events.Resize) -> None:
        """One zone in a narrow terminal; in a short one, the history has all the height."""
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.height < NARROW // 5, "-short")
