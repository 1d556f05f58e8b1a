"""The footer: the keys that work here, most useful first, on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.i18n import _
from minicrm_tui.widgets.cells import cell_width
from minicrm_tui.widgets.strips import Palette, Piece

GAP = 2


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One key of the bar: how it is shown, what it does, and the key that a click presses."""

    key: str
    display: str
    label: str
    enabled: bool = True
    name: str = ""
    """The command's id."""

    @property
    def cells(self) -> int:
        """Its width."""
        return cell_width(self.display) + 1 + cell_width(self.label)


def fitting(items: Sequence[KeyItem], width: int, keep: Sequence[str] = ()) -> Iterator[tuple[int, KeyItem]]:
    """The items that fit whole, each with the cell that it begins in.

    The commands in `keep` get their room first, in that order; where one is too long, shorter ones come.
    """
    places = {name: place for place, name in enumerate(keep)}
    chosen: set[int] = set()
    left = 1
    for at, item in sorted(enumerate(items), key=lambda pair: places.get(pair[1].name, len(places))):
        if left + item.cells <= width:
            chosen.add(at)
            left += item.cells + GAP
    left = 1
    for item in (item for at, item in enumerate(items) if at in chosen):
        yield left, item
        left += item.cells + GAP


class KeyBar(Widget):
    """One line of keys, cut only at whole items; a click presses the key. No recompose, one line painted."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--off"}

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        dock: bottom;
        background: $panel;
        color: $foreground;
        & > .key-bar--key { color: $text-primary; text-style: bold; }
        & > .key-bar--off { color: $text-muted; }
    }
    """

    def __init__(
        self,
        order: Sequence[str] = (),
        *,
        keep: Sequence[str] = (),
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`order`: binding ids as they stand in the bar; bindings with show=True that are not in it come after.

        `keep`: those that stay longest where there is no room for all, most important first.
        """
        super().__init__(id=id, classes=classes)
        self._keep = tuple(keep)
        self._renamed: dict[str, str] = {}
        self._order = {name: place for place, name in enumerate(order)}
        self._besides: frozenset[str] = frozenset()
        self._given: tuple[KeyItem, ...] | None = None
        self._items: tuple[KeyItem, ...] = ()
        self._kept = self._keep
        self._palette = Palette(self, "key-bar")
        self._stale = False

    def set_items(self, items: Sequence[KeyItem] | None) -> None:
        """Show these instead of the screen's active bindings (a prompt's own keys); None goes back."""
        self._given = None if items is None else tuple(items)
        self._read()

    def rename(self, labels: Mapping[str, str]) -> None:
        """Other words for some commands, by binding id, while a question stands; none takes them back."""
        if self._renamed != labels:
            self._renamed = dict(labels)
            self.call_after_refresh(self._read)

    def reorder(self, order: Sequence[str], keep: Sequence[str], *, besides: Iterable[str] = ()) -> None:
        """Another order, for another part of the screen; `besides`: commands that the bar shows there alone."""
        self._order = {name: place for place, name in enumerate(order)}
        self._keep, self._besides = tuple(keep), frozenset(besides)
        self.call_after_refresh(self._read)

    @property
    def items(self) -> tuple[KeyItem, ...]:
        """All keys that work here, in the bar's order, also those that do not fit."""
        return self._items

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)
        self._read()

    def _bindings_updated(self, _screen: Screen[object]) -> None:
        """Read them once the screen was painted: a key must not wait for the bar."""
        if not self._stale:
            self._stale = True
            self.call_after_refresh(self._read)

    def _read(self) -> None:
        self._stale = False
        if not self.is_attached or self.screen is not self.app.screen:
            return
        items = self._given if self._given is not None else tuple(self._active())
        if (items, self._keep) != (self._items, self._kept):
            self._items, self._kept = items, self._keep
            self.refresh()

    def _active(self) -> Iterator[KeyItem]:
        """One item a command, with the first of its keys."""
        seen: set[str] = set()
        found: list[tuple[int, Binding, bool]] = []
        for active in self.screen.active_bindings.values():
            binding = active.binding
            name = binding.id or binding.action
            if name in seen or not binding.description or not (binding.show or name in self._besides):
                continue
            seen.add(name)
            found.append((self._order.get(name, len(self._order)), binding, active.enabled))
        for _place, binding, enabled in sorted(found, key=lambda item: item[0]):
            name = binding.id or binding.action
            label = self._renamed.get(name) or _(binding.description)
            yield KeyItem(binding.key, self.app.get_key_display(binding), label, enabled, name)

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def render_line(self, y: int) -> Strip:
        """The keys that fit."""
        pieces: list[Piece] = []
        at = 0
        for left, item in fitting(self._items, self.size.width, self._keep):
            pieces.append(Piece(" " * (left - at)))
            pieces.append(Piece(item.display, "key" if item.enabled else "off", item.enabled))
            pieces.append(Piece(f" {item.label}", "" if item.enabled else "off"))
            at = left + item.cells
        return self._palette.strip(pieces, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked on."""
        for left, item in fitting(self._items, self.size.width, self._keep):
            if left <= event.x < left + item.cells and item.enabled:
                self.app.simulate_key(item.key)
