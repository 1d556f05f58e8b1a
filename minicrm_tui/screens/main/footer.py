"""Which keys stand in the footer, and which of them stay where it is short: over the cards, and on a card's page."""

from __future__ import annotations

FOOTER = (
    "task.done",
    "task.postpone",
    "task.done_comment",
    "card.new",
    "list.open",
    "app.undo",
    "view.filter",
    "app.help",
    "app.palette",
)
"""Commands in the footer's order."""

KEPT = ("task.done", "task.postpone", "card.new", "app.undo", "app.help", "task.done_comment", "view.filter")
"""Those that stay where it is short, most important first."""

PAGE_FOOTER = (
    "edit.save",
    "edit.next",
    "edit.down",
    "edit.cancel",
    "task.done",
    "task.postpone",
    "task.done_comment",
    "task.add",
    "card.edit",
    "card.note",
    "page.next",
    "page.zone",
    "list.open",
    "page.history",
    "card.new",
    "app.undo",
    "view.back",
    "app.help",
    "app.palette",
)

PAGE_KEPT = (
    "task.done",
    "task.postpone",
    "app.help",
    "page.next",
    "view.back",
    "page.zone",
    "app.undo",
    "card.note",
    "task.add",
    "card.edit",
    "page.history",
    "task.done_comment",
    "list.open",
    "card.new",
)

PAGE_BESIDES = ("card.note", "page.history", "view.back")
"""Commands that stand in the footer of a card's page alone."""
