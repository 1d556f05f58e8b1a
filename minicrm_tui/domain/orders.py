"""Orders: their statuses. They move by actions only (see `domain.actions`)."""

from __future__ import annotations

from typing import Final

from minicrm_tui.domain.records import Group
from minicrm_tui.domain.statuses import StatusTemplate
from minicrm_tui.i18n import NC_

STATUSES: Final = (
    StatusTemplate("draft", Group.LEAD, NC_("orders", "Draft")),
    StatusTemplate("in_progress", Group.OPEN, NC_("orders", "In progress")),
    StatusTemplate("completed", Group.OPEN, NC_("orders", "Completed")),
    StatusTemplate("successful", Group.SUCCESS, NC_("orders", "Successful")),
    StatusTemplate("failed", Group.FAILED, NC_("orders", "Failed")),
)

FIRST: Final = "draft"


def is_status(key: str) -> bool:
    """Whether an order can be in a status of this key."""
    return any(status.key == key for status in STATUSES)
