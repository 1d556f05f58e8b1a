"""The PDF of a document: A4, drawn by fpdf2 with fonts of its own, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.documents import Document
from minicrm_tui.domain.errors import Refused, StoreFailed
from minicrm_tui.files import write_whole
from minicrm_tui.i18n import _, language
from minicrm_tui.printing.fonts import BOLD, POINT, REGULAR, cut_face
from minicrm_tui.printing.layout import laid_out
from minicrm_tui.printing.marks import FAINT, HEIGHT, WIDTH, Mark, Rule, Style, Text, Typeface
from minicrm_tui.printing.paper import Paper, characters, paper
from minicrm_tui.system_errors import reason

if TYPE_CHECKING:
    from fpdf import FPDF

Progress = Callable[[int, int], None]
"""Is told how many pages of how many are drawn. What it raises stops the work, and nothing is written."""

_FAMILY: Final = "text"
_STAMP: Final = Style(110, bold=True, ink=FAINT)
_STAMP_ANGLE: Final = 52.0
_NO_DAY: Final = date(1980, 1, 1)
"""The date in a draft's file, so that the same draft always gives the same file; no reader shows it on the page."""


def write_pdf(document: Document, path: Path, progress: Progress | None = None, *, overwrite: bool = False) -> Path:
    """Draw the document and write it there, in the program's language; its folder is made where it is missing.

    Refused where there is a file already, unless it is to be overwritten; StoreFailed where it can't be written. Then,
    too, nothing is half written.
    """
    try:
        if not overwrite and path.exists():
            raise FileExistsError
        write_whole(path, drawn(document, progress), overwrite=overwrite)
    except FileExistsError as error:
        raise _already_there(path) from error
    except OSError as error:
        what = _("The PDF {path} can't be written: {why}.").format(path=path, why=reason(error))
        raise StoreFailed(what, _("Choose another folder: “documents” in the settings.")) from error
    return path


def drawn(document: Document, progress: Progress | None = None) -> bytes:
    """The PDF itself; always the same for the same document."""
    sheet = paper(document)
    with TemporaryDirectory(prefix="minicrm-fonts-") as folder:
        known = characters(sheet)
        face = Typeface(*(cut_face(weight, known, Path(folder)) for weight in (REGULAR, BOLD)))
        pages = laid_out(sheet, face)
        pdf = _blank(document, sheet, face)
        for number, marks in enumerate(pages):
            if progress is not None:
                progress(number, len(pages))
            _draw_page(pdf, sheet, face, marks)
        data = bytes(pdf.output())
    if progress is not None:
        progress(len(pages), len(pages))
    return data


def _already_there(path: Path) -> Refused:
    return Refused(_("There is a file {path} already.").format(path=path), _("It was not overwritten."))


def _blank(document: Document, sheet: Paper, face: Typeface) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_font(_FAMILY, "", face.regular.path)
    pdf.add_font(_FAMILY, "B", face.bold.path)
    pdf.set_creation_date(datetime.combine(document.issued_on or _NO_DAY, time(), UTC))
    pdf.set_title(sheet.called)
    pdf.set_subject(sheet.subject)
    pdf.set_author(sheet.seller.name)
    pdf.set_lang(language())
    return pdf


def _draw_page(pdf: FPDF, sheet: Paper, face: Typeface, marks: Sequence[Mark]) -> None:
    pdf.add_page()
    if sheet.mark:
        _draw_stamp(pdf, sheet.mark.upper(), face)
    for mark in marks:
        if isinstance(mark, Text):
            _set(pdf, mark.style)
            pdf.text(mark.x, mark.y, face.drawn(mark.text, mark.style))
        else:
            _draw_rule(pdf, mark)


def _set(pdf: FPDF, style: Style) -> None:
    pdf.set_font(_FAMILY, "B" if style.bold else "", style.size)
    pdf.set_text_color(*style.ink)


def _draw_rule(pdf: FPDF, rule: Rule) -> None:
    pdf.set_draw_color(*rule.ink)
    pdf.set_line_width(rule.width)
    pdf.line(rule.left, rule.y, rule.right, rule.y)


def _draw_stamp(pdf: FPDF, mark: str, face: Typeface) -> None:
    """Across the page, under everything else."""
    x, y = WIDTH / 2, HEIGHT / 2
    _set(pdf, _STAMP)
    with pdf.rotation(_STAMP_ANGLE, x, y):
        pdf.text(x - face.width(mark, _STAMP) / 2, y + _STAMP.size * POINT / 3, mark)
