"""Who sells: the form of the data that stands on every document, kept in the settings."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minicrm_tui.domain.documents import Terms
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.seller_forms import SELLER_FIELDS, fill_seller_form, read_seller_form, seller_field_name
from minicrm_tui.i18n import _
from minicrm_tui.paths import find_paths
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField
from minicrm_tui.settings import save_seller

if TYPE_CHECKING:
    from minicrm_tui.screens.main.workbench import Workbench


class SellerForm(FieldForm):
    """`saved` is who sells, once it is saved."""

    def __init__(self, seller: Party, drafts: Drafts, *, keep: bool = True) -> None:
        super().__init__(_("Who sells: on every document"), fill_seller_form(seller), key="seller", drafts=drafts)
        self.saved: Party | None = None
        self._keep = keep

    def fields(self) -> Sequence[FormField]:
        """What can stand on the paper."""
        return [FormField(field, seller_field_name(field), _placeholder(field)) for field in SELLER_FIELDS]

    async def store(self, typed: Mapping[str, str]) -> None:
        """Write it into the settings file, with all else there left as it is; a demo's made-up firm is not for it."""
        seller = read_seller_form(typed)
        if self._keep:
            await asyncio.to_thread(save_seller, find_paths(os.environ).settings, seller)
        self.saved = seller


async def fill_in_seller(bench: Workbench) -> bool:
    """`g s`: the form; whether it was saved. What is printed and issued from now on has the new data."""
    form = SellerForm(bench.settings.seller, bench.drafts, keep=bench.screen.keeps_settings)
    await bench.open_dialog(form)
    if form.saved is None:
        return False
    bench.settings = replace(bench.settings, seller=form.saved)
    return True


async def edit_seller(bench: Workbench) -> None:
    """The same from the keyboard: what became of it is said."""
    if not await fill_in_seller(bench):
        return
    if bench.screen.keeps_settings:
        bench.say(_("Saved: it stands on all documents from now on."))
    else:
        bench.say(_("Used in this demo; your settings are as they were."))


async def ensure_seller(bench: Workbench) -> Terms | None:
    """What issuing needs from the settings; the seller is asked for where it is missing. None: left with esc."""
    seller = bench.settings.seller
    if not (seller.name and seller.address) and not await fill_in_seller(bench):
        return None
    return Terms(bench.settings.seller, bench.settings.payment_days)


def _placeholder(field: str) -> str:
    return {
        "name": _("Nord Textil SRL"),
        "address": _("12 Fabricii Street, 400632 Cluj-Napoca"),
        "tax_number": "RO12345678",
        "registration_number": "J12/345/2019",
        "bank_account": "RO49 AAAA 1B31 0075 9384 0000",
        "phone": "+40 264 000 111",
        "email": "office@nordtextil.ro",
        "website": "nordtextil.ro",
    }.get(field, "")
