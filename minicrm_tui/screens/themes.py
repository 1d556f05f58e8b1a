"""The two themes of the program; Textual's own are in the palette beside them."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="minicrm-dark",
    primary="#2f7fd1",
    secondary="#5aa9e6",
    accent="#f0b429",
    foreground="#dfe6ee",
    background="#10151c",
    surface="#151c25",
    panel="#1d2733",
    success="#a3c64c",
    warning="#d9a441",
    error="#f0616d",
    dark=True,
    variables={"block-cursor-text-style": "none", "footer-key-foreground": "#5aa9e6"},
)

LIGHT = Theme(
    name="minicrm-light",
    primary="#1f6fc2",
    secondary="#185a9d",
    accent="#9a6700",
    foreground="#1c2530",
    background="#f6f8fa",
    surface="#ffffff",
    panel="#e6ecf2",
    success="#4d7c0f",
    warning="#8a5a00",
    error="#c62f3b",
    dark=False,
    variables={"block-cursor-text-style": "none", "footer-key-foreground": "#1f6fc2"},
)
