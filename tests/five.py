"""The modules that most tests work with: fixed pipelines, customisable ones, and documents."""

from __future__ import annotations

from typing import Final

from minicrm_tui.domain.records import Kind

FIVE: Final = (Kind.SALES, Kind.ORDERS, Kind.INVOICING, Kind.PROJECTS, Kind.HELPDESK)
