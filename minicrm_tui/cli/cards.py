"""`minicrm card …` and `minicrm note …`: one card shown, its fields set, a note written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from minicrm_tui.cli.commands import Command, card_in_use, known_card
from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _, format_number, language, ngettext

if TYPE_CHECKING:
    from minicrm_tui.cli.commands import Counter, Read
    from minicrm_tui.domain.card_change import CardChange
    from minicrm_tui.domain.pages import CardPage
    from minicrm_tui.store.results import Changed

INPUT: Final = "-"
"""The text that stands for standard input."""


@dataclass(frozen=True, slots=True)
class ShowCard(Command):
    """`minicrm card show`"""

    card_id: int
    json: bool

    async def run(self, at: Counter) -> None:
        """All about one card, also one in the trash."""
        page = await at.store.card_page(known_card(self.card_id))
        if not self.json:
            from minicrm_tui.cli.card_text import page_lines

            at.write("".join(line + "\n" for line in page_lines(page, at.now)))
            return
        from minicrm_tui.cli.card_json import page_object

        history = await at.store.history(page.details.row.id, (), 0, sum(page.history.values()))
        found = page_object(page, history, at.now, at.settings.week_start)
        at.write(json.dumps(found, ensure_ascii=False) + "\n")


@dataclass(frozen=True, slots=True)
class SetCard(Command):
    """`minicrm card set`"""

    card_id: int
    assignments: tuple[str, ...]

    async def run(self, at: Counter) -> None:
        """Some fields of a card, all of them or none; a line each says what it was and what it is."""
        card_id = known_card(self.card_id)
        changed = await at.store.change_card(card_id, lambda page: self._read(page, at), at.now)
        lines = list(_changes(changed, at))
        if not lines:
            at.write(_("Nothing to change: it is so already.") + "\n")
            return
        said = _("Changed: “{card}”").format(card=changed.after.details.row.name)
        at.write(f"{said} · {_('card {id}').format(id=card_id)}\n" + "".join(f"  {line}\n" for line in lines))

    def _read(self, page: CardPage, at: Counter) -> CardChange:
        from minicrm_tui.cli.card_fields import assigned, called
        from minicrm_tui.domain.card_change import read_card_change
        from minicrm_tui.domain.drafts import InvalidForm

        typed, wrong = assigned(page, self.assignments)
        try:
            change = read_card_change(
                page,
                typed,
                at.now,
                currency=page.module.currency or at.settings.currency,
                language=language(),
                week_start=at.settings.week_start,
            )
        except InvalidForm as error:
            wrong += error.errors
        if wrong:
            said = [f"{called(page, each.field)}: {each.why}" if each.field else each.why for each in wrong]
            raise Refused(" ".join(said))
        return change


@dataclass(frozen=True, slots=True)
class AddNote(Command):
    """`minicrm note add`"""

    card_id: int
    text: str

    def fed(self, read: Read) -> Command:
        """With the note from standard input, where the text stands for that."""
        from minicrm_tui.domain.notes import NOTE_LIMIT

        if self.text != INPUT:
            return self
        most = 10 * NOTE_LIMIT
        text = read(most + 1)
        if len(text) > most:
            limit = format_number(NOTE_LIMIT)
            raise Invalid("note", _("A note has {limit} characters at most; this has more.").format(limit=limit))
        return replace(self, text=text)

    async def run(self, at: Counter) -> None:
        """A note in the history of a card."""
        card = await card_in_use(at, self.card_id)
        await at.store.add_note(Targets(cards=(card.row.id,)), self.text, at.now)
        said = _("Note added: “{card}”").format(card=card.row.name)
        at.write(f"{said} · {_('card {id}').format(id=card.row.id)}\n")


def _changes(changed: Changed, at: Counter) -> Iterator[str]:
    """What is not as it was, field by field; what came of it."""
    from minicrm_tui.cli.card_text import NOTHING, profile

    before, after = (profile(page, at.now) for page in (changed.before, changed.after))
    for key, (name, _text) in (before | after).items():
        old, new = (rows[key][1] if key in rows else NOTHING for rows in (before, after))
        if old != new:
            yield f"{name}: {old} → {new}"
    closed = len(changed.before.details.tasks) - len(changed.after.details.tasks)
    if closed > 0:
        yield ngettext("{n} open task was closed as failed.", "{n} open tasks were closed as failed.", closed).format(
            n=format_number(closed)
        )
