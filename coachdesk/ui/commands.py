"""Everything that can be asked for by name from the search field: one table, with the keys that do the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from coachdesk.errors import sentence_of
from coachdesk.ui import actions, quieting
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow

TELLING = 4
"""Letters of a word in the middle of a command by which alone it is found: nobody looks for *the*."""
Does = Callable[["MainWindow"], object]


def _always(_window: MainWindow) -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """One command: what it is called, more words it answers to, its keys, what it does, and when it is offered."""

    words: str
    also: str
    does: Does
    keys: str = ""
    icon: str = "arrow-right-light"
    offered: Callable[[MainWindow], bool] = _always
    shortcut: str = ""
    """The action of a session whose key does the same."""


def _choose(window: MainWindow, title: str, then: Callable[[MainWindow, str], object]) -> None:
    """Ask with whom, then go on with that client."""
    from coachdesk.ui.dialogs.choose_client import ChooseClient

    chooser = ChooseClient(window.desk, window, title, window)
    chooser.chosen.connect(partial(then, window))
    chooser.open()


def _begin(window: MainWindow) -> None:
    _choose(window, _("With whom do you begin?"), _brief)


def _plan(window: MainWindow) -> None:
    _choose(window, _("With whom do you meet?"), _plan_with)


def _log(window: MainWindow) -> None:
    _choose(window, _("With whom was the session?"), _log_with)


def _brief(window: MainWindow, client_id: str) -> None:
    window.show_page("brief", client_id=client_id)


def _plan_with(window: MainWindow, client_id: str) -> None:
    from coachdesk.practice import clients
    from coachdesk.ui.dialogs.plan_session import PlanSession

    with window.telling():
        PlanSession(window.desk, window, window.desk.read(clients.one, client_id), parent=window).open()


def _log_with(window: MainWindow, client_id: str) -> None:
    from coachdesk.practice import clients
    from coachdesk.ui.dialogs.log_session import LogSession

    with window.telling():
        LogSession(window.desk, window, window.desk.read(clients.one, client_id), window).open()


def _add_client(window: MainWindow) -> None:
    from coachdesk.ui.dialogs.edit_client import EditClient

    form = EditClient(window.desk, window, parent=window)
    form.stored.connect(partial(_to_client, window))
    form.open()


def _to_client(window: MainWindow, client_id: str) -> None:
    window.show_page("client", client_id=client_id)


def _add_promise(window: MainWindow) -> None:
    from coachdesk.ui.widgets.promise_field import PromiseField

    window.start_at("today")
    field = window.page.findChild(PromiseField) if window.page is not None else None
    if field is not None:
        field.words.setFocus()


def _back_up(window: MainWindow) -> None:
    from coachdesk.storage import backup

    with window.telling():
        window.tasks.run(
            backup.back_up, window.desk.store, window.desk.home.backups, window.desk.now(),
            done=partial(_say_backed_up, window), failed=partial(_say_failed, window),
        )  # fmt: skip


def _say_backed_up(window: MainWindow, _path: object) -> None:
    window.say(_("A backup was taken and checked."))


def _say_failed(window: MainWindow, error: Exception) -> None:
    window.say(sentence_of(error), "note")


def _be_quiet(window: MainWindow) -> None:
    with window.telling():
        quieting.begin(window, window.desk)


def _is_quiet(window: MainWindow) -> bool:
    return window.focus is not None and window.focus.state.is_on


def _share(window: MainWindow) -> None:
    if window.presence is not None:
        window.presence.share()


def _has_presence(window: MainWindow) -> bool:
    return window.presence is not None


def _with_clients(window: MainWindow) -> bool:
    return window.desk.settings.session.whom != "self"


def _has_hours(window: MainWindow) -> bool:
    return "hours" in window.navigation.offered


def _undo(window: MainWindow) -> None:
    window.taking_back.undo()


def _redo(window: MainWindow) -> None:
    window.taking_back.redo()


def _has_done(window: MainWindow) -> bool:
    return window.desk.steps.done is not None


def _has_undone(window: MainWindow) -> bool:
    return window.desk.steps.undone is not None


def _lock(window: MainWindow) -> None:
    window.lock()


def _show_keys(window: MainWindow) -> None:
    window.show_keys()


def _quit(window: MainWindow) -> None:
    window.close()


def _go(name: str, window: MainWindow, **what: object) -> None:
    window.start_at(name, **what)


def _to_section(section: str) -> Does:
    return partial(_go, "settings", section=section)


def _settings(words: str, also: str, section: str) -> Command:
    return Command(words, also, _to_section(section), icon="sliders-horizontal-light")


COMMANDS: tuple[Command, ...] = (
    Command(N_("Begin a session with …"), N_("start brief arrive"), _begin, icon="play-light", offered=_with_clients),
    Command(N_("Plan a session"), N_("next meeting calendar"), _plan, icon="calendar-plus-light"),
    Command(N_("Log a past session"), N_("held earlier hours"), _log, icon="clock-counter-clockwise-light"),
    Command(N_("Add a client"), N_("new person group"), _add_client, icon="user-plus-light", offered=_with_clients),
    Command(N_("Add a promise"), N_("new next step"), _add_promise, icon="handshake-light"),
    Command(N_("Export the log of hours"), N_("write ICF CSV XLSX credential"), partial(_go, "hours"),
            icon="export-light", offered=_has_hours),
    Command(N_("Import a log of hours"), N_("take in bring ICF CSV XLSX"), partial(_go, "hours"), offered=_has_hours),
    Command(N_("Import a calendar"), N_("take in ics planned sessions file"), _to_section("calendar")),
    Command(N_("Take back the last change"), N_("undo"), _undo, "Ctrl+Z", "arrow-counter-clockwise", _has_done),
    Command(N_("Do it again"), N_("redo"), _redo, "Ctrl+Shift+Z", "arrow-clockwise", _has_undone),
    Command(N_("Take a backup now"), N_("copy safe"), _back_up, icon="archive-light"),
    Command(N_("Restore a backup"), N_("put back copy earlier"), partial(_go, "restore"), icon="archive-light"),
    Command(N_("Write an archive of everything"), N_("export one file computer"), _to_section("records")),
    Command(N_("Take an archive in"), N_("import one file computer"), _to_section("records")),
    Command(N_("Change the passphrase"), N_("password recovery code unlock"), _to_section("privacy")),
    Command(N_("Put back what is quiet"), N_("end focus mode"), quieting.put_back, icon="arrow-counter-clockwise",
            offered=_is_quiet),
    Command(N_("Hide everything while I share my screen"), N_("put out of sight"), _share, icon="eye-slash",
            offered=_has_presence, shortcut="sharing"),
    Command(N_("Lock the records"), N_("close"), _lock, "Ctrl+L", "lock-light"),
    Command(N_("All keys"), N_("help shortcuts"), _show_keys, "F1", "keyboard-light"),
    Command(N_("Quit"), N_("exit"), _quit, "Ctrl+Q", "sign-out-light"),
    _settings(N_("Settings: session"), N_("usual length divide the time structure phases rehearse"), "session"),
    _settings(N_("Settings: cues and presence bar"), N_("signals sound time left"), "cues"),
    _settings(N_("Settings: focus mode"), N_("quiet notifications apps websites block"), "focus"),
    _settings(N_("Settings: reminders"), N_("remind notify morning start at login"), "reminders"),
    _settings(N_("Settings: calendar"), N_("ics follow export appointments"), "calendar"),
    _settings(N_("Settings: prompts and lists"), N_("questions checklist quotes"), "prompts"),
    _settings(N_("Settings: keys"), N_("shortcuts keyboard"), "keys"),
    _settings(N_("Settings: hand-outs"), N_("sender name paper summary"), "hand_outs"),
    _settings(N_("Settings: privacy"), N_("lock passphrase retention forget short names"), "privacy"),
    _settings(N_("Settings: records"), N_("backup archive folder place check move"), "records"),
    _settings(N_("Settings: appearance"), N_("dark light theme size text language"), "look"),
    _settings(N_("Settings: about CoachDesk"), N_("version commit age releases licence logs update"), "about"),
)  # fmt: skip
PAGES_ALSO = {
    "clients": N_("people groups"),
    "mine": N_("myself own sessions"),
    "promises": N_("promised next steps"),
    "reflect": N_("reflection week look back trends"),
    "hours": N_("log coached ICF credential"),
}
"""More words by which pages are found."""


def matching(window: MainWindow, typed: str) -> list[Command]:
    """The commands that are offered now and have every typed word at the beginning of one of theirs, in any order."""
    wanted = typed.casefold().split()
    return [one for one in _offered(window) if _answers(one, wanted)]


def _answers(command: Command, wanted: list[str]) -> bool:
    """Whether it is meant: small words count only beside one that says something."""
    words = f"{_(command.words)} {_(command.also) if command.also else ''}".replace("…", "").casefold().split()
    telling = [words[0], *(word for word in words[1:] if len(word) >= TELLING)]
    return not wanted or (_begin_some(wanted, words, all) and _begin_some(wanted, telling, any))


def _begin_some(wanted: list[str], words: list[str], how: Callable[[Iterator[bool]], bool]) -> bool:
    return how(any(has.startswith(word) for has in words) for word in wanted)


def _offered(window: MainWindow) -> Iterator[Command]:
    yield from (one for one in COMMANDS if one.offered(window))
    if window.focus is not None and not window.focus.state.is_on:
        yield Command(quieting.alone_words(), N_("focus mode quiet silent"), _be_quiet, icon="moon-light")
    for at, (name, title) in enumerate(window.navigation.titles, 1):
        does = partial(_go, name)
        also = PAGES_ALSO.get(name, "")
        yield Command(_("Go to {page}").format(page=title), also, does, f"Ctrl+{at}" if at < 10 else "")


def keys(window: MainWindow, command: Command) -> str:
    """The keys that do the same, as this system writes them; empty without any."""
    chosen = actions.key(window.desk.settings, command.shortcut) if command.shortcut else command.keys
    return QKeySequence(chosen).toString(QKeySequence.SequenceFormat.NativeText)
