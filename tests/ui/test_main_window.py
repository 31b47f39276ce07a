"""The window: pages and the way back, one sentence at a time, its place on the screens, quitting."""

from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from coachdesk.errors import Refused
from coachdesk.focus.plan import Plan
from coachdesk.practice import clients
from coachdesk.practice.clients import Client
from coachdesk.sitting import Sitting
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.dialogs.confirm import Confirm
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.pages import Entry
from coachdesk.ui.tasks import Tasks
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import Page


class PlainPage(Page):
    """A page that shows what it is about, and how often it was read."""

    concerns = frozenset({Client})

    def __init__(self, desk, shell, parent=None):
        super().__init__(desk, shell, parent)
        self.about: dict[str, object] = {}
        self.read = 0
        self.words = QLabel()
        self.column.addWidget(self.words)
        self.fields = {name: QLineEdit() for name in ("first", "second")}
        for field in self.fields.values():
            self.column.addWidget(field)

    def arrive(self, **what):
        self.about = what
        super().arrive(**what)
        if "at" in what:
            self.fields[what["at"]].setFocus()

    def refresh(self):
        self.read += 1


class LastingPage(PlainPage):
    """A page that is read again only where it has to be."""

    lasting = True


class Here(Entry):
    """A page of this module."""

    def build(self, desk, shell):
        return (LastingPage if self.name == "hours" else PlainPage)(desk, shell)


PAGES = (
    Here("today", "Today", "", "", "sun-horizon-light", "top"),
    Here("clients", "Clients", "", "", "users-light", "top"),
    Here("settings", "Settings", "", "", "sliders-horizontal-light", "bottom"),
    Here("client", "Client", "", "", under="clients"),
    Here("hours", "Hours", "", "", under="clients"),
    Here("unlock", "Unlock", "", "", alone=True),
)


@pytest.fixture
def window(qtbot, qapp, desk, machine):
    bridge, tasks = Bridge(), Tasks()
    desk.listeners.append(bridge.announce)
    theme = Theme(qapp, desk.settings)
    made = MainWindow(desk, bridge, tasks, theme, PAGES)
    made.sitting = Sitting(desk, machine)
    made.show()
    made.start_at("today")
    qtbot.waitExposed(made)
    yield made
    made.sitting = None  # so that closing asks nothing
    made.close()
    made.deleteLater()
    tasks.close()
    theme.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(qtbot, window, key, modifiers=Qt.KeyboardModifier.ControlModifier):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, modifiers)


def lit(window) -> list[str]:
    """The places of the navigation that are lit."""
    group = window.navigation._group
    return [name for at, name in enumerate(window.navigation.names) if group.button(at).isChecked()]


def test_its_title_is_the_name_alone(window):
    window.show_page("client", client_id="Alice")
    assert "CoachDesk" == window.windowTitle()


def test_a_place_in_the_navigation_leads_there(qtbot, window):
    qtbot.mouseClick(window.navigation._group.button(1), Qt.MouseButton.LeftButton)
    assert ("clients", ["clients"]) == (window.page_name, lit(window))


def test_every_place_has_a_key(qtbot, window):
    press(qtbot, window, Qt.Key.Key_3)
    assert "settings" == window.page_name
    press(qtbot, window, Qt.Key.Key_1)
    assert "today" == window.page_name


def test_a_page_is_told_what_it_is_about_and_lights_the_place_it_belongs_to(window):
    window.show_page("client", client_id="c1")
    assert {"client_id": "c1"} == window.page.about
    assert ["clients"] == lit(window)


