"""The catalogue is whole, and its check finds everything that could be wrong with it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

TOOL = Path(__file__).parents[1] / "tools" / "catalogue.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def wanted() -> Catalog:
    """The sentences of a small program."""
    catalogue = Catalog()
    catalogue.add("Hello {name}", locations=[("a.py", 1)])
    catalogue.add(("{n} card", "{n} cards"))
    catalogue.add("Draft", context="orders")
    return catalogue


def translated() -> Catalog:
    """All of them in Romanian."""
    catalogue = Catalog("ro", fuzzy=False)
    catalogue.add("Hello {name}", "Salut, {name}")
    catalogue.add(("{n} card", "{n} cards"), ("un card", "{n} carduri", "{n} de carduri"))
    catalogue.add("Draft", "Ciornă", context="orders")
    return catalogue


def faults(tool: ModuleType, catalogue: Catalog, compiled: bytes | None = None) -> list[str]:
    return list(tool.find_faults(wanted(), catalogue, tool.compile_(catalogue) if compiled is None else compiled))


def test_nothing_in_the_program_is_left_in_english(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    status = tool.check()
    assert status == 0, capsys.readouterr().err


def test_a_whole_catalogue_has_no_faults(tool: ModuleType) -> None:
    assert faults(tool, translated()) == []


def test_a_sentence_in_the_arguments_of_another_is_found_too(tool: ModuleType) -> None:
    code = """
pgettext("color", COLORS.get(color, NC_("color", "none")))
_("{n} · {what}").format(n=n, what=_("late"))
_(f(_("inside"), ngettext("{n} day", "{n} days", n)))
_(name)
"""
    assert {(ids, context) for _line, ids, context in tool.calls(code)} == {
        ("none", "color"),
        ("{n} · {what}", None),
        ("late", None),
        ("inside", None),
        (("{n} day", "{n} days"), None),
    }


def test_a_missing_sentence_is_found(tool: ModuleType) -> None:
    catalogue = translated()
    catalogue.delete("Draft", "orders")
    assert faults(tool, catalogue) == ["missing: “Draft” (orders)"]


def test_a_dropped_sentence_is_found(tool: ModuleType) -> None:
    catalogue = translated()
    catalogue.add("Old", "Vechi")
    assert faults(tool, catalogue) == ["no longer in the code: “Old”"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "untranslated"),
        ("Salut", "other placeholders in “Salut”"),
        ("Salut, {nume}", "other placeholders in “Salut, {nume}”"),
        ("Salut, {name} ", "other spaces at the ends of “Salut, {name} ”"),
        ("Salutaţi {name}", "a cedilla instead of a comma below in “Salutaţi {name}”"),
    ],
)
def test_a_wrong_translation_is_found(tool: ModuleType, text: str, fault: str) -> None:
    catalogue = translated()
    catalogue["Hello {name}"].string = text
    assert faults(tool, catalogue) == [f"{fault}: “Hello {{name}}”"]


def test_a_fuzzy_translation_is_found(tool: ModuleType) -> None:
    catalogue = translated()
    catalogue["Hello {name}"].flags.add("fuzzy")
    assert "fuzzy: “Hello {name}”" in faults(tool, catalogue)


@pytest.mark.parametrize(
    ("forms", "fault"),
    [
        (("un card", "{n} carduri"), "wrong number of forms"),
        (("un card", "{n} carduri", ""), "untranslated"),
        (("un card", "multe carduri", "{n} de carduri"), "other placeholders in “multe carduri”"),
    ],
)
def test_a_wrong_plural_is_found(tool: ModuleType, forms: tuple[str, ...], fault: str) -> None:
    catalogue = translated()
    catalogue["{n} card"].string = forms
    assert faults(tool, catalogue, tool.compile_(translated()))[0] == f"{fault}: “{{n}} card”"


def test_a_stale_compiled_file_is_found(tool: ModuleType) -> None:
    old = tool.compile_(translated())
    catalogue = translated()
    catalogue["Hello {name}"].string = "Bună, {name}"
    stale = ["the .mo file is not what the .po file compiles to: run update"]
    assert faults(tool, catalogue, old) == stale
    assert faults(tool, catalogue, b"") == stale


def test_both_kinds_of_placeholders_are_compared(tool: ModuleType) -> None:
    assert tool.placeholders("{n:>3} of {total}, %(prog)s %s %r 50%") == ["%(prog)s", "%r", "%s", "{n:>3}", "{total:}"]


def test_the_romanian_catalogue_has_three_forms_for_every_count(tool: ModuleType) -> None:
    catalogue = tool.read(tool.PO)
    counted = [message for message in tool.sentences(catalogue) if message.pluralizable]
    assert catalogue.num_plurals == 3
    assert len(counted) > 10
    # From twenty on Romanian says "20 de carduri" wherever the thing counted follows the number.
    assert all("{n} de " in few_or_many[2] for few_or_many in (each.string for each in counted) if _differ(few_or_many))


def _differ(forms: tuple[str, ...]) -> bool:
    """Adjectives alone, "3 marcate", are the same from twenty on."""
    return forms[1] != forms[2]
