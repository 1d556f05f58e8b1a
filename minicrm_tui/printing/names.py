"""What the file of a document is called."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from minicrm_tui.domain.documents import Document, kind_name
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import pgettext

LONGEST: Final = 180
"""Bytes of the name without its ending: file systems take 255, some keep a few for themselves."""

_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f]+')


def file_name(document: Document) -> str:
    """Its number: INV-2026-EUR-00001.pdf. A draft has none: what it is, its card and its subject."""
    words = [document.number or f"{kind_name(document.kind)} {document.card_id}"]
    if document.is_draft:
        words.append(draft_word().lower())
    if document.number is None:
        words.append(document.subject)
    return allowed(" ".join(words)) + ".pdf"


def draft_word() -> str:
    """What is written over a document that may still change."""
    return pgettext("document", "Draft")


def allowed(name: str) -> str:
    """Without what a file system, a shell or another machine would take for something else."""
    plain = " ".join(_FORBIDDEN.sub("-", unicodedata.normalize("NFC", clean(name))).split())
    return plain.encode()[:LONGEST].decode(errors="ignore").strip(" .-")
