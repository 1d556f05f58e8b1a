"""What thousands of tests in one process need not do each time: every rule is still read, and every widget draws."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from functools import partialmethod
from unittest.mock import patch

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import CSSLocation, Stylesheet
from textual.geometry import Region
from textual.screen import Screen

Read = dict[tuple[object, ...], list[RuleSet]]
"""Style sheets that were read, by their text, their place and their variables."""


@pytest.fixture(scope="session")
def thrift() -> Iterator[None]:
    """Apps of one process share the style sheets they have read, and nothing is put together for a terminal."""
    read: Read = {}
    with (
        # The app has the collector wait while somebody types, and leave what is made as long as the process lives.
        patch.object(gc, "set_threshold", lambda *_: None),
        patch.object(gc, "freeze", lambda: None),
        patch.object(gc, "collect", lambda: 0),
        patch.object(Stylesheet, "_parse_rules", partialmethod(_read_once, Stylesheet._parse_rules, read)),
        patch.object(Compositor, "render_update", partialmethod(_draw, Compositor.render_update)),
    ):
        yield


def _read_once(
    sheet: Stylesheet,
    parse: Callable[..., list[RuleSet]],
    read: Read,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """The rules of this text, which no app changes."""
    how = (css, read_from, is_default_rules, tie_breaker, scope)
    if how not in sheet._parse_cache:
        key = (*how, *sheet._variables.items())
        if key not in read:
            read[key] = parse(sheet, *how)
        sheet._parse_cache[how] = read[key]
    return sheet._parse_cache[how]


def _draw(
    compositor: Compositor,
    render: Callable[..., object],
    full: bool = False,
    screen_stack: list[Screen[object]] | None = None,
    simplify: bool = False,
) -> object:
    """Every widget draws the lines that have changed; only who asks for the whole screen gets it put together."""
    if full:
        return render(compositor, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    changed = compositor._dirty_regions.copy()
    compositor._dirty_regions.clear()
    if changed:
        for _drawn in compositor._get_renders(Region.from_union(changed).intersection(compositor.size.region)):
            pass
    return None
