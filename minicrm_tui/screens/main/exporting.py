"""`g e`: cards, contacts or tasks into a file, beside everything else that one does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.exports import ExportFormat
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import N_, NN_, _, format_number, ngettext
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.line import Choice, Reading

if TYPE_CHECKING:
    from minicrm_tui.store.exports.reading import Reading as Moment
    from minicrm_tui.transfer.exports import Export

_FORMATS: Final = {
    ExportFormat.CSV: ("c", N_("CSV, a row a card")),
    ExportFormat.XLSX: ("x", N_("XLSX, a workbook")),
    ExportFormat.VCARD: ("v", N_("vCard, the contacts")),
    ExportFormat.ICS: ("i", N_("calendar, the open tasks")),
    ExportFormat.JSON: ("j", N_("JSON, complete")),
}
"""The key of each, and what it is."""

_WRITTEN: Final = {
    ExportFormat.CSV: NN_("{n} card written: {path}", "{n} cards written: {path}"),
    ExportFormat.XLSX: NN_("{n} card written: {path}", "{n} cards written: {path}"),
    ExportFormat.VCARD: NN_("{n} contact written: {path}", "{n} contacts written: {path}"),
    ExportFormat.ICS: NN_("{n} task written: {path}", "{n} tasks written: {path}"),
    ExportFormat.JSON: NN_("{n} record written: {path}", "{n} records written: {path}"),
}


@dataclass(frozen=True, slots=True)
class _What:
    """Which cards; None: everything. `called`: in the file's name."""

    called: str
    targets: Targets | None = None


async def export(bench: Workbench) -> None:
    """What, as what, and where to; then it is written while other keys do their work."""
    if bench.bulk_running is not None:
        bench.say(_("Something long is being done; esc stops it."))
        return
    what = await _what(bench)
    if what is None:
        return
    form = await _format(bench, what)
    if form is None:
        return
    path = await _path(bench, what, form)
    if path is None:
        return
    over = await _over(bench, path)
    if over is not None:
        await _write(bench, what, form, *over)


async def _what(bench: Workbench) -> _What | None:
    state, module = bench.state, bench.module
    found: dict[str, tuple[Choice, Callable[[], _What]]] = {}
    if state.marks:
        marked = state.marks.targets()
        number = format_number(await bench.store.count(marked))
        found["m"] = Choice("m", _("what is marked"), number), lambda: _What(module.name, marked)
    if state.filter or state.status_id is not None:
        view = bench.store.cards_in(state.view)
        found["v"] = Choice("v", _("what the list shows"), state.filter), lambda: _What(module.name, view)
    whole = bench.store.cards_of((module.id,), bench.now())
    found["o"] = Choice("o", _("this module"), module.name), lambda: _What(module.name, whole)
    found["a"] = Choice("a", _("everything")), lambda: _What("")
    choice = await bench.choose(_("Export"), [each for each, _make in found.values()])
    return None if choice is None else found[choice.key][1]()


async def _format(bench: Workbench, what: _What) -> ExportFormat | None:
    forms = [form for form in _FORMATS if form is not ExportFormat.JSON or what.targets is None]
    choices = [Choice(_FORMATS[form][0], _(_FORMATS[form][1])) for form in forms]
    choice = await bench.choose(_("Export as"), choices)
    return None if choice is None else next(form for form in forms if _FORMATS[form][0] == choice.key)


async def _path(bench: Workbench, what: _What, form: ExportFormat) -> Path | None:
    from minicrm_tui.transfer.names import file_name, is_there, place

    folder = bench.settings.documents_folder

    async def read(text: str) -> Reading:
        try:
            path = place(text, folder)
            if not text.strip() or "\0" in text or await asyncio.to_thread(path.is_dir):
                return Reading("", error=_("Name a file, such as sales.csv."))
        except (OSError, RuntimeError):
            return Reading("", error=_("Name a file, such as sales.csv."))
        there = await asyncio.to_thread(is_there, path)
        shown = "" if str(path) == text.strip() else str(path)
        return Reading(" · ".join(filter(None, (shown, _("is there already") if there else ""))), value=path)

    value = str(folder / file_name(what.called, form, bench.now().date()))
    answer = await bench.ask(_("File"), value=value, read=read, hint=_("enter: write it"), selected=False)
    return answer.value if answer is not None and isinstance(answer.value, Path) else None


async def _over(bench: Workbench, path: Path) -> tuple[Path, bool] | None:
    """The file that is written, and whether over another one; None where it is not."""
    from minicrm_tui.transfer.names import free, is_there

    if not await asyncio.to_thread(is_there, path):
        return path, False
    other = await asyncio.to_thread(free, path)
    beside = Choice("n", _("write “{name}” beside it").format(name=other.name))
    title = _("“{name}” is there already").format(name=path.name)
    choice = await bench.choose(title, [beside, Choice("o", _("overwrite it"))])
    if choice is None:
        return None
    return (path, True) if choice.key == "o" else (other, False)


async def _write(bench: Workbench, what: _What, form: ExportFormat, path: Path, overwrite: bool) -> None:
    from minicrm_tui.transfer.exports import Export, Told, write_export

    bench.store.refuse_own(path)
    asked = Export(form, what.targets, bench.now().tzinfo)
    async with bench.bulk(_("Exporting"), await _subject(bench, asked)) as bulk:
        told = Told(bulk.progress, bulk.stop)

        def write(moment: Moment) -> int:
            return write_export(moment, asked, path, told, overwrite=overwrite)

        written = await bench.store.read_out(write, stop=bulk.stop)
    # Where a file lies is worth a longer look than what one sees anyway.
    bench.say(ngettext(*_WRITTEN[form], written).format(n=format_number(written), path=path), alone=False)


async def _subject(bench: Workbench, asked: Export) -> Subject:
    """The cards of it, by which one sees how long it takes."""
    modules = (summary.module.id for summary in bench.showing.modules.all)
    targets = asked.targets or bench.store.cards_of(modules, bench.now())
    return Subject(targets, await bench.store.count(targets))
