"""The welcome on a file without modules: language, name, currency and the first modules, or the demo instead."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from minicrm_tui.domain.drafts import InvalidForm
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.first_run import FirstChoice, read_first_choice
from minicrm_tui.domain.pipelines import NEW_DATABASE, items_name, module_name
from minicrm_tui.domain.records import Kind
from minicrm_tui.domain.shop import what_it_is
from minicrm_tui.i18n import LANGUAGE_NAMES, N_, Language, _, set_language
from minicrm_tui.paths import find_paths
from minicrm_tui.settings import Settings, save_changes, usual_currency
from minicrm_tui.widgets.pick import Pick
from minicrm_tui.widgets.text_field import TextField
from minicrm_tui.widgets.tick import Tick
from minicrm_tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.screens.main.showing import Showing
    from minicrm_tui.store.store import Store

_BY_NAME: Final[dict[str, Language]] = {name: language for language, name in LANGUAGE_NAMES.items()}


async def welcome(screen: MainScreen, showing: Showing) -> None:
    """Ask what to begin with, over the main screen, which then shows its first rows."""
    asked = WelcomeScreen(showing.store, screen.settings)
    for name in ("focused", "is_saving"):
        screen.watch(asked, name, screen.keyboard_changed, init=False)
    screen.settings = await screen.app.push_screen_wait(asked)
    showing.store.default_currency = screen.settings.currency
    await showing.begin()
    await screen.complete(showing)


class DemoLine(Static, can_focus=True):
    """The way to the demo: enter, or a click."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.demo", N_("Demo"), id="welcome.demo_here", show=False,
                tooltip=N_("Show the program with made-up data")),
    ]  # fmt: skip

    async def on_click(self) -> None:
        """As enter."""
        await self.run_action("screen.demo")


class Choices(VerticalScroll, can_focus=False, inherit_bindings=False):
    """What can be chosen. Up and down go from one to the next, also where not all of it fits."""


