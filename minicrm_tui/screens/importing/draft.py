"""What is known and chosen of one file, from step to step; nothing is written here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.imports import CLOSED_TO_IMPORTS, Landing, OnDuplicate
from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.importing import mapping
from minicrm_tui.exchange.importing.headers import read_target
from minicrm_tui.exchange.importing.mapping import Targets
from minicrm_tui.exchange.importing.session import Choices, Looked, Plan, look, needs_module, plan
from minicrm_tui.exchange.importing.statuses import meant
from minicrm_tui.transfer.mappings import SavedMapping, find_saved, save

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.domain.records import Module, ModuleId
    from minicrm_tui.exchange.reading.tables import Limits
    from minicrm_tui.store.store import Store


class Draft:
    """A file that was looked at, and all that the person has said of it."""

    def __init__(
        self,
        store: Store,
        modules: Sequence[Module],
        here: ModuleId,
        *,
        country: str,
        limits: Limits,
        clock: Clock,
        mappings: Path | None,
    ) -> None:
        """`here`: the module on the screen. `mappings`: the file of saved mappings; None where none are kept."""
        self.modules = tuple(each for each in modules if each.kind not in CLOSED_TO_IMPORTS)
        self.on_duplicate = OnDuplicate.SKIP
        self.module_id: ModuleId | None = None
        """The module that the person has named."""
        self.landing: Landing | None = None
        self.complaint = ""
        """What is wrong with the saved mappings, which are then not used."""
        self.limits = limits
        self._store, self._here, self._country, self._clock, self._mappings = store, here, country, clock, mappings
        self._looked: Looked | None = None
        self._choices = Choices()
        self._saved: SavedMapping | None = None

    @property
    def looked(self) -> Looked:
        """The file; there must be one."""
        assert self._looked is not None
        return self._looked

    @property
    def said(self) -> Choices:
        """What the person has said of it."""
        return self._choices

    @property
    def uses_saved(self) -> bool:
        """Whether a mapping was saved for these headers."""
        return self._saved is not None

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns, as they can be named."""
        return self.looked.survey.headers

    @property
    def targets(self) -> Targets:
        """Where each column goes, also where something is lacking yet."""
        proposed = mapping.propose(self.headers, self.looked.profile, self.landing)
        return mapping.chosen(proposed, self.headers, self._joined().maps, self.landing)

    def plan(self) -> Plan:
        """How the file will be imported. Refused where something is lacking."""
        return plan(self.looked, self.landing, self._joined(), country=self._country, now=self._clock())

    # --- choices

    async def begin(self, path: Path) -> None:
        """Another file, of which nothing is said. Refused for one that can't be read; what was there stays then."""
        if self._looked is None or path != self._looked.path:
            await self._look(path, Choices())
            self.module_id = None
            await self._settle()
        else:
            await self.read_as(self._choices)

    async def read_as(self, choices: Choices) -> None:
        """Read the file anew, with other choices. Refused for what it is not; the choices before stay then."""
        await self._look(self.looked.path, choices)
        await self._settle()

    async def go_to_module(self, module_id: ModuleId | None) -> None:
        """Its cards go there; None: it is of contacts alone."""
        self.module_id = module_id
        self._choices = replace(self._choices, as_cards=module_id is not None)
        await self._settle()

    async def map_column(self, header: str, field: str) -> None:
        """The column goes to this field."""
        self._choices = replace(self._choices, maps={**self._choices.maps, header: field})
        await self._settle()

    def explain(self, word: str, status: str) -> None:
        """The word of the file means this status."""
        self._choices = replace(self._choices, statuses={**self._choices.statuses, word: status})

    async def keep(self) -> None:
        """Save what was chosen for the next file with these headers. Raises Refused, StoreFailed."""
        if self._mappings is not None:
            kind = "" if self.landing is None else self.landing.module.kind.value
            await asyncio.to_thread(save, self._mappings, self.headers, self._choices, kind)

    async def _look(self, path: Path, choices: Choices) -> None:
        looked = await asyncio.to_thread(look, path, self.limits, choices)
        self._saved, self.complaint = await asyncio.to_thread(self._find_saved, looked)
        self._looked, self._choices = looked, choices

    def _find_saved(self, looked: Looked) -> tuple[SavedMapping | None, str]:
        if self._mappings is None:
            return None, ""
        try:
            return find_saved(self._mappings, looked.survey.headers), ""
        except CrmError as error:
            return None, error.sentence()

    async def _settle(self) -> None:
        """Find the module: the one that was named, else the one on the screen where the rows are cards."""
        module_id = self.module_id
        if module_id is None and self.modules and needs_module(self.looked, self._joined()):
            here = (each.id for each in self.modules if each.id == self._here)
            module_id = next(here, self.modules[0].id)
        self.landing = None if module_id is None else await self._store.landing(module_id)

    def _joined(self) -> Choices:
        """With what was saved; without what this file or this module does not have."""
        choices = self._choices if self._saved is None else self._saved.joined(self._choices, self.landing)
        return replace(choices, maps=self._known(choices.maps), statuses=self._meant(choices.statuses))

    def _known(self, maps: Mapping[str, str]) -> dict[str, str]:
        headers = {fold(header) for header in self.headers}
        fields = mapping.field_names(self.landing)
        return {
            column: text
            for column, text in maps.items()
            if fold(column) in headers and read_target(text, fields) is not None
        }

    def _meant(self, statuses: Mapping[str, str]) -> dict[str, str]:
        landing = self.landing
        if landing is None:
            return {}
        return {word: text for word, text in statuses.items() if meant(text, landing) is not None}
