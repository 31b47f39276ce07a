"""Keys in words, the time zone, and the made-up machine."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coachdesk.clock import Clock
from coachdesk.errors import Refused
from coachdesk.machine.here import (
    EVENTS,
    Abilities,
    Ability,
    FakeMachine,
    Key,
    Machine,
    NoShortcuts,
    here,
    key,
    keys_of,
    wall,
    zone_name,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ctrl+Alt+Shift+M", Key("M", ctrl=True, alt=True, shift=True)),
        ("ctrl+alt+m", Key("M", ctrl=True, alt=True)),
        ("Meta+F9", Key("F9", meta=True)),
        ("F9", Key("F9")),
        ("Shift+F9", Key("F9", shift=True)),
        ("Ctrl+Alt+Right", Key("Right", ctrl=True, alt=True)),
        ("Ctrl++", Key("+", ctrl=True)),
        ("Ctrl + Alt + M", Key("M", ctrl=True, alt=True)),
        ("Ctrl+Num++", Key("+", ctrl=True, keypad=True)),
        ("Ctrl+,", Key(",", ctrl=True)),
        ("Alt+PageUp", Key("PgUp", alt=True)),
        ("Media Play", Key("Media Play")),
    ],
)
def test_portable_texts_are_read(text: str, expected: Key) -> None:
    assert key(text) == expected


@pytest.mark.parametrize("text", ["", "Ctrl+", "Ctrl+Alt", "Ctrl+K, Ctrl+C", "Hyper+M", "Ctrl+Ü", "Ctrl+F99", "+"])
def test_what_is_no_single_known_key_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        key(text)


@pytest.mark.parametrize("text", ["M", "Shift+M", "Num+5", "Space", "Shift+Return", "Tab", ","])
def test_keys_that_people_type_with_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="needed for typing; add Ctrl, Alt or Meta"):
        key(text)


@pytest.mark.parametrize("text", ["Ctrl+Alt+Shift+M", "Meta+Ctrl+Alt+Shift+Num+5", "Ctrl++", "F24", "Ctrl+Media Play"])
def test_a_key_is_written_as_it_is_read(text: str) -> None:
    assert key(text).text == text


def test_qt_writes_keys_as_we_read_them() -> None:
    from PySide6.QtGui import QKeySequence

    texts = ["Ctrl+Alt+Shift+M", "Meta+F9", "Ctrl+Alt+Right", "Ctrl++", "Ctrl+,", "Alt+PgUp", "Ctrl+Num+5", "Ctrl+Esc"]
    texts += [
        "Ctrl+Ins",
        "Ctrl+Del",
        "Ctrl+Backspace",
        "Ctrl+Return",
        "Ctrl+Enter",
        "Volume Mute",
        "Media Play",
        "Menu",
    ]
    portable = QKeySequence.SequenceFormat.PortableText
    assert [QKeySequence(text, portable).toString(portable) for text in texts] == texts
    assert [key(text).text for text in texts] == texts


def test_a_table_is_read_without_empty_and_doubled_keys() -> None:
    read, refused = keys_of({"mark": "Ctrl+Alt+M", "jot": "", "hold": "ctrl+alt+m", "end": "E"})
    assert read == {"mark": Key("M", ctrl=True, alt=True)}
    assert refused == {
        "hold": "“ctrl+alt+m” is chosen for two actions.",
        "end": "“E” is needed for typing; add Ctrl, Alt or Meta.",
    }


def test_an_ability_is_true_or_false_and_says_why() -> None:
    assert Ability(True)
    assert not Ability(False, "There is no screen here.")


def test_abilities_are_found_out_once_and_when_asked() -> None:
    asked = []

    def check() -> Ability:
        asked.append("bar")
        return Ability(True)

    can = Abilities({"bar_on_top": check})
    assert (list(can), len(can), asked) == (["bar_on_top"], 1, [])
    assert can["bar_on_top"]
    assert can["bar_on_top"]
    assert asked == ["bar"]


def test_wall_time_is_utc() -> None:
    assert wall().tzinfo is UTC
    assert abs(wall().timestamp() - time.time()) < 60


def test_wall_time_is_read_in_one_place_only() -> None:
    package = Path(__file__).parents[2] / "coachdesk"
    reading = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(
            call in path.read_text(encoding="utf-8")
            for call in ("datetime.now(", ".utcnow(", "date.today(", "time.time()")
        )
    ]
    assert reading == ["machine/here.py"]


def test_the_time_zone_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    assert zone_name() == "America/New_York"
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert zone_name() == "Asia/Kolkata"


@pytest.mark.parametrize("value", ["Nowhere/Atall", ":", "/etc/hostname", "CET-1CEST,M3.5.0,M10.5.0/3", "\x01"])
def test_a_time_zone_that_cannot_be_told_is_utc(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TZ", value)
    assert zone_name() == "UTC"


def test_this_computer_is_chosen() -> None:
    assert here().kind == "headless"


def test_no_shortcuts_says_why_for_each_key() -> None:
    none = NoShortcuts("There is no screen here.")
    assert none.bind({"mark": "Ctrl+Alt+M", "jot": ""}) == {"mark": "There is no screen here."}
    none.close()


def test_choosing_a_computer_imports_no_other_systems() -> None:
    program = "import sys; from coachdesk.machine.here import here; here().now(); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    loaded = set(done.stdout.replace("'", "").strip("[]\n").split(", "))
    assert not loaded & {
        "coachdesk.machine.windows",
        "coachdesk.machine.macos",
        "Xlib",
        "jeepney",
        "PySide6",
        "ctypes.wintypes",
    }


# --- the made-up machine ---


def test_the_fake_is_a_machine_and_a_clock() -> None:
    fake = FakeMachine()
    machine: Machine = fake
    clock: Clock = fake
    assert clock.now() == machine.now()
    assert fake.now().at == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    fake.clock.advance(90)
    assert fake.now().at == datetime(2026, 3, 2, 12, 0, tzinfo=UTC) + timedelta(seconds=90)
    assert fake.real_seconds(5) == 5
    fake.zone = "Asia/Tokyo"
    assert fake.time_zone() == "Asia/Tokyo"


def test_the_fakes_keys_are_pressed_by_hand() -> None:
    fake = FakeMachine(taken={"Ctrl+Alt+J"})
    heard: list[str] = []
    shortcuts = fake.shortcuts(heard.append)
    refused = shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J", "hold": ""})
    assert refused == {"jot": "Another program already uses “Ctrl+Alt+J”."}
    fake.press("mark")
    for unbound in ("jot", "hold"):
        with pytest.raises(LookupError):
            fake.press(unbound)
    shortcuts.close()
    shortcuts.close()
    with pytest.raises(LookupError):
        fake.press("mark")
    assert heard == ["mark"]


def test_the_fakes_events_are_emitted_by_hand() -> None:
    fake = FakeMachine()
    heard: list[str] = []
    watch = fake.watch(heard.append)
    for event in EVENTS:
        fake.emit(event)
    with pytest.raises(ValueError, match="exploded"):
        fake.emit("exploded")
    watch.close()
    watch.close()
    fake.emit("locked")
    assert heard == ["locked", "unlocked", "sleeping", "woke"]


def test_the_fake_remembers_windows() -> None:
    fake = FakeMachine(active="the call")
    token = fake.active_window()
    fake.keep_on_top(7)
    fake.active = "the field"
    assert token is not None
    fake.activate(token)
    assert (fake.active_window(), fake.activations, fake.kept_on_top) == ("the call", ["the call"], [7])


def test_the_fake_keeps_windows_out_of_screen_sharing_where_it_can() -> None:
    fake = FakeMachine()
    assert fake.exclude_from_capture(7) is True
    fake.confirms_exclusion = False
    assert fake.exclude_from_capture(8) is False
    assert FakeMachine(can={}).exclude_from_capture(9) is False
    assert fake.excluded == [7]
