"""The first step: which file, found in its folder or typed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

import platformdirs
from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker
from textual_fspicker.icons import Icons
from textual_fspicker.parts import DirectoryNavigation
from textual_fspicker.parts.directory_navigation import DirectoryEntry, DirectoryEntryStyling
from textual_fspicker.path_filters import Filter

from minicrm_tui.i18n import N_, _, format_size
from minicrm_tui.system_errors import reason
from minicrm_tui.transfer.last_folder import read_folder
from minicrm_tui.widgets.cells import safe

ENDINGS: Final = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".vcf", ".json"))
"""Of the files that are shown; any other can be typed."""

_PLAIN: Final = DirectoryEntryStyling(Style(), Style(), Style(), Style())


def first_folder(kept: Path | None) -> Path:
    """Where the last file was, by what is kept there, else where downloads go, else home."""
    last = None if kept is None else read_folder(kept)
    downloads = platformdirs.user_downloads_path()
    return last or (downloads if downloads.is_dir() else Path.home())


class FileEntry(DirectoryEntry):
    """A folder or a file, as the person's language writes sizes and dates; its name is never obeyed by the terminal."""

    @classmethod
    def _name(cls, location: Path) -> Text:
        return Text(safe(location.name) + ("/" if location.is_dir() else ""))

    @staticmethod
    def _size(location: Path) -> str:
        try:
            found = location.stat()
        except OSError:
            return ""
        return "" if location.is_dir() else format_size(found.st_size)

    @staticmethod
    def _mtime(location: Path) -> str:
        try:
            changed = datetime.fromtimestamp(location.stat().st_mtime)
        except (OSError, ValueError):
            return ""
        return "" if location.is_dir() else changed.isoformat(" ", "minutes")


class FileList(DirectoryNavigation):
    """A folder: its folders, and the files that an import reads."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Open"), tooltip=N_("Into the folder, or take the file"), id="file.open"),
        Binding("slash", "screen.type", N_("Type it"), tooltip=N_("Type where the file is"), id="file.type"),
        Binding("backspace,left,h", "navigate_up", N_("Folder above"), tooltip=N_("To the folder that holds this one"),
                id="file.up"),
        Binding("full_stop", "toggle_hidden", N_("Hidden"), show=False, id="file.hidden",
                tooltip=N_("Show or hide what begins with a dot")),
        Binding("j", "cursor_down", N_("Down"), show=False, tooltip=N_("The next row"), id="file.down"),
        Binding("k", "cursor_up", N_("Up"), show=False, tooltip=N_("The row before"), id="file.before"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FileList, FileList:focus { height: 1fr; border: none; background: $surface; padding: 0;
        scrollbar-size-vertical: 1; }
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.file_filter = Filter("", lambda path: path.suffix.lower() in ENDINGS)

    class Unreadable(Message):
        """The folder can't be read."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def _load(self) -> Worker[None]:
        """As the library's, but with our entries; a folder that went away is told, and no crash."""
        return self.run_worker(self._read_folder, group="find", thread=True, exclusive=True)

    def _read_folder(self) -> None:
        found: list[DirectoryEntry] = []
        try:
            found.extend(
                FileEntry(path, _PLAIN) for path in self._location.iterdir() if path.is_dir() or path.is_file()
            )
        except OSError as error:
            self.post_message(self.Unreadable(reason(error)))
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show_entries, found)

    def _show_entries(self, found: list[DirectoryEntry]) -> None:
        self._entries = found
        self._repopulate_display()

    def add_option(self, option: object = None) -> FileList:
        """The folder above, as the others are written."""
        assert isinstance(option, DirectoryEntry)
        super().add_option(FileEntry(option.location, _PLAIN))
        return self

    def action_toggle_hidden(self) -> None:
        """`.`"""
        self.toggle_hidden()


class PathInput(Input):
    """Where a path is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.to_list", N_("Down"), show=False, tooltip=N_("To the list"), id="file.to_list"),
    ]


class FileStep(Vertical):
    """A path to be typed, over the folder."""

    DEFAULT_CSS = """
    FileStep {
        height: 1fr;
        #path { border: none; height: 1; padding: 0 1; background: $panel; }
        #path:focus { border: none; background: $primary 25%; }
        #folder { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    class Chosen(Message):
        """This file."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class Complained(Message):
        """What is typed is no file."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, folder: Path) -> None:
        super().__init__()
        Icons.set_picker(lambda _path: Text())
        self._list = FileList(folder)

    def compose(self) -> ComposeResult:
        """The path, the folder, what is in it."""
        yield PathInput(placeholder=_("/ types a path"), id="path")
        yield Static(self._folder(), id="folder")
        yield self._list

    def focus_list(self) -> None:
        """The keys are the list's."""
        self._list.focus()

    def focus_path(self) -> None:
        """`/`: a path is typed."""
        self.query_one(PathInput).focus()

    def leave_path(self) -> bool:
        """`esc` while a path is typed: back to the list. Whether it was."""
        field = self.query_one(PathInput)
        if not field.has_focus:
            return False
        field.value = ""
        self._list.focus()
        return True

    @on(DirectoryNavigation.Changed)
    def _folder_changed(self) -> None:
        self.query_one("#folder", Static).update(self._folder())

    def _folder(self) -> Content:
        """Where the list is, as a person writes it."""
        home, folder = Path.home(), self._list.location
        shown = Path("~") / folder.relative_to(home) if folder.is_relative_to(home) else folder
        return Content(safe(str(shown)))

    @on(FileList.Unreadable)
    def _unreadable(self, event: FileList.Unreadable) -> None:
        self.post_message(self.Complained(_("This folder can't be read: {why}.").format(why=event.why)))

    @on(DirectoryNavigation.Selected)
    def _selected(self, event: DirectoryNavigation.Selected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.path))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            path = self._list.location / Path(event.value.strip()).expanduser()
            is_folder = path.is_dir()
        except (OSError, RuntimeError, ValueError):
            self.post_message(self.Complained(_("There is no such file.")))
            return
        if not is_folder:
            self.post_message(self.Chosen(path))
            return
        self._list.location = path.resolve()
        self.leave_path()
