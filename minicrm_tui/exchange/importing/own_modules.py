"""Of which modules our own spreadsheets are: a file of several is not one module's, whatever its statuses say."""

from __future__ import annotations

from collections.abc import Sequence

from minicrm_tui.domain.imports import Landing
from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.headers import Column as Header
from minicrm_tui.exchange.importing.survey import Survey
from minicrm_tui.exchange.reading.tables import refuse
from minicrm_tui.i18n import _


def told_of_module(found: Survey, landing: Landing) -> tuple[str, ...]:
    """What a person must know where the cards are another module's. Refused for cards of several modules."""
    names = _modules_of(found)
    if len(names) > 1:
        raise refuse(
            found.table.path,
            _("it holds the cards of several modules: {names}.").format(names=", ".join(names)),
            _("Export them one by one (--module), and import each into its own."),
            column=Header.MODULE.value,
        )
    if not names or fold(names[0]) == fold(landing.module.name):
        return ()
    told = _("These are cards of “{theirs}”; they go into {module}.")
    return (told.format(theirs=names[0], module=landing.module.name),)


def _modules_of(found: Survey) -> Sequence[str]:
    """The names in the column of our own export; none in other programs' files."""
    if Header.CARD_NAME.value not in found.headers:
        return ()
    column = next((column for column in found.columns if column.header == Header.MODULE.value), None)
    return () if column is None or column.words is None else tuple(word for word in column.words if word)
