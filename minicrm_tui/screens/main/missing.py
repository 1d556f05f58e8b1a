"""A move that lacks required fields asks for them, one after the other; values and move are one undo step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.fields import Field, FieldKind, Missing, example, offer, parse_value, shown_value
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import LETTERS, Workbench, name_of
from minicrm_tui.widgets.line import Choice, Reading

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Values
    from minicrm_tui.store.results import Moved


async def with_what_is_missing(
    bench: Workbench, subject: Subject, move: Callable[[Values], Awaitable[Moved]]
) -> Moved | None:
    """The move, after what it lacks was typed; None where that was left with esc.

    Of many cards, those that lack a field get the same value: one question serves all.
    """
    values: Values = {}
    while True:
        try:
            return await move(values)
        except Missing as missing:
            fields = missing.fields
        for field in fields:
            value = await _ask(bench, subject, field)
            if value is None:
                bench.say(_("Not moved: “{field}” is required there.").format(field=field.name))
                return None
            values = {**values, field.id: value}


async def _ask(bench: Workbench, subject: Subject, field: Field) -> str | None:
    title = _("{field} · needed to move {card}").format(field=field.name, card=name_of(subject))
    if field.kind is FieldKind.CHOICE and len(field.offered) <= len(LETTERS):
        offered = dict(zip(LETTERS, field.offered, strict=False))
        choice = await bench.choose(title, [Choice(key, each.name) for key, each in offered.items()])
        return None if choice is None else str(offered[choice.key].id)
    answer = await bench.ask(
        title,
        read=partial(_read, bench, field),
        placeholder=example(field),
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