class WelcomeScreen(Screen[Settings]):
    """Answers with the settings that hold from now on; the modules are in the file by then.

    Who wants the demo ends the app with the settings as its result, and the file stays as it is.
    """

    AUTO_FOCUS = "#language"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "begin", N_("Begin"), tooltip=N_("Begin with what is shown"), id="welcome.begin",
                priority=True),
        Binding("escape", "defaults", N_("Defaults"), tooltip=N_("Begin with Sales alone"), id="welcome.defaults"),
        Binding("d", "demo", N_("Demo"), tooltip=N_("Show the program with made-up data"), id="welcome.demo",
                priority=True),
        Binding("down", "app.focus_next", N_("Next field"), show=False, tooltip=N_("The next field"),
                id="welcome.next"),
        Binding("up", "app.focus_previous", N_("Field before"), show=False, tooltip=N_("The field before"),
                id="welcome.previous"),
    ]  # fmt: skip

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-high")]

    DEFAULT_CSS = """
    WelcomeScreen {
        align: center middle;
        layers: default small;
        #welcome { width: 78; max-width: 100%; height: auto; max-height: 100%; border: round $primary; padding: 0 1; }
        #choices { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        #hello { height: auto; margin-bottom: 1; }
        .row { height: 1; }
        .row Static { width: 11; color: $text-muted; }
        .row Pick, .row Input { width: 1fr; }
        Input { border: none; height: 1; padding: 0 1; background: $panel; }
        Input:focus { border: none; background: $primary 25%; }
        .note { height: auto; padding: 0 1 0 12; color: $text-muted; }
        #modules-note { padding: 0 1; min-height: 2; }
        .note.-wrong { color: $text-error; }
        #modules-label { color: $text-muted; }
        DemoLine { padding: 0 1; height: 1; background: $panel; }
        DemoLine:focus { background: $primary 25%; }
        &.-tiny #too-small, &.-flat #too-small { display: block; }
    }
    """

    is_saving: var[bool] = var(False)
    """While the modules are being put in, keys are for what comes after."""

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__()
        self._store = store
        self._settings = settings
        self._language: Language = settings.language

    def compose(self) -> ComposeResult:
        """What can be chosen, a line each."""
        with Vertical(id="welcome"), Choices(id="choices"):
            yield Static(id="hello")
            with Horizontal(classes="row"):
                yield Static(id="language-label")
                yield Pick(tuple(_BY_NAME), LANGUAGE_NAMES[self._language], id="language")
            yield from self._field("name", self._settings.seller.name)
            yield from self._field("currency", self._settings.currency)
            yield Static(id="modules-label")
            for kind in Kind:
                yield Tick(kind in NEW_DATABASE, id=kind.value)
            yield Static(id="modules-note", classes="note")
            yield DemoLine(id="demo")
        yield TooSmall(id="too-small")

    @staticmethod
    def _field(key: str, text: str) -> Iterator[Horizontal | Static]:
        yield Horizontal(Static(id=f"{key}-label"), TextField(text, id=key), classes="row")
        yield Static(id=f"{key}-note", classes="note")

    def on_mount(self) -> None:
        """All words, in the language of the settings."""
        self._say()

    # --- words

    def _say(self) -> None:
        """Every word anew: the language is chosen here."""
        box = self.query_one("#welcome")
        box.border_title = Content(_("Welcome to MiniCRM"))
        box.border_subtitle = Content(_("enter begins · space chooses · d demo · esc Sales alone"))
        for key, sentence in self._sentences():
            self.query_one(f"#{key}", Static).update(Content(sentence))
        for kind in Kind:
            self.query_one(f"#{kind.value}", Tick).say(module_name(kind), items_name(kind))
        self.query_one("#name", Input).placeholder = _("Nord Textil SRL")
        self._describe()

    @staticmethod
    def _sentences() -> Iterator[tuple[str, str]]:
        yield "hello", _("enter takes what stands here; all of it can be changed later.")
        yield "language-label", _("Language")
        yield "name-label", _("Name")
        yield "name-note", _("yours or your firm's, for offers and invoices; it may wait")
        yield "currency-label", _("Currency")
        yield "currency-note", _("of amounts that are typed without one")
        yield "modules-label", _("Modules: one for each thing that you follow up")
        yield "demo", _("Show me the demo instead: made-up data to try the keys on")

    def _tell(self, field: str, sentence: str, *, wrong: bool = False) -> None:
        note = self.query_one(f"#{field}-note", Static)
        note.set_class(wrong, "-wrong")
        note.update(Content(sentence))

    def _describe(self) -> None:
        """What the module under the cursor is for."""
        here = self.focused
        self._tell("modules", what_it_is(Kind(here.id)) if isinstance(here, Tick) and here.id else "")

    # --- choosing

    @on(Pick.Changed)
    def _language_chosen(self, event: Pick.Changed) -> None:
        """The screen speaks it at once; a currency that nobody has typed follows."""
        before, self._language = self._language, _BY_NAME[event.value]
        set_language(self._language)
        currency = self.query_one("#currency", Input)
        if currency.value == self._currency(before):
            currency.value = self._currency(self._language)
        self._say()

    def _currency(self, language: Language) -> str:
        """What stands there until somebody types: that of the settings, or what is usual in a new language."""
        settings = self._settings
        if settings.currency != usual_currency(settings.language, settings.country):
            return settings.currency
        return usual_currency(language, settings.country)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The module under the cursor is described; where the screen is low, what belongs together is in sight."""
        self._describe()
        self.call_after_refresh(self._show_whole)

    def _show_whole(self) -> None:
        here = self.focused
        if here is None or here.id is None:
            return
        with_it = {"language": "#hello"}.get(here.id, "#modules-note" if isinstance(here, Tick) else f"#{here.id}-note")
        line = here if here.parent is self.query_one("#choices") else here.parent
        parts = [part.virtual_region for part in (line, *self.query(with_it)) if isinstance(part, Widget)]
        self.query_one("#choices").scroll_to_region(Region.from_union(parts), animate=False, force=True)

    @on(Tick.Turned)
    def _tick_turned(self) -> None:
        self._describe()

    @on(Input.Changed)
    def _text_changed(self, event: Input.Changed) -> None:
        """What was wrong goes with the first change."""
        field = event.input.id or ""
        self._tell(field, dict(self._sentences())[f"{field}-note"])

    # --- beginning

    @on(Input.Submitted)
    @on(Pick.Submitted)
    @on(Tick.Submitted)
    def action_begin(self) -> None:
        """Enter: what is shown."""
        kinds = [kind for kind in Kind if self.query_one(f"#{kind.value}", Tick).value]
        typed = {key: self.query_one(f"#{key}", Input).value for key in ("name", "currency")}
        try:
            chosen = read_first_choice(typed, kinds, currency=self._currency(self._language))
        except InvalidForm as error:
            self._show_errors(error)
        else:
            self._begin_with(chosen)

    def action_defaults(self) -> None:
        """`esc`: Sales alone and nothing typed, in the language that the screen speaks."""
        self._begin_with(FirstChoice(self._settings.seller.name, self._currency(self._language), NEW_DATABASE))

    def _show_errors(self, errors: InvalidForm) -> None:
        for error in errors.errors:
            self._tell(error.field, error.why, wrong=True)
        first = errors.errors[0].field
        self.query_one(f"#{NEW_DATABASE[0].value if first == 'modules' else first}").focus()

    def _begin_with(self, chosen: FirstChoice) -> None:
        if not self.is_saving:
            self.is_saving = True
            self.run_worker(self._save(chosen), group="save")

    async def _save(self, chosen: FirstChoice) -> None:
        settings = self._with(chosen)
        try:
            await self._store.install_first(chosen.kinds)
        except CrmError as error:
            self._complain(error)
        else:
            await self._keep(settings)
            self.dismiss(settings)
        finally:
            self.is_saving = False

    async def _keep(self, settings: Settings) -> None:
        """What can't be written into the settings file holds for now, and is asked in `g s` or written by hand."""
        try:
            await asyncio.to_thread(save_changes, find_paths(os.environ).settings, self._settings, settings)
        except CrmError as error:
            self._complain(error)

    def _with(self, chosen: FirstChoice) -> Settings:
        seller = replace(self._settings.seller, name=chosen.name)
        return replace(self._settings, language=self._language, currency=chosen.currency, seller=seller)

    def _complain(self, error: CrmError) -> None:
        self.app.clear_notifications()
        self.app.notify(error.sentence(), severity="warning", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a field `d` is a letter, and while the modules are put in it is for what comes after."""
        if action == "demo" and (isinstance(self.focused, Input) or self.is_saving):
            return False
        return super().check_action(action, parameters)

    def action_demo(self) -> None:
        """`d`: the program on made-up data, in this language; the file is left as it is."""
        self.app.exit(replace(self._settings, language=self._language))
