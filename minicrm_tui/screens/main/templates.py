"""Tab in a line where a task is typed: the module's templates, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Due
from minicrm_tui.screens.main.reading import typed_due

if TYPE_CHECKING:
    from minicrm_tui.domain.templates import TaskOffer, TaskTemplate
    from minicrm_tui.screens.main.workbench import Workbench
    from minicrm_tui.widgets.line import Complete


class Ring:
    """Texts that tab goes through, forward and back, round the ends."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def holds(self, text: str) -> bool:
        """Whether the text is one of them: tab goes on from there."""
        return text in self._texts

    def fill(self, texts: list[str]) -> None:
        """Go through these from now on."""
        self._texts = texts

    def after(self, text: str, direction: int) -> str | None:
        """The text that comes next; None where there is none at all."""
        if not self._texts:
            return None
        if text not in self._texts:
            return self._texts[0 if direction > 0 else -1]
        return self._texts[(self._texts.index(text) + direction) % len(self._texts)]


class TemplateCompletion:
    """All templates in an empty line, or instead of what was proposed; else those whose name begins as is typed."""

    def __init__(self, bench: Workbench, offer: TaskOffer, proposed: str = "") -> None:
        self._bench = bench
        self._offer = offer
        self._proposed = proposed
        self._ring = Ring()

    async def __call__(self, text: str, direction: int) -> str | None:
        """The text of the next template, with its day; None where no name begins so."""
        if not self._ring.holds(text):
            begun = "" if text == self._proposed else text
            self._ring.fill([self._typed(template) for template in self._offer.called(begun)])
        return self._ring.after(text, direction)

    def _typed(self, template: TaskTemplate) -> str:
        today = self._bench.now().date()
        due = Due(template.task.day(today, self._bench.settings.working_days))
        return f"{template.task.text} {typed_due(due, today)}"


def completion(bench: Workbench, offer: TaskOffer, proposed: str = "") -> Complete | None:
    """What tab does in the line of a task; nothing in a module without templates."""
    return TemplateCompletion(bench, offer, proposed) if offer.templates else None
