"""Reads that a newer one of their kind overtakes: the older is stopped, and never shown."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from textual.dom import DOMNode
from textual.worker import Worker


def read_anew(node: DOMNode, group: str, reading: Callable[[], Coroutine[None, None, object]]) -> Worker[object]:
    """Run this reading instead of the one of its group that may be on its way."""
    worker: Worker[object] = node.run_worker(reading, group=group, exclusive=True)
    return worker
