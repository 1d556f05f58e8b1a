"""Editing the profile of a card: each field where it stands, saved by itself, as one undo step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from minicrm_tui.domain.documents import refuse_frozen
from minicrm_tui.domain.drafts import FIELDS, InvalidForm, fill_card_form
from minicrm_tui.domain.errors import CrmError, Invalid
from minicrm_tui.domain.fields import (
    Field,
    FieldKind,
    choose_one_of,
    example,
    offer,
    parse_value,
    shown_value,
    typed_value,
)
from minicrm_tui.domain.profile import parse_card_field
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.i18n import _
from minicrm_tui.screens.form import read_edit
from minicrm_tui.screens.main import acting, moving, sales
from minicrm_tui.screens.main.acting import by_module
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.card_page import PROFILE
from minicrm_tui.widgets.in_place import Edited
from minicrm_tui.widgets.zones import ZoneLine

if TYPE_CHECKING:
    from minicrm_tui.domain.pages import CardPage

MOVES = {
    "status": by_module(acting.choose, moving.move),
    "sales_status": moving.move,
    "qualification": sales.qualify,
    "decided": sales.decide,
}
"""Lines that are changed by moving the card."""

FIXED = ("created_at", "document_kind", "number", "issued_on")
"""Lines that nobody changes."""


async def edit_line(bench: Workbench) -> None:
    """`enter` on a line of the profile."""
    line, page = bench.screen.page.profile.cursor_item, bench.page.page
    if line is None or page is None:
        return
    if line.key in MOVES:
        await MOVES[line.key](bench)
    elif line.key in FIXED:
        bench.say(_("This can't be changed."))
    elif line.key == "items":
        bench.screen.action_flow("document.open")
    else:
        if page.document is not None and line.key in (*FIELDS, "due_on"):
            refuse_frozen(page.document)
        bench.screen.page.edit_here(_edited(page, line))


def _edited(page: CardPage, line: ZoneLine) -> Edited:
    """The line as it is edited."""
    choices = _choices(page, line)
    note = choose_one_of(choices) if choices else _note(page, line.key)
    return Edited(line.key, line.label, _typed(page, line), _placeholder(page, line), choices, note)


async def save_line(bench: Workbench, key: str, text: str, turn: int) -> None:
    """What was typed is kept; what is wrong with it stands under the field, which stays open."""
    page, editor = bench.page.page, bench.screen.page.editor
    if page is None:
        return
    try:
        await _save(bench, page, key, text)
    except InvalidForm as error:
        editor.refuse(error.errors[0].why)
        return
    except Invalid as error:
        editor.refuse(error.why)
        return
    except CrmError as error:
        editor.refuse(error.sentence())
        return
    was_left = not editor.has_focus_within
    editor.close()
    await bench.done(None)
    if not was_left:
        bench.screen.page.focus_zone(PROFILE)
    if turn:
        bench.screen.page.profile.action_move(turn)
        await bench.screen.page.profile.settled()
        line = bench.screen.page.profile.cursor_item
        if line is not None and line.key not in (*MOVES, *FIXED, "items", key):
            await edit_line(bench)


async def leave_line(bench: Workbench) -> None:
    """`esc`: the field is as it was."""
    bench.screen.page.editor.close()
    bench.screen.page.focus_zone(PROFILE)


def read_back(bench: Workbench, key: str, text: str) -> str:
    """What a typed text would be kept as, where that is not plain."""
    page = bench.page.page
    field = _field(page, key) if page is not None else None
    if page is None or field is None or not text.strip():
        return ""
    try:
        kept = _parsed(bench, page, field, text)
    except Invalid as error:
        return error.why if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ""
    shown = shown_value(field, kept)
    return f"→ {shown}" if shown != text.strip() else ""


async def _save(bench: Workbench, page: CardPage, key: str, text: str) -> None:
    card, now = page.details.row.id, bench.now()
    field = _field(page, key)
    if field is not None:
        await bench.store.set_value(card, field.id, _parsed(bench, page, field, text), now)
    elif key in FIELDS:
        typed = fill_card_form(page.details) | {key: text}
        currency = page.module.currency or bench.settings.currency
        edit = read_edit(typed, page.details, page.document, now, bench.settings, currency)
        await bench.store.edit_card(card, edit, now)
    elif key == "due_on" and page.document is not None:
        day = parse_card_field("expected_close", text, now, language=bench.settings.language)
        await bench.store.edit_document(card, date.fromisoformat(day) if day else None, page.document.notes, now)
    else:
        value = parse_card_field(key, text, now, language=bench.settings.language)
        await bench.store.set_card_field(card, key, value, now)


def _parsed(bench: Workbench, page: CardPage, field: Field, text: str) -> str:
    settings = bench.settings
    return parse_value(
        field,
        text,
        bench.now(),
        language=settings.language,
        week_start=settings.week_start,
        had=dict(page.fields)[field],
    )


def _field(page: CardPage, key: str) -> Field | None:
    return next((field for field, _value in page.fields if field.key == key), None)


def _typed(page: CardPage, line: ZoneLine) -> str:
    """The text that the field opens with."""
    for field, value in page.fields:
        if field.key == line.key:
            return typed_value(field, value)
    if line.key in FIELDS:
        return fill_card_form(page.details)[line.key]
    closing: date | None = page.details.expected_close
    if line.key == "due_on":
        due = None if page.document is None else page.document.due_on
        return "" if due is None else due.isoformat()
    if line.key == "expected_close":
        return "" if closing is None else closing.isoformat()
    return line.text


def _choices(page: CardPage, line: ZoneLine) -> tuple[str, ...]:
    field = _field(page, line.key)
    if field is not None and field.kind is FieldKind.CHOICE:
        return tuple(choice.name for choice in field.offered)
    return tuple(page.lists[SalesList(line.key)]) if line.key in tuple(SalesList) and page.lists else ()


def _note(page: CardPage, key: str) -> str:
    field = _field(page, key)
    return offer(field) if field is not None and field.kind is FieldKind.CHOICES else ""


def _placeholder(page: CardPage, line: ZoneLine) -> str:
    field = _field(page, line.key)
    if field is None:
        day = _("15 dec, +2w …")
        return {"value": _("4500 EUR"), "expected_close": day, "due_on": day}.get(line.key, "")
    return example(field)
