"""The form of a module: what it and its cards are called, its currency, the rule for the next step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.forgetting import MOST_DAYS, in_words, parse_days
from minicrm_tui.domain.module_drafts import ModuleDraft, fill_module_form, read_currency, read_module_form
from minicrm_tui.domain.pipelines import item_name, module_name
from minicrm_tui.domain.records import Kind, Module
from minicrm_tui.i18n import _
from minicrm_tui.screens import follow_up_fields
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note


class ModuleForm(FieldForm):
    """Everything that is set for a module as a whole."""

    def __init__(
        self,
        module: Module,
        types: Sequence[str],
        currency: str,
        write: Callable[[ModuleDraft], Awaitable[None]],
        *,
        drafts: Drafts,
    ) -> None:
        """`types`: of tasks, which the module offers. `currency`: what holds where the module says none."""
        super().__init__(module.name, fill_module_form(module), key=("module", module.id), drafts=drafts)
        self._module = module
        self._types = types
        self._currency = currency
        self._write = write

    def fields(self) -> Sequence[FormField]:
        """Names, money, what is forgotten in sales, and the rule of the statuses that have none."""
        kind = self._module.kind
        fields = [
            FormField("name", _("Name of the module"), module_name(kind)),
            FormField("item", _("What one card is called"), item_name(kind)),
            FormField("currency", _("Currency"), self._currency),
        ]
        if kind is Kind.SALES:
            placeholder = _("a number up to {most}; nothing: never").format(most=MOST_DAYS)
            fields.append(FormField("forgotten_days", _("Forgotten after … days"), placeholder))
        return [*fields, *follow_up_fields.fields()]

    def note_of(self, field: str, text: str) -> Note | None:
        """How what is typed is read."""
        try:
            if field == "currency":
                return Note(read_currency(text) or _("as in the settings: {code}").format(code=self._currency))
            if field == "forgotten_days":
                return Note(in_words(parse_days(text)))
        except Invalid as error:
            return Note(error.why, wrong=True)
        if field == "follow_text" and not text.strip():
            return Note(_("for the statuses that have no rule of their own"))
        return follow_up_fields.note_of(field, text, self._types)

    async def store(self, typed: Mapping[str, str]) -> None:
        """Read it whole, and write it."""
        await self._write(read_module_form(typed, self._types))
