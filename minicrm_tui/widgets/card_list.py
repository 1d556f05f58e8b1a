"""The card list: one row a card in the buckets of its next task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from minicrm_tui.domain.records import Bucket, CardRow, moment_key
from minicrm_tui.domain.views import Outline, Spot
from minicrm_tui.i18n import FINISHED, N_, _, format_number, heading, short_money, when_label
from minicrm_tui.widgets.card_columns import parts_of, task_text
from minicrm_tui.widgets.cells import cell_width, cut, fit
from minicrm_tui.widgets.placing import Place, in_sight
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Row, RowKind, Section
from minicrm_tui.widgets.strips import Piece

TONES: dict[str, str] = {Bucket.EXPIRED: "error", Bucket.TODAY: "success", Bucket.NO_TASK: "warning", FINISHED: "muted"}

_WHEN_CELLS: dict[str, int] = {Bucket.THIS_WEEK: 9, Bucket.NEXT_WEEK: 9, Bucket.THIS_MONTH: 6}
_DATE_CELLS, _DATE_AND_YEAR_CELLS, _SHORT_CELLS = 6, 11, 5
_FOLD_CELLS = 3
"""A click on so many first cells of a heading folds it."""


def list_sections(outline: Outline, *, finished: bool = False) -> tuple[Section, ...]:
    """The headings of the list for an outline: those that hold cards, and Expired in any list that is not empty."""
    counts: list[tuple[str, int]] = [(bucket, outline.buckets.get(bucket, 0)) for bucket in Bucket]
    if finished:
        counts.append((FINISHED, outline.finished))
    if not any(count for _key, count in counts):
        return ()
    return tuple(
        Section(str(key), heading(key), count, TONES.get(key, ""))
        for key, count in counts
        if count or key == Bucket.EXPIRED
    )


class CardList(SectionList):
    """Cards by next task: when, name, task, value. Enter on a heading folds it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "fold(True)", N_("Fold"), id="list.fold", show=False, tooltip=N_("To the heading; fold it")),
        Binding("right,l", "fold(False)", N_("Unfold"), id="list.unfold", show=False, tooltip=N_("Unfold the heading")),
    ]

    _now: datetime | None = None

    def set_now(self, now: datetime) -> None:
        """The moment that lateness is told by; call before `show` and at each new minute."""
        if self._now is None or moment_key(self._now) != moment_key(now):
            self._now = now
            self.redraw()

    def present(self, sections: Sequence[Section], spot: Spot | None = None) -> Sequence[Section]:
        """Nothing where no section holds a card: the empty list's sentence is shown then."""
        return sections if any(section.count for section in sections) else ()

    # --- folding

    def heading_chosen(self, section: Section) -> None:
        """Fold it, or open it again."""
        self._fold(section.key, fold=section.key not in self.place.rows.folded)

    def acts_on_click(self, row: Row, x: int) -> bool:
        """A heading folds by its sign only, so that a click can just select it."""
        return row.kind is RowKind.HEADING and x <= _FOLD_CELLS

    def action_fold(self, fold: bool) -> None:
        """Left goes to the heading and then folds it; right unfolds it and then goes into it."""
        self.after_moves(lambda: self._fold_here(fold))

    def _fold_here(self, fold: bool) -> None:
        row = self.row_at(self.place.cursor)
        if row is None:
            return
        is_heading, is_folded = row.kind is RowKind.HEADING, row.section.key in self.place.rows.folded
        if is_heading and fold != is_folded:
            self._fold(row.section.key, fold=fold)
        elif fold and not is_heading:
            self.step(lambda: self._at_heading(row.section.key))
        elif not fold and is_heading:
            self.action_move(1)

    def _fold(self, key: str, *, fold: bool) -> None:
        def folding() -> Place:
            rows = self.place.rows
            rows = rows.with_folded(rows.folded | {key} if fold else rows.folded - {key})
            return in_sight(Place(rows, rows.heading(key) or 0, self.place.scroll), self.window)

        self.step(folding)

    def _at_heading(self, key: str) -> Place:
        return in_sight(Place(self.place.rows, self.place.rows.heading(key) or 0, self.place.scroll), self.window)

    # --- drawing

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """The fold sign, the title, a remark, and the count at the right; an empty Expired says so with pleasure."""
        if section.key == Bucket.EXPIRED and not section.count:
            tone = "muted" if section.tone == "muted" else "success"
            sign = "·" if section.tone == "muted" else "✓"
            said = section.detail or _("nothing is late")
            return [Piece(f"{sign} {section.title}: ", tone, True), Piece(said, tone)]
        count = format_number(section.count)
        title = f"{'▸' if folded else '▾'} {section.title}"
        remark = f"  {section.detail}" if section.detail else ""
        room = width - cell_width(count) - 2
        title = cut(title, room)
        return [
            Piece(title, section.tone or "heading", True),
            Piece(fit(remark, room - cell_width(title)), "muted"),
            Piece(f" {count}", section.tone or "heading", True),
        ]

    def item_pieces(self, card: CardRow, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Mark, when, name, task and how many more, fields of its own, value."""
        row = parts_of(card, width - 1, self._when_cells(section.key), self._now)
        value = short_money(card.value) if card.value else ""
        return [
            Piece("✓" if marked else " ", "accent", True),
            Piece(fit(self._when(card, section.key), row.cells.when, right=True), section.tone or "muted"),
            Piece("  " + fit(card.name, row.cells.name) + " "),
            *row.mark,
            Piece(fit(task_text(card, row.cells.task), row.cells.task)),
            Piece(row.own, "muted"),
            Piece(fit(value, row.cells.value, right=True), "accent"),
            Piece(" "),
        ]

    def _when_cells(self, key: str) -> int:
        if key == Bucket.LATER or (key == Bucket.NEXT_MONTH and self._now is not None and self._now.month == 12):
            return _DATE_AND_YEAR_CELLS
        if key == Bucket.NEXT_MONTH:
            return _DATE_CELLS
        return _WHEN_CELLS.get(key, _SHORT_CELLS)

    def _when(self, card: CardRow, key: str) -> str:
        if self._now is None or card.task is None or key == FINISHED:
            return ""
        return when_label(card.task.due, Bucket(key), self._now)
