"""The modules that need SQLAlchemy, imported when they are first spoken to: by then, on the store's thread."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minicrm_tui.store import acting as acting
    from minicrm_tui.store import agenda as agenda
    from minicrm_tui.store import card_change as card_change
    from minicrm_tui.store import card_page as card_page
    from minicrm_tui.store import cards as cards
    from minicrm_tui.store import catalogue as catalogue
    from minicrm_tui.store import changes as changes
    from minicrm_tui.store import contact_look as contact_look
    from minicrm_tui.store import contact_reads as contact_reads
    from minicrm_tui.store import contact_writes as contact_writes
    from minicrm_tui.store import document_reads as document_reads
    from minicrm_tui.store import documents as documents
    from minicrm_tui.store import engine as engine
    from minicrm_tui.store import expired as expired
    from minicrm_tui.store import field_reads as field_reads
    from minicrm_tui.store import fields as fields
    from minicrm_tui.store import followers as followers
    from minicrm_tui.store import history as history
    from minicrm_tui.store import hit_cache as hit_cache
    from minicrm_tui.store import installing as installing
    from minicrm_tui.store import journal as journal
    from minicrm_tui.store import known as known
    from minicrm_tui.store import life as life
    from minicrm_tui.store import life_reads as life_reads
    from minicrm_tui.store import lists as lists
    from minicrm_tui.store import lookups as lookups
    from minicrm_tui.store import module_edits as module_edits
    from minicrm_tui.store import modules as modules
    from minicrm_tui.store import moves as moves
    from minicrm_tui.store import next_steps as next_steps
    from minicrm_tui.store import opening as opening
    from minicrm_tui.store import order_edits as order_edits
    from minicrm_tui.store import pipeline_edits as pipeline_edits
    from minicrm_tui.store import postponed as postponed
    from minicrm_tui.store import presence as presence
    from minicrm_tui.store import profile as profile
    from minicrm_tui.store import rows as rows
    from minicrm_tui.store import said as said
    from minicrm_tui.store import sales_list_reads as sales_list_reads
    from minicrm_tui.store import sales_lists as sales_lists
    from minicrm_tui.store import search as search
    from minicrm_tui.store import shop_check as shop_check
    from minicrm_tui.store import shop_import as shop_import
    from minicrm_tui.store import shop_reads as shop_reads
    from minicrm_tui.store import shown as shown
    from minicrm_tui.store import sorting as sorting
    from minicrm_tui.store import steps as steps
    from minicrm_tui.store import targets as targets
    from minicrm_tui.store import task_edits as task_edits
    from minicrm_tui.store import task_lists as task_lists
    from minicrm_tui.store import task_types as task_types
    from minicrm_tui.store import tasks as tasks
    from minicrm_tui.store import templates as templates
    from minicrm_tui.store import touched as touched
    from minicrm_tui.store import views as views


def __getattr__(name: str) -> ModuleType:
    module = import_module(f"minicrm_tui.store.{name}")
    globals()[name] = module
    return module
