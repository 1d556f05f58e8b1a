"""The form of the seller's data: what was typed → who sells, or every field that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Final

from minicrm_tui.domain.contact_forms import field_name as contact_field_name
from minicrm_tui.domain.drafts import TypedForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.reach import read_email
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import _

SELLER_FIELDS: Final = (
    "name",
    "address",
    "tax_number",
    "registration_number",
    "bank_account",
    "bank",
    "phone",
    "email",
    "website",
)
"""In order: the keys of what is read, and the `field` of what is wrong."""

LIMIT: Final = 200


def seller_field_name(field: str) -> str:
    """What the field is called, translated."""
    if field == "bank_account":
        return _("Bank account")
    return _("Bank") if field == "bank" else contact_field_name(field)


def fill_seller_form(seller: Party) -> dict[str, str]:
    """The texts with which the form opens."""
    kept = asdict(seller)
    return {field: clean(kept[field]) for field in SELLER_FIELDS}


def read_seller_form(typed: Mapping[str, str]) -> Party:
    """Read the texts of SELLER_FIELDS. Raises InvalidForm with every wrong field."""
    form = TypedForm(typed)
    read = {field: form.read(field, _READERS.get(field, _short)) or "" for field in SELLER_FIELDS}
    form.refuse(SELLER_FIELDS)
    return Party(**read)


def _short(text: str) -> str:
    if len(text) > LIMIT:
        raise Invalid("", _("This has {limit} characters at most.").format(limit=LIMIT))
    return text


def _name(text: str) -> str:
    if not text:
        raise Invalid("name", _("A seller needs a name."))
    return _short(text)


def _address(text: str) -> str:
    if not text:
        raise Invalid("address", _("A seller needs an address: street, postcode, town."))
    return _short(text)


def _email(text: str) -> str:
    if text:
        read_email(text)
    return text


_READERS: Final[Mapping[str, Callable[[str], str]]] = {"name": _name, "address": _address, "email": _email}
