"""The pipeline of sales, written out: which status each combination of the key fields gives."""

from __future__ import annotations

from minicrm_tui.domain.records import KeyFields, Qualification, SalesStatus

# sales status, qualification, not decided, decided
TABLE = """
discovery    none         lead_qualify         lead_qualify
discovery    unqualified  lead_unqualified     lead_unqualified
discovery    qualified    lead_qualified       lead_qualified
discovery    vip          lead_vip             lead_vip
in_progress  none         open_to_qualify      open_to_qualify
in_progress  unqualified  open_unqualified     open_unqualified_decided
in_progress  qualified    open_qualified       open_qualified_decided
in_progress  vip          open_vip             open_vip_decided
won          none         success_unqualified  success_unqualified
won          unqualified  success_unqualified  success_unqualified
won          qualified    success_qualified    success_qualified
won          vip          success_vip          success_vip
lost         none         failed_unqualified   failed_unqualified
lost         unqualified  failed_unqualified   failed_unqualified
lost         qualified    failed_qualified     failed_qualified
lost         vip          failed_vip           failed_vip
"""

ROWS = {
    (sales, qualification, decided): key
    for sales, qualification, cold, hot in (line.split() for line in TABLE.strip().splitlines())
    for decided, key in ((0, cold), (1, hot))
}
"""As the file keeps the key fields: sales status, qualification, decided → the status's key."""

CASES = [
    (KeyFields(SalesStatus(sales), Qualification(qualification), bool(decided)), key)
    for (sales, qualification, decided), key in ROWS.items()
]
