"""What the contacts' screens and commands ask of the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.contacts import (
    ContactDetails,
    ContactDraft,
    ContactKind,
    ContactRef,
    ContactRow,
    ContactsFound,
    Similar,
)
from minicrm_tui.store import rooms
from minicrm_tui.store.backup_calls import BackupCalls

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.quickadd import LineDraft
    from minicrm_tui.store.contact_look import ContactLook


class ContactCalls(BackupCalls):
    """Companies and persons."""

    _look: ContactLook | None = None

    async def contacts_count(self, text: str = "") -> Mapping[ContactKind, int]:
        """How many companies and persons match the text, or are there at all."""

        def counted(conn: Connection) -> Mapping[ContactKind, int]:
            if not text.strip():
                return rooms.contact_reads.count(conn)
            return {kind: len(ids) for kind, ids in self._looked(conn, text).items()}

        return await self._read(counted)

    async def contacts(self, text: str, kind: ContactKind, offset: int, limit: int) -> tuple[ContactRow, ...]:
        """Some of the contacts of a kind that match the text, by name."""

        def paged(conn: Connection) -> tuple[ContactRow, ...]:
            if not text.strip():
                return rooms.contact_reads.page(conn, kind, offset, limit)
            ids = self._looked(conn, text)[kind][offset : offset + limit]
            return rooms.contact_reads.contact_rows(conn, kind, ids)

        return await self._read(paged)

    async def find_contacts(self, text: str, limit: int) -> ContactsFound:
        """How many match, and their first page, in one go: of the second kind too where the first fills no page."""

        def found(conn: Connection) -> ContactsFound:
            ids = self._looked(conn, text) if text.strip() else None
            counts = rooms.contact_reads.count(conn) if ids is None else {kind: len(ids[kind]) for kind in ids}
            first: dict[ContactKind, tuple[ContactRow, ...]] = {}
            left = limit
            for kind, count in counts.items():
                if left > 0 and ids is None:
                    first[kind] = rooms.contact_reads.page(conn, kind, 0, limit)
                elif left > 0 and ids is not None:
                    first[kind] = rooms.contact_reads.contact_rows(conn, kind, ids[kind][:limit])
                left -= count
            return ContactsFound(counts, first)

        return await self._read(found)

    async def contact_place(self, text: str, ref: ContactRef) -> int | None:
        """How many of its kind that match the text stand before this contact; None where it does not match."""

        def placed(conn: Connection) -> int | None:
            if not text.strip():
                return rooms.contact_reads.place(conn, ref)
            ids = self._looked(conn, text)[ref.kind]
            return ids.index(ref.id) if ref.id in ids else None

        return await self._read(placed)

    async def prepare_contacts(self) -> None:
        """Get ready for a typed text: the first one is answered as fast as the next ones then."""
        while not await self._read(lambda conn: self._contact_look().prepare(conn)):
            pass

    async def forget_contacts(self) -> None:
        """Let go of what `prepare_contacts` has got ready."""
        await self._read(lambda _conn: self._contact_look().forget())

    async def contact(self, ref: ContactRef) -> ContactDetails:
        """A contact whole; raises NotFound."""
        return await self._read(lambda conn: rooms.contact_reads.details(conn, ref))

    async def similar(self, draft: ContactDraft, besides: ContactRef) -> tuple[Similar, ...]:
        """Known contacts with the same e-mail, phone or name, but this one."""
        return await self._read(lambda conn: rooms.contact_reads.similar(conn, draft, besides))

    async def known_by(self, draft: LineDraft) -> tuple[Similar, ...]:
        """Whom the phones and e-mails of a typed line belong to, where it would make a new contact of them."""
        return await self._read(lambda conn: rooms.known.known_by(conn, draft, self.country))

    async def save_contact(self, ref: ContactRef, draft: ContactDraft, now: datetime) -> ContactRef:
        """Make a contact, or change it; raises NotFound."""
        return await self._act(lambda conn: rooms.contact_writes.save(conn, ref, draft, now))

    async def delete_contact(self, ref: ContactRef, now: datetime) -> None:
        """Take a contact away; raises NotFound, and Refused where something hangs on it."""
        await self._act(lambda conn: rooms.contact_writes.delete_contact(conn, ref, now))

    async def merge_contacts(
        self, keep: ContactRef, gone: ContactRef, taken: Collection[str], now: datetime
    ) -> ContactDetails:
        """Make two contacts one; `taken` names the fields whose value is the second's. Raises NotFound, Refused."""
        await self._back_up_before(Reason.MERGE, now)
        return await self._act(lambda conn: rooms.contact_writes.merge(conn, keep, gone, taken, now))

    # --- on the store's thread

    def _contact_look(self) -> ContactLook:
        if self._look is None:
            self._look = rooms.contact_look.ContactLook()
        return self._look

    def _looked(self, conn: Connection, text: str) -> Mapping[ContactKind, Sequence[int]]:
        return self._contact_look().found(conn, text)
