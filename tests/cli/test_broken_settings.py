"""What the settings file may not say, and that nothing starts with it: no command either."""

from __future__ import annotations

import pytest

from tests.running import Inside


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('theme = "gruvbax"', "gruvbox"),
        ('[keymap]\n"task.dnoe" = "f5"', "task.done"),
        ('[keymap]\n"task.done" = "p"', "task.postpone"),
        ('[keymap]\n"task.done" = "f5"\n"task.postpone" = "f5"', "task.postpone"),
        ('[keymap]\n"task.done" = "crtl+x"', "crtl+x"),
    ],
)
@pytest.mark.parametrize("arguments", [["agenda"], ["add", "Acme"], []], ids=["agenda", "add", "app"])
def test_what_only_the_app_can_judge_stops_everything(
    inside: Inside, settings: str, said: str, arguments: list[str]
) -> None:
    inside.settings.write_text(settings)
    sentence = inside(*arguments).refused(2)
    assert said in sentence
    assert str(inside.settings) in sentence
    assert not inside.database.exists()


def test_a_good_theme_and_keymap_stop_nothing(inside: Inside) -> None:
    keys = '["d", "f5", "ctrl+x", "plus", "shift+up", "alt+z", "ă", "~", "less_than_sign"]'
    inside.settings.write_text(f'theme = "gruvbox"\n[keymap]\n"task.done" = {keys}\n', encoding="utf-8")
    ran = inside("agenda")
    assert (ran.code, ran.err) == (0, "")
