"""The values of a TOML file, read one by one: what is wrong is collected with its place, and reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from minicrm_tui.domain.errors import CrmError, Refused
from minicrm_tui.domain.nearest import did_you_mean
from minicrm_tui.domain.text import clean, shorten
from minicrm_tui.i18n import _, ngettext

MOST_SHOWN: Final = 20
"""Problems of a file that are told; who has mended so many asks again."""

_QUOTED: Final = 60
"""Characters of a wrong value that are repeated."""

_Read = TypeVar("_Read")


class ShopProblems(Refused):
    """A shop file can't be taken: all that is wrong in it, each with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = ngettext("{n} thing is wrong in the file:", "{n} things are wrong in the file:", count)
        super().__init__(head.format(n=count), _("Nothing was changed."))

    def sentence(self) -> str:
        """A line for each."""
        shown = [f"  {problem}" for problem in self.problems[:MOST_SHOWN]]
        more = len(self.problems) - len(shown)
        if more:
            shown.append("  " + ngettext("and {n} more", "and {n} more", more).format(n=more))
        return "\n".join((self.message, *shown, self.hint))


class Problems:
    """What was found to be wrong so far."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, where: str, what: str, hint: str = "") -> None:
        """One more."""
        self.found.append(f"{where}: {what} {hint}".rstrip() if where else f"{what} {hint}".rstrip())

    def refuse(self) -> None:
        """Raise ShopProblems where there is any."""
        if self.found:
            raise ShopProblems(self.found)


class Table:
    """A table of the file, by its place in words. A value that is wrong is told, and read as one that is missing."""

    def __init__(self, values: Mapping[str, object], where: str, problems: Problems) -> None:
        self.values = values
        self.where = where
        self.problems = problems

    def tell(self, what: str, hint: str = "") -> None:
        """Something here is wrong."""
        self.problems.add(self.where, what, hint)

    def check_keys(self, known: Iterable[str]) -> None:
        """A key that nobody knows is most likely mistyped."""
        names = tuple(known)
        for key in self.values:
            if key not in names:
                self.tell(_("unknown key “{key}”.").format(key=shorten(clean(key), _QUOTED)), did_you_mean(key, names))

    def checked(self, read: Callable[[], _Read], default: _Read, key: str = "") -> _Read:
        """What a rule of the program says to it; where it refuses, that is told, of the value where one is named."""
        try:
            return read()
        except CrmError as error:
            self.tell(f"“{key}”: {error.sentence()}" if key else error.sentence())
            return default

    # --- values

    def text(self, key: str) -> str:
        """One line; nothing where there is none."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return clean(value)
        self._wrong(key, _("It must be a text in quotes."))
        return ""

    def flag(self, key: str) -> bool:
        """True or false; false where it is not said."""
        value = self.values.get(key, False)
        if isinstance(value, bool):
            return value
        self._wrong(key, _("It must be true or false."))
        return False

    def days(self, key: str, least: int, most: int) -> int | None:
        """A whole number; None where it is not said."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self._wrong(key, _("It must be a whole number of days from {least} to {most}.").format(least=least, most=most))
        return None

    def one_of(self, key: str, known: Iterable[str], *, needed: bool = False) -> str:
        """One of a few names; nothing where it is not said, or wrong."""
        names, found = tuple(known), self.text(key)
        if not found:
            if needed and isinstance(self.values.get(key, ""), str):
                known = _("Known are: {names}.").format(names=", ".join(names))
                self.tell(_("“{key}” is missing.").format(key=key), known)
            return ""
        if found in names:
            return found
        self._wrong(key, did_you_mean(found, names))
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of lines; those that are empty are left out."""
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(filter(None, (clean(str(each)) for each in value)))
        self._wrong(key, _("It must be a list of texts in quotes."))
        return ()

    def _wrong(self, key: str, hint: str) -> None:
        shown = shorten(clean(str(self.values.get(key))), _QUOTED)
        self.tell(_("wrong value for “{key}”: {value}.").format(key=key, value=shown), hint)

    # --- tables inside

    def table(self, key: str) -> Table | None:
        """A table of this name, which is at the same place."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return Table(value, f"{self.where}, {key}" if self.where else key, self.problems)
        self._wrong(key, _("It must be a table: {example}.").format(example="{ … }"))
        return None

    def tables(self, key: str, named: Callable[[int, str], str]) -> Iterator[Table]:
        """Tables of this name; `named` gives a place from a number and a name."""
        value = self.values.get(key, [])
        if not (isinstance(value, list) and all(isinstance(each, dict) for each in value)):
            self._wrong(key, _("It must be tables, each under {heading}.").format(heading=f"[[…{key}]]"))
            return
        for number, each in enumerate(value, 1):
            name = each.get("name") or each.get("key") or ""
            place = named(number, shorten(clean(str(name)), 40))
            yield Table(each, f"{self.where}, {place}" if self.where else place, self.problems)
