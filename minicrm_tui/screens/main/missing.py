"""A move that lacks required fields asks for them, one after the other; values and move are one undo step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.fields import Field, Missing, offer, parse_value, shown_value
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench, name_of
from minicrm_tui.widgets.line import Reading

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Values
    from minicrm_tui.store.results import Moved


async def with_what_is_missing(
    bench: Workbench, subject: Subject, move: Callable[[Values], Awaitable[Moved]]
) -> Moved | None:
    """The move, after what it lacks was typed; None where that was left with esc. Many cards are refused."""
    values: Values = {}
    while True:
        try:
            return await move(values)
        except Missing as missing:
            if subject.row is None:
                raise
            for field in missing.fields:
                value = await _ask(bench, subject, field)
                if value is None:
                    bench.say(_("Not moved: “{field}” is required there.").format(field=field.name))
                    return None
                values = {**values, field.id: value}


async def _ask(bench: Workbench, subject: Subject, field: Field) -> str | None:
    answer = await bench.ask(
        _("{field} · needed to move {card}").format(field=field.name, card=name_of(subject)),
        read=partial(_read, bench, field),
        placeholder=offer(field) if field.choices else "",
        hint=_("enter: keep it and move · esc: don't move"),
    )
    return answer.value if answer is not None and isinstance(answer.value, str) else None


def _read(bench: Workbench, field: Field, text: str) -> Reading:
    settings = bench.settings
    try:
        value = parse_value(field, text, bench.now(), language=settings.language, week_start=settings.week_start)
    except Invalid as error:
        return Reading("", error=error.why)
    if not value:
        return Reading("", error=offer(field) if field.choices else _("This field is required here."))
    return Reading(shown_value(field, value), value=value)
