"""The guardian in one process with its app: everything that happens is one queue, and every end puts back."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from coachdesk import words
from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.focus import beats, guardian, recovery
from coachdesk.focus.blockers import FakeSystem, Support
from coachdesk.focus.journal import Journal
from coachdesk.focus.plan import App, Outcome, Plan

PATIENCE = 30.0
BEFORE = {"banners": "on", "proxy mode": "none"}
PLAN = Plan(3600, ("notifications", "awake", "apps"), apps=(App("chat", "Chat"),))
SITES = Plan(3600, ("notifications", "sites"), ("social.example",))


class Post(SimpleQueue[dict[str, Any]]):
    """What happens to a guardian, and how much of it is done: when it asks for more, the last is."""

    def __init__(self) -> None:
        self.said = self.done = 0
        self._doing = False
        self._changed = threading.Condition()

    def put(self, message: dict[str, Any]) -> None:
        self.said += 1
        super().put(message)

    def get(self, *patience: object, **timeout: Any) -> dict[str, Any]:
        with self._changed:
            self.done += self._doing
            self._doing = False
            self._changed.notify_all()
        message = super().get(*patience, **timeout)
        self._doing = True
        return message

    def settle(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.done >= self.said, PATIENCE)


class Held:
    """A guardian on a thread of its own, and what it tells."""

    def __init__(self, folder: Path, clock: Still) -> None:
        self.system = FakeSystem(settings=dict(BEFORE))
        self.told: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self.faults: list[Exception] = []
        self.journal = Journal(folder / "focus")
        self.guardian = guardian.Guardian(
            self.system, clock, self.journal.folder, self.told.put, Post(), report=self.faults.append
        )
        self.thread = threading.Thread(target=self.guardian.hold)
        self.thread.start()

    def say(self, **message: object) -> None:
        """Say something to it, as the app does or as happens."""
        self.guardian.post.put(message)

    def enter(self, plan: Plan) -> dict[str, Any]:
        """Hand it a plan; what it answers."""
        self.say(enter=plan.as_json(), language=None)
        return self.hears()

    def hears(self) -> dict[str, Any]:
        """What it tells next, but for where the beats are to be heard and that it hears."""
        while True:
            message = self.told.get(timeout=PATIENCE)
            if not {"beats", "hearing"} & message.keys():
                return message

    def settle(self) -> None:
        """Wait until everything said so far has been done."""
        self.guardian.post.settle()

    def close(self) -> None:
        """End it, if it still holds."""
        self.say(gone=True)
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


@pytest.fixture
def held(tmp_path: Path, clock: Still) -> Iterator[Held]:
    made = Held(tmp_path, clock)
    yield made
    made.close()


def test_it_says_what_became_of_each_blocker_and_puts_back_when_told(held: Held) -> None:
    on = held.enter(PLAN)
    assert ["notifications", "awake", "apps"] == [one["blocker"] for one in on["on"]]
    assert "off" == held.system.settings["banners"]
    held.say(leave=True)
    assert {"put_back": ("apps", "awake", "notifications"), "left": (), "by_hand": ()} == held.hears()["off"]
    assert BEFORE == held.system.settings


def test_the_end_of_the_app_puts_back(held: Held) -> None:
    held.enter(PLAN)
    held.say(gone=True)
    assert "gone" == held.hears()["why"]
    assert BEFORE == held.system.settings


def test_an_app_that_is_gone_before_it_said_anything_changes_nothing(held: Held) -> None:
    held.close()
    assert BEFORE == held.system.settings
    assert held.told.empty()


def test_the_deadline_counts_the_computer_s_sleep(held: Held, clock: Still) -> None:
    held.enter(PLAN)
    clock.sleep(3601)
    held.say(hello=True)  # it looks at the clock whenever something happens, or after 15 s
    assert "time" == held.hears()["why"]
    assert BEFORE == held.system.settings


def test_the_deadline_can_be_moved(held: Held, clock: Still) -> None:
    held.enter(PLAN)
    held.say(last=7200)
    held.settle()
    assert 7200 == pytest.approx(recovery.status(held.journal.folder)["left"])
    clock.advance(3601)
    assert 3599 == pytest.approx(recovery.status(held.journal.folder)["left"])


def test_others_may_ask_how_it_stands_and_for_its_end(held: Held) -> None:
    held.enter(PLAN)
    assert 3 == len(recovery.status(held.journal.folder)["on"])
    assert {"apps", "awake", "notifications"} == set(recovery.undo(held.journal.folder, held.system).put_back)
    assert "asked" == held.hears()["why"]
    assert BEFORE == held.system.settings
    assert recovery.status(held.journal.folder) is None


def test_before_websites_are_kept_away_it_says_where_its_beats_are_heard(held: Held) -> None:
    held.say(enter=SITES.as_json(), language=None)
    port, nonce = held.told.get(timeout=PATIENCE)["beats"]
    assert "on" in held.told.get(timeout=PATIENCE)
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as app:
        app.sendall(f"GET {beats.path(nonce)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert beats.BEGUN == app.recv(len(beats.BEGUN))
        assert beats.SIGN == app.recv(1)


def test_a_block_server_that_hangs_is_taken_out_of_the_way_and_said(held: Held) -> None:
    held.enter(SITES)
    held.say(hung=True)
    told = {one["blocker"]: one for one in held.hears()["on"]}
    assert (True, False) == (told["notifications"]["quiet"], told["sites"]["quiet"])
    assert "did not answer" in told["sites"]["sentence"]
    assert {**BEFORE, "banners": "off"} == held.system.settings


def test_that_it_hears_of_a_block_server_that_hangs_is_said_before_anything_is_put_back(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.enter(SITES)
    going_on = threading.Event()
    close = held.guardian._server.close

    def slow(_patience: float) -> None:
        assert going_on.wait(PATIENCE)
        close()

    monkeypatch.setattr(held.guardian._server, "close", slow)
    held.say(hung=True)
    assert {"hearing": True} == held.told.get(timeout=PATIENCE)
    going_on.set()
    assert "on" in held.hears()


def test_a_block_server_that_fails_is_reported_and_websites_are_opened(held: Held) -> None:
    held.enter(SITES)
    held.guardian._server._failed(OSError("no more files"))
    told = {one["blocker"]: one["quiet"] for one in held.hears()["on"]}
    assert {"notifications": True, "sites": False} == told
    assert ["no more files"] == [str(fault) for fault in held.faults]
    assert {**BEFORE, "banners": "off"} == held.system.settings


def test_without_a_list_nothing_listens(held: Held) -> None:
    held.enter(PLAN)
    assert not [thread for thread in threading.enumerate() if thread.name == "block-server"]


def test_where_websites_cannot_be_kept_away_nothing_goes_on_listening(held: Held) -> None:
    held.system.supports = {"sites": Support("no", "Your computer uses a proxy already.")}
    assert not any(one["quiet"] for one in held.enter(SITES)["on"] if one["blocker"] == "sites")
    held.settle()
    assert not [thread for thread in threading.enumerate() if thread.name == "block-server"]


def test_the_entry_at_login_is_made_with_the_first_use_and_only_if_wanted(held: Held) -> None:
    held.enter(PLAN)
    assert "--restore-only" == held.system.login.command[-1]


def test_the_entry_at_login_is_left_out_if_it_is_not_wanted(held: Held) -> None:
    held.enter(Plan(60, ("awake",), at_login=False))
    assert held.system.login.command is None


def test_a_second_one_is_refused(held: Held, tmp_path: Path, clock: Still) -> None:
    held.enter(PLAN)
    second = Held(tmp_path, clock)
    assert "Focus mode is on already; it was begun elsewhere on this computer." == second.enter(PLAN)["refused"]
    second.close()
    assert BEFORE == second.system.settings


def test_a_plan_of_another_version_is_refused_in_words(held: Held) -> None:
    held.say(enter={"lamps": 3})
    assert "This plan for focus mode comes from another version of CoachDesk." == held.hears()["refused"]


def test_a_fault_of_ours_is_reported_and_everything_put_back(held: Held) -> None:
    held.enter(PLAN)
    held.say(last="soon")
    assert "Something in focus mode went wrong, and it is our mistake." == held.hears()["refused"]
    assert [ValueError] == [type(fault) for fault in held.faults]
    assert BEFORE == held.system.settings


def test_what_is_no_knock_of_ours_at_the_door_does_no_harm(held: Held) -> None:
    from coachdesk.machine import doors

    held.enter(PLAN)
    for said in (b"", b"[1, 2]", b"\xff", json.dumps({"status": 1, "more": "x" * 10_000}).encode()):
        name, folder = recovery.door_of(held.journal.folder)
        wire = doors.knock(name, PATIENCE, folder)
        wire.send(said, PATIENCE)
        wire.close()
    assert 3 == len(recovery.status(held.journal.folder)["on"])


def test_a_crowd_at_the_door_that_says_nothing_takes_no_more_than_its_room(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coachdesk.machine import doors

    monkeypatch.setattr(guardian, "ANSWER", 10 * PATIENCE)
    held.enter(PLAN)
    name, folder = recovery.door_of(held.journal.folder)
    crowd = [doors.knock(name, PATIENCE, folder) for _each in range(guardian.KNOCKS + 1)]
    with pytest.raises((EOFError, ConnectionError)):
        crowd[-1].receive(PATIENCE)
    for wire in crowd:
        wire.close()
    assert 3 == len(recovery.status(held.journal.folder)["on"])


def test_where_the_folder_cannot_be_used_it_says_so(tmp_path: Path, clock: Still) -> None:
    (tmp_path / "focus").write_text("a file in its place")
    held = Held(tmp_path, clock)
    assert "cannot be used" in held.enter(PLAN)["refused"]
    held.close()
    with pytest.raises(Refused, match="cannot be used"):
        recovery.undo(tmp_path / "focus", held.system)


def test_where_nothing_may_listen_only_websites_stay_loud(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket, "create_server", refused)
    on = held.enter(SITES)["on"]
    assert [("notifications", True), ("sites", False)] == [(one["blocker"], one["quiet"]) for one in on]
    assert "no door" in on[1]["sentence"]


def test_the_page_in_place_of_a_website_names_the_end_also_a_later_one(held: Held) -> None:
    held.enter(replace(SITES, until="15:30"))
    assert "15:30" in page_in_place(held)
    held.say(last=600, until="16:00")
    held.settle()
    assert "16:00" in page_in_place(held)


def page_in_place(held: Held) -> str:
    """What a browser is shown that asks for the chosen website."""
    with socket.create_connection(("127.0.0.1", held.guardian._server._port), PATIENCE) as browser:
        browser.sendall(b"GET http://social.example/ HTTP/1.1\r\nHost: social.example\r\n\r\n")
        return b"".join(iter(lambda: browser.recv(65536), b"")).decode()


def test_it_can_be_asked_how_it_stands_while_it_still_enters(held: Held) -> None:
    entering, going_on = threading.Event(), threading.Event()

    class Slow(dict[str, str]):
        def __setitem__(self, key: str, value: str) -> None:
            entering.set()
            assert going_on.wait(PATIENCE)
            super().__setitem__(key, value)

    held.system.settings = Slow(BEFORE)
    held.say(enter=PLAN.as_json())
    assert entering.wait(PATIENCE)
    assert [] == recovery.status(held.journal.folder)["on"]
    assert Outcome() == recovery.recover(held.journal.folder, held.system)
    going_on.set()
    assert 3 == len(held.hears()["on"])


def test_everybody_who_asks_for_the_end_is_told_of_it(held: Held) -> None:
    held.enter(PLAN)
    answers = [SimpleQueue() for _each in range(3)]
    for answer in answers:
        held.say(leave=True, answer=answer)
    assert 3 == len([answer.get(timeout=PATIENCE)["off"] for answer in answers])


def test_websites_that_cannot_be_opened_again_are_said_at_once_and_at_the_end(held: Held) -> None:
    held.enter(SITES)
    held.system.stuck.add("proxy mode")
    held.say(hung=True)
    assert "Put back proxy url, proxy mode." == held.hears()["on"][1]["sentence"]
    held.say(leave=True)
    assert ("Put back proxy url, proxy mode.",) == held.hears()["off"]["by_hand"]


def test_a_block_server_that_fails_after_it_was_given_up_changes_nothing_that_was_said(held: Held) -> None:
    """Its thread wakes from hanging, on connections that are closed."""
    held.enter(SITES)
    held.system.stuck.add("proxy mode")
    held.say(hung=True)
    assert "Put back proxy url, proxy mode." == held.hears()["on"][1]["sentence"]
    held.guardian._server._failed(OSError("not a socket"))
    held.settle()
    assert "Put back proxy url, proxy mode." == recovery.status(held.journal.folder)["on"][1]["sentence"]
    assert held.told.empty()


def test_its_words_are_in_the_language_of_the_app(held: Held) -> None:
    try:
        held.say(enter=PLAN.as_json(), language="de")
        held.hears()
        assert "de" == words.spoken()
    finally:
        words.speak()


def test_what_somebody_changes_meanwhile_is_no_longer_said_to_be_quiet(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guardian, "LOOKING", 0.0)
    held.enter(PLAN)
    held.system.settings["banners"] = "on"
    held.system.settings["windows"] = "up again"  # that is for the person to do
    held.say(hello=True)  # it looks whenever something happens, or after 15 s
    held.settle()
    on = held.hears()["on"]
    assert [("notifications", False), ("awake", True), ("apps", True)] == [(one["blocker"], one["quiet"]) for one in on]
    assert "This was changed meanwhile, and is left as it is." == on[0]["sentence"]
    assert "on" == held.system.settings["banners"]
