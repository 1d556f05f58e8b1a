"""The forms of a pipeline: a status with its rule, and what a group is called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence

from minicrm_tui.domain.drafts import InvalidForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.follow_ups import read_follow_up
from minicrm_tui.domain.records import FollowUp, Group, Status
from minicrm_tui.domain.status_drafts import COLORS, StatusDraft, color_name, read_rot_days
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens import follow_up_fields
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note

Write = Callable[[StatusDraft], Awaitable[None]]


class StatusForm(FieldForm):
    """A status: its name and colour, where the pipeline is not fixed; when it rots, and what it proposes."""

    def __init__(
        self,
        title: str,
        draft: StatusDraft,
        write: Write,
        types: Sequence[str],
        *,
        fixed: bool,
        key: Hashable,
        drafts: Drafts,
    ) -> None:
        """`types`: of the module's tasks."""
        super().__init__(title, _filled(draft), key=key, drafts=drafts)
        self._draft = draft
        self._write = write
        self._types = types
        self._fixed = fixed

    def fields(self) -> Sequence[FormField]:
        """What can be changed."""
        own = [
            FormField("name", _("Name")),
            FormField("color", _("Colour"), options=tuple(_colors())),
        ]
        rot = FormField("rot_days", _("Rots after days"), _("14; nothing: never"))
        return [*([] if self._fixed else own), rot, *follow_up_fields.fields()]

    def note_of(self, field: str, text: str) -> Note | None:
        """What the typed text would do."""
        if field == "rot_days":
            return _rot_note(text)
        return follow_up_fields.note_of(field, text, self._types)

    async def store(self, typed: Mapping[str, str]) -> None:
        """Read it whole, and write it."""
        wrong: list[Invalid] = []
        rot_days: int | None = None
        follow_up: FollowUp | None = None
        try:
            rot_days = read_rot_days(typed["rot_days"])
        except Invalid as error:
            wrong.append(error)
        try:
            follow_up = read_follow_up(typed["follow_text"], typed["follow_type"], typed["follow_days"], self._types)
        except Invalid as error:
            wrong.append(error)
        if wrong:
            raise InvalidForm(tuple(wrong))
        name, color = typed.get("name", self._draft.name), _colors().get(typed.get("color", ""), self._draft.color)
        await self._write(StatusDraft(name, self._draft.group, color, rot_days, follow_up))


class HeadingForm(FieldForm):
    """What a group is called."""

    def __init__(
        self, title: str, name: str, own: str, write: Callable[[str], Awaitable[None]], *, key: Hashable, drafts: Drafts
    ) -> None:
        """`own`: what its kind calls it."""
        super().__init__(title, {"name": name}, key=key, drafts=drafts)
        self._own = own
        self._write = write

    def fields(self) -> Sequence[FormField]:
        """Its name alone."""
        return [FormField("name", _("Heading"), self._own)]

    def note_of(self, field: str, text: str) -> Note | None:
        """What nothing means."""
        return Note("" if text.strip() else _("nothing: “{heading}” again").format(heading=self._own))

    async def store(self, typed: Mapping[str, str]) -> None:
        """Write it."""
        await self._write(typed["name"])


def of_status(status: Status) -> Hashable:
    """The key of its draft."""
    return ("status", status.id)


def of_new(module: Hashable, group: Group) -> Hashable:
    """The key of the draft of a new one."""
    return ("new status", module, group)


def _filled(draft: StatusDraft) -> dict[str, str]:
    return {
        "name": draft.name,
        "color": color_name(draft.color),
        "rot_days": "" if draft.rot_days is None else str(draft.rot_days),
        **follow_up_fields.saved(draft.follow_up),
    }


def _colors() -> dict[str, str]:
    """The colours by what they are called; none first."""
    return {color_name(color): color for color in ("", *COLORS)}


def _rot_note(text: str) -> Note:
    try:
        days = read_rot_days(text)
    except Invalid as error:
        return Note(error.why, wrong=True)
    return Note(rots_in_words(days))


def rots_in_words(days: int | None) -> str:
    """When a card rots: "marked after 14 days without a closed task, a note or a move"."""
    if days is None:
        return _("its cards never rot")
    return ngettext(
        "rots after {n} day without a closed task, a note or a move",
        "rots after {n} days without a closed task, a note or a move",
        days,
    ).format(n=format_number(days))
