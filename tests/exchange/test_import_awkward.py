"""Files that are not what they should be: each gets a sentence with the file, the row and the column."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from import_world import planned, problems_of, read, row_of, written
from openpyxl import Workbook

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.imports import ImportedRow
from minicrm_tui.exchange.importing.session import Choices, look
from minicrm_tui.exchange.reading.kinds import kind_of
from minicrm_tui.exchange.reading.tables import FileKind, Limits, Reading
from minicrm_tui.i18n import set_language


def refusal(path: Path, choices: Choices | None = None, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refused:
        look(path, limits or Limits(), choices or Choices())
    return refused.value.sentence().replace("\N{NO-BREAK SPACE}", " ")


def bytes_in(folder: Path, data: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "file.csv: the file is empty."),
        (b"\n\n   \n", "file.csv: there is nothing in it."),
        (b"Deal name,Company\n", "file.csv: there are headers, and no row under them."),
        (b"Deal name,Company\nDeal name,Company\n", "file.csv: there are headers, and no row under them."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "file.csv: this is no text and no workbook."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.csv: this is an old Excel file (XLS)."),
        (b"%PDF-1.7\n", "file.csv: this is a PDF."),
        (b"BEGIN:VCALENDAR\r\n", "file.csv: this is a calendar; calendars are not imported."),
        (b'{"deals": []}', "file.csv: this JSON is of another program."),
        (b"PK\x03\x04 nothing of a workbook", "file.csv: this is no workbook that can be read."),
        (b"a,b\nx\xff\xfe\x00,1\n", "file.csv: this is no text and no workbook."),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    assert refusal(bytes_in(tmp_path, data)).startswith(said)


def test_a_folder_a_pipe_and_what_is_not_there_or_not_ours_to_read(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path.name}: this is a folder. Name a file in it."
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(pipe).startswith("pipe: this is not a plain file (a pipe or a device).")
    assert refusal(Path("/dev/zero")).startswith("zero: this is not a plain file")
    assert refusal(tmp_path / "none.csv") == "none.csv: it can't be read (there is no such place)."


def test_a_cell_of_ten_megabytes_is_named_by_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, "Deal name,Company", "Roof,Acme", f"Wall,{'x' * 10_000_000}")
    assert refusal(path).startswith("file.csv, row 3: a cell has more than 131 072 characters.")


def test_a_quote_that_is_never_closed_ends_in_a_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, "Deal name,Company", 'Roof,"Acme', *(f"Card {number},Firm" for number in range(20_000)))
    assert "Is a closing quote missing there?" in refusal(path)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nWall,Firm\n", ",x\n"])
def test_a_quote_that_is_open_at_the_end_swallows_no_rows(tmp_path: Path, end: str) -> None:
    path = bytes_in(tmp_path, f'Deal name,Company\nRoof,Acme\n"Fence,Beta{end}'.encode())
    said = "file.csv, row 3: a cell begins with a quote that is never closed. Close it there, or take it away."
    assert refusal(path) == said


@pytest.mark.parametrize("last", ['Roof,"Acme"', 'Roof,"Acme"\n', 'Roof,"Ac\nme"\r\n', 'Roof,Ac"me', 'Roof,""'])
def test_the_last_row_is_read_however_it_ends(tmp_path: Path, last: str) -> None:
    assert planned(bytes_in(tmp_path, f"Deal name,Company\n{last}".encode())).looked.survey.rows == 1


def test_a_workbook_is_not_blamed_for_empty_cells_at_the_end_of_its_rows(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Deal name", "Amount", "Company"], ["Roof", 5, "Acme"], ["Wall", 7]):
        book.active.append(row)
    book.save(tmp_path / "file.xlsx")
    assert planned(tmp_path / "file.xlsx").warnings == ()


def test_too_many_columns_rows_and_megabytes(tmp_path: Path) -> None:
    wide = written(tmp_path, ",".join(f"Column {number}" for number in range(1000)), "x")
    assert refusal(wide).startswith("file.csv, row 1: 1 000 columns; 500 at most can be read.")
    path = written(tmp_path, "Deal name", *(["Roof"] * 11))
    assert "it has more than 10 rows." in refusal(path, limits=Limits(rows=10))
    assert "import_megabytes" in refusal(bytes_in(tmp_path, b"x" * 2_000_000), limits=Limits(megabytes=1))


def test_the_headers_twice_and_ragged_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "Deal name,Company,Amount", "Roof,Acme", "Deal name,Company,Amount", "Wall,Acme,1,2,3")
    plan = planned(path)
    assert plan.warnings == (
        "1 row repeats the headers: left out.",
        "1 row has fewer cells than there are headers: what is missing is empty.",
    )
    assert plan.looked.survey.rows == 2
    assert [(problem.row, problem.column, problem.why) for problem in problems_of(path)] == [
        (4, "", "the row has 5 cells, the headers are 3.")
    ]


def test_problems_are_said_as_romanians_count_and_quote(tmp_path: Path) -> None:
    rows = (f"{'x' * 220},a@acme.ro", f"Roof,b@acme.ro{',more' * 19}", "Wall,nobody")
    path = written(tmp_path, "Deal name,Email", *rows)
    set_language("ro")
    assert [problem.why for problem in problems_of(path)] == [
        "are 220 de caractere; se păstrează cel mult 200.",
        "rândul are 21 de celule, iar antetul 2.",
        "„nobody”: Aceasta nu e o adresă de e-mail; una arată ca ana.pop@acme.ro.",
    ]


def test_columns_of_one_name_can_each_be_meant(tmp_path: Path) -> None:
    path = written(tmp_path, "Deal name,Company,Email,Email,,", "Roof,Acme,a@acme.ro,b@acme.ro,,")
    plan = planned(path)
    assert plan.headers == ("Deal name", "Company", "Email", "Email (2)")
    company = row_of(path).company
    assert company is not None
    assert [email.value for email in company.emails] == ["a@acme.ro", "b@acme.ro"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859_2"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found_out(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ("Név;Cég;Ár", "Őszi árvíztűrő;Kovács Péter, Győr;1 234,50", "Ünnep;Szűcs Éva, Pécs;99,00")
    path = written(tmp_path, *(line.replace(";", delimiter) for line in lines), encoding=encoding)
    if delimiter == ",":
        quoted = ("Név,Cég,Ár", 'Őszi árvíztűrő,"Kovács Péter, Győr","1 234,50"', 'Ünnep,"Szűcs Éva, Pécs","99,00"')
        path = written(tmp_path, *quoted, encoding=encoding)
    row = row_of(path)
    assert row.card is not None
    assert row.company is not None
    assert (row.card.name, row.company.name) == ("Őszi árvíztűrő", "Kovács Péter, Győr")
    assert row.card.value is not None
    assert row.card.value.minor == 123450


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1250", "Ștefănescu și Țăran".replace("Ș", "Ş").replace("ș", "ş").replace("Ț", "Ţ")), ("cp1252", "Hélène Çà")],
)
def test_romanian_and_french_are_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    path = written(tmp_path, "Deal name;Company", f"{text};Acme", encoding=encoding)
    card = row_of(path).card
    assert card is not None
    assert card.name == text


def test_an_encoding_that_is_wrong_or_not_known_is_refused_with_the_byte(tmp_path: Path) -> None:
    path = written(tmp_path, "Deal name", "Șosea", encoding="utf-16")
    assert "there is no encoding “klingon”." in refusal(path, Choices(reading=Reading(encoding="klingon")))
    bad = bytes_in(tmp_path, b"Deal name\n\xff\xfa\n")
    assert "byte 11 is no text in utf-8." in refusal(bad, Choices(reading=Reading(encoding="utf-8")))
    assert "there is no encoding “zip”." in refusal(bad, Choices(reading=Reading(encoding="zip")))


def test_what_a_terminal_or_a_reader_would_run_is_text(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Deal name,Company,Note",
        "\x1b[31mRoof\x1b[0m \u202egnp.exe,[red]Acme[/red],'=1+1",
        "../../etc/passwd,Acme,<b>bold</b> &amp; more",
    )
    first, second = read(path)
    assert isinstance(first, ImportedRow)
    assert isinstance(second, ImportedRow)
    assert first.card is not None
    assert first.company is not None
    assert second.card is not None
    assert (first.card.name, first.company.name) == ("Roof gnp.exe", "[red]Acme[/red]")
    assert [note.text for note in first.card.notes] == ["=1+1"]
    assert (second.card.name, second.card.notes[0].text) == ("../../etc/passwd", "bold & more")


# --- workbooks


def test_a_workbook_that_would_burst_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert refusal(path).startswith("bomb.xlsx: unpacked, this workbook has 60 MB: that is too much to be opened.")


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active.append(["Deal name", "Company"])
    book.active.append(["Roof", "Acme"])
    book.save(good)
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = laughs + data
            target.writestr(name, data)
    assert refusal(bad).startswith("bad.xlsx: this is no workbook that can be read.")
    assert row_of(good).card is not None


def test_a_workbook_says_which_sheet_is_read_and_an_empty_one_that_it_is_empty(tmp_path: Path) -> None:
    path, book = tmp_path / "two.xlsx", Workbook()
    assert book.active is not None
    book.active.title = "Cover"
    book.active.append(["Our deals"])
    sheet = book.create_sheet("Deals")
    sheet.append(["Deal name", "Company", "Amount", "Done"])
    sheet.append(["Roof", "Acme", 1234.567, True])
    book.save(path)
    plan = planned(path)
    assert plan.warnings[0] == "Only the sheet “Deals” is read; there is also: Cover."
    card = row_of(path).card
    assert card is not None
    assert card.value is not None
    assert card.value.minor == 123457
    Workbook().save(path)
    assert refusal(path) == "two.xlsx: the workbook is empty."


# --- vCards


def test_a_vcard_without_a_name_is_an_error_of_its_row(tmp_path: Path) -> None:
    lines = ("BEGIN:VCARD", "VERSION:3.0", "FN:", "TEL:0722000111", "END:VCARD")
    path = written(tmp_path, "BEGIN:VCARD", "VERSION:3.0", "FN:Ana", "END:VCARD", *lines, name="a.vcf")
    assert [(problem.row, problem.why) for problem in problems_of(path)] == [
        (3, "it names neither a person nor a company.")
    ]


def test_a_vcard_that_is_cut_off_is_refused_and_a_line_that_is_none_costs_the_line(tmp_path: Path) -> None:
    cut = written(tmp_path, "BEGIN:VCARD", "VERSION:3.0", "FN:Ana", name="a.vcf")
    assert refusal(cut).startswith("a.vcf: the last card has no end (END:VCARD).")
    odd = written(tmp_path, "BEGIN:VCARD", "VERSION:3.0", "FN:Ana", "what is this", "END:VCARD", name="b.vcf")
    assert row_of(odd).persons[0].name == "Ana"


def test_json_is_known_as_what_it_is(tmp_path: Path) -> None:
    assert kind_of(bytes_in(tmp_path, b' \n{"a": 1}'), Limits()) is FileKind.JSON
    assert kind_of(bytes_in(tmp_path, b"BEGIN:VCARD\r\n"), Limits()) is FileKind.CARDS
    assert kind_of(written(tmp_path, "BEGIN:VCARD", encoding="utf-16"), Limits()) is FileKind.CARDS
