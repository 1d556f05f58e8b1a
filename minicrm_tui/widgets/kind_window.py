"""What the shop shows of the kind under the cursor: what it is, what it is good for, and its pipeline, drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from minicrm_tui.domain.pipelines import module_name
from minicrm_tui.domain.records import Kind
from minicrm_tui.domain.shop import about_pipeline, default_pipeline, good_for, what_it_is
from minicrm_tui.widgets.cells import fit, wrap

_BETWEEN = 1
"""Cells between two groups."""


class KindWindow(Widget):
    """One kind of module; drawn anew for another one, and for another width."""

    ALLOW_SELECT: ClassVar[bool] = False

    DEFAULT_CSS = """
    KindWindow { width: 1fr; height: 1fr; padding: 1; background: $panel; color: $foreground; }
    """

    def __init__(self, kind: Kind, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._kind = kind
        self._why_not = ""

    def show(self, kind: Kind, why_not: str = "") -> None:
        """Draw this kind; `why_not`: why it can't be installed, or nothing."""
        if (kind, why_not) != (self._kind, self._why_not):
            self._kind, self._why_not = kind, why_not
            self.refresh()

    def render(self) -> Content:
        """All of it, as wide as there is room."""
        return Content("\n").join(self._lines(max(self.content_size.width, 4)))

    def _lines(self, width: int) -> Iterator[Content]:
        yield Content.styled(module_name(self._kind), "bold")
        yield Content()
        for sentence in (what_it_is(self._kind), good_for(self._kind)):
            yield from map(Content, wrap(sentence, width))
        yield Content()
        yield from self._pipeline(width)
        yield Content()
        yield from (Content.styled(line, "dim") for line in wrap(about_pipeline(self._kind), width))
        if self._why_not:
            yield Content()
            yield from (Content.styled(line, "$text-warning") for line in wrap(self._why_not, width))

    def _pipeline(self, width: int) -> Iterator[Content]:
        """Four columns: the group, under it its statuses."""
        groups = default_pipeline(self._kind)
        cells = (width - _BETWEEN * (len(groups) - 1)) // len(groups)
        gap = " " * _BETWEEN
        titles = [Content.styled(fit(title, cells), "bold $text-accent") for title, _statuses in groups]
        yield Content(gap).join(titles)
        columns = [[line for status in statuses for line in _signed(status, cells)] for _title, statuses in groups]
        for row in range(max(map(len, columns))):
            yield Content(gap.join(fit(column[row] if row < len(column) else "", cells) for column in columns))


def _signed(status: str, cells: int) -> Iterator[str]:
    """A status behind its sign, on as many lines as it needs."""
    for place, line in enumerate(wrap(status, cells - 2)):
        yield f"  {line}" if place else f"○ {line}"
