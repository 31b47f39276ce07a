"""News from other threads arrives on the window's thread; requests of other starts are answered there."""

import threading

import pytest

from coachdesk.errors import Refused
from coachdesk.focus.mode import State
from coachdesk.ui.bridge import Asked, Bridge


class Asking(threading.Thread):
    """Another start of CoachDesk that asks the window."""

    def __init__(self, bridge: Bridge, request: dict) -> None:
        super().__init__(daemon=True)
        self.bridge, self.request = bridge, request
        self.answer: dict | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.answer = self.bridge.handle(self.request)
        except Exception as error:
            self.error = error


@pytest.fixture
def bridge(qapp):
    return Bridge()


@pytest.fixture
def ask(qtbot, bridge):
    def asked(request):
        asking = Asking(bridge, request)
        asking.start()
        qtbot.waitUntil(lambda: not asking.is_alive())
        return asking

    return asked


def test_a_key_pressed_on_another_thread_is_heard_on_the_window_s(qtbot, bridge):
    heard = []
    bridge.key_pressed.connect(lambda name: heard.append((name, threading.current_thread())))
    thread = threading.Thread(target=bridge.press, args=("mark",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: heard != [])
    assert [("mark", threading.main_thread())] == heard


def test_what_changed_is_passed_on(qtbot, bridge):
    with qtbot.waitSignal(bridge.changed) as told:
        bridge.announce(frozenset({int}))
    assert [frozenset({int})] == told.args


def test_how_focus_mode_stands_is_heard_on_the_window_s_thread(qtbot, bridge):
    heard = []
    bridge.focus_changed.connect(lambda state: heard.append((state.phase, threading.current_thread())))
    thread = threading.Thread(target=bridge.focus, args=(State("on"),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: heard != [])
    assert [("on", threading.main_thread())] == heard


def test_a_request_is_answered_on_the_window_s_thread(bridge, ask):
    bridge.answer_with(lambda request: {"ok": [request["verb"], threading.current_thread() is threading.main_thread()]})
    assert {"ok": ["raise", True]} == ask({"verb": "raise"}).answer


def test_what_takes_long_is_answered_on_the_caller_s_own_thread(bridge, ask):
    bridge.answer_with(lambda _request: lambda: {"ok": threading.current_thread() is threading.main_thread()})
    assert {"ok": False} == ask({"verb": "backup.verify"}).answer


def test_a_refusal_reaches_who_asked(bridge, ask):
    def refuse(_request):
        raise Refused("Not now.")

    bridge.answer_with(refuse)
    assert "Not now." == ask({"verb": "client.add"}).error.sentence


def test_a_bug_in_an_answer_reaches_who_asked_and_not_the_window(bridge, ask):
    bridge.answer_with(lambda request: request["missing"])
    assert KeyError is type(ask({"verb": "raise"}).error)


def test_before_the_window_is_ready_a_request_is_refused_in_words(bridge, ask):
    assert "starting" in ask({"verb": "raise"}).error.sentence


def test_what_a_caller_was_told_to_try_again_is_not_done_any_more(qtbot, qapp):
    done = []
    busy = Bridge(patience=0.0)  # the window's thread stands in this test, so nothing is begun in time
    busy.answer_with(lambda request: done.append(request["verb"]) or {"ok": None})
    asking = Asking(busy, {"verb": "session.log"})
    asking.start()
    asking.join()
    qapp.processEvents()
    assert "CoachDesk is busy; try again in a moment." == asking.error.sentence
    assert [] == done


def test_what_was_begun_cannot_be_given_up(bridge):
    given_up = []
    asked = Asked(lambda: given_up.append(asked.take()))
    asked.do()
    assert [False] == given_up
    assert (None, None) == asked.outcome.get_nowait()


def test_what_was_given_up_is_not_begun(bridge):
    done = []
    asked = Asked(lambda: done.append("an hour"))
    assert asked.take()
    asked.do()
    assert [] == done
