"""What a pipeline is made of before it is in a file: status templates."""

from __future__ import annotations

from dataclasses import dataclass

from minicrm_tui.domain.records import Group


@dataclass(frozen=True, slots=True)
class StatusTemplate:
    """One step of a kind's pipeline. `name` is English, to be translated in the context of the kind."""

    key: str
    group: Group
    name: str
