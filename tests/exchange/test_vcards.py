"""vCards, as vobject reads them."""

from __future__ import annotations

import pytest
import vobject
from awkward import TEXTS, contacts

from minicrm_tui.exchange.exporting.text_lines import LONGEST
from minicrm_tui.exchange.exporting.vcards import VERSIONS, vcards


def written(text: str, version: str = "3.0") -> str:
    return "".join(vcards(contacts(text), version))


def unescaped(text: str) -> str:
    """As the value of a component of N or ADR, which vobject may give as a list."""
    return text if isinstance(text, str) else ",".join(text)


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_comes_back(text: str) -> None:
    firm, ana = vobject.readComponents(written(text))
    assert firm.fn.value == text
    assert str(firm.n.value).strip() == ""
    assert firm.org.value == [text]
    assert firm.note.value == text
    assert unescaped(firm.adr.value.street) == text
    assert ana.title.value == text
    assert unescaped(ana.n.value.family) == text
    assert ana.org.value == [text]
    assert [tel.value for tel in ana.tel_list] == ["0722 000 111", "0722 000 222"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("text", TEXTS)
def test_lines_are_folded_at_75_octets_and_end_with_crlf(text: str, version: str) -> None:
    card = written(text, version)
    assert card.endswith("\r\n")
    lines = card.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= LONGEST
    assert not any("\n" in line or "\r" in line for line in lines)


def test_labels_are_types_of_the_standard_or_stand_beside_the_number() -> None:
    _firm, ana = vobject.readComponents(written("Pop"))
    mobile, country = ana.tel_list
    assert mobile.params["TYPE"] == ["VOICE", "CELL", "PREF"]
    assert country.group == "item1"
    (label,) = (each for each in ana.getChildren() if each.name == "X-ABLABEL")
    assert (label.group, label.value) == ("item1", "la țară")


def test_a_4_0_says_so_and_has_a_kind_and_a_preference() -> None:
    card = written("Pop", "4.0")
    assert card.count("VERSION:4.0\r\n") == 2
    assert "KIND:org\r\n" in card
    assert "TEL;TYPE=voice;TYPE=cell;PREF=1:0722 000 111\r\n" in card
    assert "X-ABShowAs" not in card


def test_the_same_contact_always_has_the_same_uid() -> None:
    uids = [line for line in written("Pop").split("\r\n") if line.startswith("UID:")]
    assert uids == ["UID:company-7-20261120T223000Z@minicrm", "UID:person-8-20261120T223000Z@minicrm"]