def test_the_keyboard_is_where_a_page_wants_it(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for at in ("second", "first"):
        window.start_at("client", at=at)
        assert window.page.fields[at] is QApplication.focusWidget()
        window.start_at("today")
    window.start_at("client")
    assert window.page is QApplication.focusWidget()


def test_back_leads_where_one_came_from(qtbot, window):
    window.show_page("clients")
    window.show_page("client", client_id="c1")
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert "clients" == window.page_name
    press(qtbot, window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert "today" == window.page_name
    window.back()
    assert "today" == window.page_name


def test_before_the_records_are_open_there_is_no_navigation(qtbot, window):
    window.start_at("unlock")
    press(qtbot, window, Qt.Key.Key_1)
    assert "unlock" == window.page_name
    assert not window.navigation.isVisible()


def test_a_page_reads_again_when_its_tables_changed(desk, window):
    before = window.page.read
    desk.do(clients.add, "Alice Example")
    assert before + 1 == window.page.read


def test_a_page_does_not_read_again_for_what_is_no_concern_of_it(desk, window):
    before = window.page.read
    desk.change_setting("session.minutes", 45)
    assert before == window.page.read


@pytest.mark.parametrize(("change", "reads"), [(None, 1), ("client", 2), ("setting", 1), ("day", 2), ("locked", 1)])
def test_a_lasting_page_is_read_again_only_where_something_of_it_changed(desk, clock, window, change, reads):
    window.show_page("hours")
    window.show_page("today")
    if change == "client":
        desk.do(clients.add, "Ana")
    elif change == "setting":
        desk.change_setting("cues.seconds", 12)
    elif change == "day":
        clock.advance(24 * 3600)
    elif change == "locked":
        window.forget_pages()
    window.show_page("hours")
    assert reads == window.page.read
    assert reads + 1 == read_after(desk, window, clients.add, "Ben"), "in front, it follows at once"


def read_after(desk, window, verb, *what) -> int:
    desk.do(verb, *what)
    return window.page.read


def test_a_refusal_is_said_and_ends_the_block(desk, window):
    with window.telling():
        desk.do(clients.add, " ")
        window.say("Stored.")
    assert window.message.sentence not in ("", "Stored.")


def test_a_sentence_retires_by_itself(qtbot, window):
    window.message._timer.setInterval(1)
    window.say("Stored.")
    assert "Stored." == window.message.sentence
    window.message._timer.start(1)
    qtbot.waitUntil(lambda: window.message.sentence == "")


def test_escape_puts_a_sentence_away_before_it_goes_back(qtbot, window):
    window.show_page("clients")
    window.say("Stored.")
    press(qtbot, window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert ("", "clients") == (window.message.sentence, window.page_name)


def test_locking_lets_go_of_every_page(qtbot, window):
    page = window.page
    window.forget_pages()
    with qtbot.waitSignal(page.destroyed):
        pass
    assert window.page is None


def test_the_place_is_remembered(qtbot, desk, window):
    window.setGeometry(40, 30, 900, 640)
    window.close()
    assert (40, 30, 900, 640, False) == desk.settings.window.geometry


def answer(yes: bool) -> list[str]:
    """Answer the next question as soon as it is asked; the list then holds its texts."""
    seen: list[str] = []

    def click():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Confirm)
        seen.extend(part.text() for part in dialog.findChildren(QLabel))
        (dialog.act if yes else dialog.keep).click()

    QTimer.singleShot(0, click)
    return seen


def test_quitting_in_a_session_asks_first_and_can_be_thought_better_of(desk, window):
    client = desk.do(clients.add, "Alice Example")
    window.sitting.begin(client.id, minutes=50)
    seen = answer(yes=False)
    assert not window.close()
    assert "session is running" in seen[0]
    assert not any("Alice" in text for text in seen)


def test_quitting_never_sounds_as_if_the_call_were_recorded(desk, window):
    window.sitting.begin(desk.do(clients.add, "Alice Example").id, minutes=50)
    seen = answer(yes=False)
    window.close()
    assert any("Its time goes on." in text for text in seen)
    assert not any("recorded" in text or "put back" in text for text in seen)


def test_quitting_says_that_what_is_quiet_is_put_back(desk, window, focus):
    window.focus = focus
    focus.enter(Plan.of(desk.settings, 60.0))
    window.sitting.begin(desk.do(clients.add, "Alice Example").id, minutes=50)
    seen = answer(yes=False)
    window.close()
    assert any("What is quiet now is put back." in text for text in seen)


def test_quitting_in_a_session_leaves_it_running_in_the_records(qtbot, desk, window):
    from coachdesk.practice import sessions

    client = desk.do(clients.add, "Alice Example")
    window.sitting.begin(client.id, minutes=50)
    answer(yes=True)
    with qtbot.waitSignal(window.quitted):
        assert window.close()
    assert desk.read(sessions.running) is not None


def test_quitting_while_a_file_is_written_asks_first(qtbot, window):
    held, done = Event(), []
    window.tasks.run(written_until(held), done=done.append, reports=True)
    seen = answer(yes=False)
    assert not window.close()
    assert "still at work" in seen[0]

    held.set()
    qtbot.waitUntil(lambda: ["written"] == done)
    with qtbot.waitSignal(window.quitted):
        assert window.close()


def written_until(held):
    def work(progress):
        held.wait(30)
        return "written"

    return work


def test_asking_names_what_goes(window):
    seen = answer(yes=True)
    assert window.ask("Remove this client?", ("Alice, 12 sessions",), "Remove")
    assert "Remove this client?" == seen[0]
    assert any("12 sessions" in text for text in seen)


def test_a_refusal_from_anywhere_is_one_sentence(window):
    with window.telling():
        raise Refused("The disk is full.")
    assert "The disk is full." == window.message.sentence


def test_the_window_comes_forward_when_asked(qtbot, window):
    window.step_aside()
    assert window.isMinimized()
    window.come_forward()
    assert not window.isMinimized()
