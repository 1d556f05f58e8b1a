"""Who sells and who buys, as they stand on the paper. Light, for the settings are read before all else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Final

PAYMENT_DAYS: Final = 8
"""Days from the issue to the payment date, where the settings say nothing else (ours)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or who buys, as it stands on the paper."""

    name: str = ""
    address: str = ""
    tax_number: str = ""
    registration_number: str = ""
    bank_account: str = ""
    bank: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    person: str = ""
    """A buyer's person, where the firm is the buyer."""

    def kept(self) -> str:
        """As the file keeps it; nothing for nobody."""
        import json

        found = {key: value for key, value in asdict(self).items() if value}
        return json.dumps(found, ensure_ascii=False, sort_keys=True) if found else ""


def party_of(kept: str) -> Party | None:
    """The party behind what the file keeps; None for nothing."""
    if not kept:
        return None
    import json

    known = {each.name for each in fields(Party)}
    return Party(**{key: str(value) for key, value in json.loads(kept).items() if key in known})
