"""The program's beginning: the window without a verb, one window per folder, a sentence where there is no screen."""

from pathlib import Path

import pytest

from coachdesk import __version__
from coachdesk.__main__ import _prepare_display, main
from coachdesk.instance import Instance
from coachdesk.machine.here import FakeMachine
from coachdesk.paths import Home


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["--version"])
    assert f"CoachDesk {__version__}\n" == capsys.readouterr().out


def test_a_second_start_raises_the_first_and_is_done(home: Home) -> None:
    asked: list[dict] = []
    first = Instance.take(home)
    assert first is not None
    first.serve(lambda request: asked.append(request) or {"ok": None})
    try:
        assert 0 == main([])
        assert 0 == main(["--home", str(home.root)])
    finally:
        first.close()
    assert [{"verb": "raise"}, {"verb": "raise"}] == asked


@pytest.mark.parametrize("written", ["All of it.coachdesk", "ALL.COACHDESK", "file://{folder}/All%20of%20it.coachdesk"])
def test_a_file_given_is_handed_to_the_window_that_is_open(
    written: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[dict] = []
    first = Instance.take(home)
    assert first is not None
    first.serve(lambda request: asked.append(request) or {"ok": None})
    try:
        assert 0 == main([written.format(folder=tmp_path)])
    finally:
        first.close()
    name = "All of it.coachdesk" if "file:" in written else written
    assert [{"verb": "raise", "arguments": {"file": str(tmp_path / name)}}] == asked


def test_a_start_at_login_leaves_an_open_window_as_it_is(home: Home) -> None:
    asked: list[dict] = []
    first = Instance.take(home)
    assert first is not None
    first.serve(lambda request: asked.append(request) or {"ok": None})
    try:
        assert 0 == main(["--minimised"])
    finally:
        first.close()
    assert [] == asked


def test_the_computer_is_told_whose_windows_will_come_before_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("QT_MAC_SET_RAISE_PROCESS", "0")
    machine = FakeMachine(kind="windows")
    _prepare_display(machine)
    assert machine.introduced


@pytest.mark.parametrize("words", [[], ["rehearse"]])
def test_without_a_screen_there_is_one_clear_sentence(
    words: list[str], home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    assert 1 == main(words)
    told = capsys.readouterr()
    assert ("", "There is no screen here to open a window on; coachdesk --help lists what works without one.\n") == told
    assert not home.records.exists()


def test_a_screen_that_does_not_answer_is_told(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("DISPLAY", ":64999")
    assert 1 == main([])
    assert "The screen :64999 does not answer" in capsys.readouterr().err


def test_the_place_is_free_again_after_a_refusal(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    main([])
    own = Instance.take(home)
    assert own is not None
    own.close()
