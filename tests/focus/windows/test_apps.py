"""Windows of programs on a made-up Windows."""

import json

import pytest

from coachdesk.focus.blockers import Failed, Running
from coachdesk.focus.kept_down import KeptDown, running
from coachdesk.focus.plan import App, Plan
from coachdesk.focus.windows.apps import MINIMISE, RESTORE, SHOW, FakeWindowList, Taskbar, Window, blocker

SLACK, NEWS, ZOOM = r"C:\Users\Mara\slack\slack.exe", r"C:\Apps\News.exe", r"C:\Apps\Zoom.exe"
PLAN = Plan(60, apps=(App("slack.exe", "Slack"), App("news.exe", "News")))


@pytest.fixture
def windows() -> FakeWindowList:
    """Slack maximised, the news beside it with a window that lies minimised, the call, and a program of more rights."""
    return FakeWindowList(
        [
            Window(10, 1, maximised=True),
            Window(20, 2),
            Window(21, 2, down=True),
            Window(30, 3),
            Window(40, 4),
        ],
        {1: SLACK, 2: NEWS, 3: ZOOM},
    )


def made(windows: FakeWindowList) -> KeptDown:
    """The blocker, which does not look by itself."""
    found = blocker(windows)

    class Never:
        def close(self) -> None:
            """Nothing to stop."""

    found.looking = lambda _look: Never()
    return found


def test_windows_are_minimised_and_come_back_as_they_were(windows: FakeWindowList) -> None:
    keeping = made(windows)
    earlier, before = keeping.observe(), keeping.capture(PLAN)
    keeping.apply(PLAN, before)
    keeping.restore(before)
    assert [(10, MINIMISE), (20, MINIMISE), (10, RESTORE), (20, SHOW)] == windows.asked
    assert earlier == keeping.observe()


def test_after_a_kill_another_process_brings_them_back(windows: FakeWindowList) -> None:
    first = made(windows)
    before = json.loads(json.dumps(first.capture(PLAN)))
    first.apply(PLAN, before)
    made(windows).restore(before)
    assert [(10, RESTORE), (20, SHOW)] == windows.asked[2:]


def test_a_handle_that_another_process_has_by_now_is_left_alone(windows: FakeWindowList) -> None:
    before = made(windows).capture(PLAN)
    windows.all = [Window(10, 9, down=True)]
    windows.programs = {9: SLACK}
    made(windows).restore(before)
    assert [] == windows.asked


def test_the_window_that_gets_the_keyboard_goes_down_again(windows: FakeWindowList) -> None:
    keeping = made(windows)
    before = keeping.capture(PLAN)
    keeping.apply(PLAN, before)
    windows.show(20, SHOW)
    windows.front = 30
    keeping.look()
    assert (20, SHOW) == windows.asked[-1]
    windows.front = 20
    keeping.look()
    assert (20, MINIMISE) == windows.asked[-1]
    windows.front = 0
    keeping.look()


def test_a_program_with_more_rights_is_told_of(windows: FakeWindowList) -> None:
    windows.stiff = {10}
    keeping = made(windows)
    said = keeping.apply(PLAN, keeping.capture(PLAN))
    assert "Slack: the system does not let CoachDesk take these windows down." == said
    windows.stiff = {10, 20}
    windows.show(20, SHOW)
    with pytest.raises(Failed):
        made(windows).apply(Plan(60, apps=(App("slack.exe", "Slack"),)), made(windows).capture(PLAN))


@pytest.mark.parametrize(
    "window",
    [
        Window(50, 1, visible=False),
        Window(50, 1, cloaked=True),
        Window(50, 1, owned=True),
        Window(50, 1, tool=True),
        Window(50, 1, cloaked=True, app=True),
    ],
)
def test_windows_without_a_button_in_the_taskbar_are_not_counted(windows: FakeWindowList, window: Window) -> None:
    windows.all = [window]
    windows.front = 50
    assert ([], []) == (list(Taskbar(windows).shown()), list(Taskbar(windows).forward()))


def test_an_owned_window_that_wants_a_button_is_counted(windows: FakeWindowList) -> None:
    windows.all = [Window(50, 1, owned=True, app=True)]
    assert ["50:1"] == [one.key for one in Taskbar(windows).shown()]


def test_a_program_from_the_store_that_fell_asleep_while_down_comes_back(windows: FakeWindowList) -> None:
    keeping = made(windows)
    before = keeping.capture(PLAN)
    keeping.apply(PLAN, before)
    windows.programs[1] = r"C:\Windows\System32\ApplicationFrameHost.exe"
    keeping.restore(before)
    assert (10, RESTORE) in windows.asked


def test_an_empty_frame_of_windows_is_no_program(windows: FakeWindowList) -> None:
    windows.programs = {1: r"C:\Windows\System32\ApplicationFrameHost.exe"}
    assert [] == list(Taskbar(windows).shown())


def test_running_programs_have_their_names_and_their_files(windows: FakeWindowList) -> None:
    assert (
        Running(App("news.exe", "News"), NEWS),
        Running(App("slack.exe", "Slack"), SLACK),
        Running(App("zoom.exe", "Zoom"), ZOOM, "It carries calls, so focus mode leaves it alone."),
    ) == running(Taskbar(windows))


def test_how_to_bring_them_back_by_hand_is_told(windows: FakeWindowList) -> None:
    keeping = made(windows)
    expected = "Bring the windows of these programs back with their buttons in the taskbar: Slack, News."
    assert expected == keeping.by_hand(keeping.capture(PLAN))
    assert keeping.available()
