"""The typeface that comes with its package has every sign that European business needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from minicrm_tui.domain.currencies import SIGNS
from minicrm_tui.printing.fonts import BOLD, MISSING, REGULAR, Face, cut_face

NEEDED = {
    "Romanian": "șțăâîȘȚĂÂÎşţ",
    "Hungarian": "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "Polish, Czech, Slovak": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůýžČĎĚŇŘŠŤŮÝŽľĺŕô",
    "German, French, Spanish, Portuguese, Nordic": "äöüßàâæçéèêëîïôœùûÿñ¿¡ãõåøÅØ",
    "Baltic, Turkish, Croatian": "āēģīķļņūėįųğıİşđĐ",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωΑΩάέήίόύώΐϋ",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяАЯёіїєґўђљњћџ",
    "currencies": "".join(sign for sign in SIGNS if not sign.isalpha()),
    "typography": "„”“‘’«»–—…·×•№™©®°²³½§†\u00a0\u202f",
}


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> tuple[Face, Face]:
    """Both weights, with all that is needed."""
    characters = frozenset("".join(NEEDED.values()))
    folder = tmp_path_factory.mktemp("faces")
    return cut_face(REGULAR, characters, folder), cut_face(BOLD, characters, folder)


@pytest.mark.parametrize("script", NEEDED)
def test_both_weights_have_every_sign_of(faces: tuple[Face, Face], script: str) -> None:
    for face in faces:
        with TTFont(face.path) as font:
            assert {character for character in NEEDED[script] if ord(character) not in font.getBestCmap()} == set()
        assert not face.replaced


def test_digits_are_of_one_width_so_that_columns_stand(faces: tuple[Face, Face]) -> None:
    for face in faces:
        assert len({face.advances[digit] for digit in "0123456789"}) == 1


def test_bold_is_wider_and_bolder(faces: tuple[Face, Face]) -> None:
    regular, bold = faces
    assert bold.width("Total", 10) > regular.width("Total", 10) > 0
    weights = []
    for face in faces:
        with TTFont(face.path) as font:
            assert "fvar" not in font, "one weight, not the file that varies"
            weights.append(font["OS/2"].usWeightClass)
    assert weights == [REGULAR, BOLD]


def test_only_what_a_document_needs_is_cut(faces: tuple[Face, Face], tmp_path: Path) -> None:
    small = cut_face(REGULAR, frozenset("ő"), tmp_path)
    with TTFont(small.path) as font:
        assert set(font.getBestCmap()) >= {ord("ő"), ord("~"), ord(MISSING)}
        assert ord("ж") not in font.getBestCmap()
    assert small.path.stat().st_size < faces[0].path.stat().st_size


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Acme", "Acme"),
        ("漢字", MISSING * 2),
        ("a🚀b", f"a{MISSING}b"),
        ("ﬃ", "ffi"),
        ("①", "1"),
        ("Ａ", "A"),
        ("שלום", MISSING * 4),
    ],
)
def test_what_has_no_sign_is_taken_apart_or_replaced_in_sight(text: str, drawn: str, tmp_path: Path) -> None:
    face = cut_face(REGULAR, frozenset(text), tmp_path)
    assert face.drawn(text) == drawn
    assert face.width(text, 10) == pytest.approx(face.width(drawn, 10))
