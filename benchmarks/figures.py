"""What was measured: samples, their medians and 95th percentiles, and the table that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

HEADINGS = ("what", "cards", "median", "p95", "beside", "ratio", "p95 of ratios", "budget", "")


def p95(samples: Sequence[float]) -> float:
    """The sample that 95 in 100 do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * 95 // 100) - 1)]


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit on one figure of a row: on the ratio where the row has something beside it, on the value otherwise."""

    limit: float
    figure: Callable[[Sequence[float]], float] = median


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `ours` and `beside` were measured in turns: the n-th of both belong together."""

    what: str
    budget: Budget
    ours: Sequence[float]
    beside: Sequence[float] = field(default=())
    cards: int | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """The judged figure of ours over the same figure of what stands beside it."""
        return self.budget.figure(self.ours) / self.budget.figure(self.beside) if self.beside else None

    @property
    def within(self) -> bool:
        """Whether the budget was kept."""
        judged = self.ratio if self.beside else self.budget.figure(self.ours)
        return judged is not None and judged <= self.budget.limit

    def cells(self) -> tuple[str, ...]:
        """The row as the table shows it."""
        pairs = [mine / theirs for mine, theirs in zip(self.ours, self.beside, strict=False)]
        unit = "×" if self.beside else f" {self.unit}"
        percentile = " p95" if self.budget.figure is p95 else ""
        return (
            self.what,
            "" if self.cards is None else f"{self.cards:,}",
            self._shown(median(self.ours)),
            self._shown(p95(self.ours)),
            self._shown(self.budget.figure(self.beside)) if self.beside else "",
            "" if self.ratio is None else f"{self.ratio:.2f}×",
            f"{p95(pairs):.2f}×" if pairs else "",
            f"≤ {self.budget.limit:g}{unit}{percentile}",
            "kept" if self.within else "OVER",
        )

    def _shown(self, value: float) -> str:
        return f"{value:.1f} {self.unit}"


def table(rows: Sequence[Row]) -> str:
    """The rows under their headings, in columns."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    shown = [_aligned(line, widths) for line in lines]
    return "\n".join([shown[0], "─" * len(shown[0]), *shown[1:]])


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    words = [
        f"{cell:<{width}}" if not column else f"{cell:>{width}}"
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(words).rstrip()
