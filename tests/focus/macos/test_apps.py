"""Programs of a made-up Mac are hidden and shown again."""

import json

import pytest

from coachdesk.focus.blockers import Running
from coachdesk.focus.kept_down import KeptDown, running
from coachdesk.focus.macos.apps import Application, Dock, FakeWorkspace, blocker
from coachdesk.focus.plan import App, Plan

SLACK = Application(1, "com.tinyspeck.slackmacgap", "Slack", "/Applications/Slack.app")
NEWS = Application(2, "com.apple.news", "News", "/System/Applications/News.app", hidden=True)
ZOOM = Application(3, "us.zoom.xos", "zoom.us", "/Applications/zoom.us.app")
PLAN = Plan(60, apps=(App("com.tinyspeck.slackmacgap", "Slack"), App("com.apple.news", "News")))


@pytest.fixture
def workspace() -> FakeWorkspace:
    """Slack in sight, the news hidden already, and a call."""
    return FakeWorkspace({one.process: one for one in (SLACK, NEWS, ZOOM)})


def made(workspace: FakeWorkspace) -> KeptDown:
    """The blocker, which does not look by itself."""
    found = blocker(workspace)

    class Never:
        def close(self) -> None:
            """Nothing to stop."""

    found.looking = lambda _look: Never()
    return found


def hidden(workspace: FakeWorkspace) -> list[str]:
    """The names of what is hidden."""
    return [one.name for one in workspace.programs.values() if one.hidden]


def test_programs_are_hidden_and_what_was_hidden_before_stays_so(workspace: FakeWorkspace) -> None:
    keeping = made(workspace)
    before = keeping.capture(PLAN)
    keeping.apply(PLAN, before)
    assert ["Slack", "News"] == hidden(workspace)
    keeping.restore(before)
    assert ["News"] == hidden(workspace)


def test_after_a_kill_another_process_shows_them_again(workspace: FakeWorkspace) -> None:
    first = made(workspace)
    before = json.loads(json.dumps(first.capture(PLAN)))
    first.apply(PLAN, before)
    made(workspace).restore(before)
    assert ["News"] == hidden(workspace)


def test_what_shows_a_window_again_is_hidden_again(workspace: FakeWorkspace) -> None:
    keeping = made(workspace)
    before = keeping.capture(PLAN)
    keeping.apply(PLAN, before)
    for process in (1, 2):
        workspace.unhide(process)
    keeping.look()
    assert ["Slack", "News"] == hidden(workspace)
    keeping.restore(before)
    assert [] == hidden(workspace)


def test_a_window_counts_whatever_macos_last_said_of_its_program(workspace: FakeWorkspace) -> None:
    class Stale(FakeWorkspace):
        def on_screen(self) -> list[int]:
            return [2, 99]

    stale = Dock(Stale(workspace.programs))
    assert [("2", False)] == [(one.key, one.down) for one in stale.forward()]
    assert [("2", False)] == [(one.key, one.down) for one in stale.forward()]


def test_a_program_that_refuses_is_told_of(workspace: FakeWorkspace) -> None:
    workspace.programs[4] = Application(4, "com.apple.news", "News")
    workspace.stiff = {1}
    keeping = made(workspace)
    said = keeping.apply(PLAN, keeping.capture(PLAN))
    assert "Slack: the system does not let CoachDesk take these windows down." == said


def test_running_programs_have_their_names_and_places(workspace: FakeWorkspace) -> None:
    assert (
        Running(App("com.apple.news", "News"), "/System/Applications/News.app"),
        Running(App("com.tinyspeck.slackmacgap", "Slack"), "/Applications/Slack.app"),
        Running(
            App("us.zoom.xos", "zoom.us"),
            "/Applications/zoom.us.app",
            "It carries calls, so focus mode leaves it alone.",
        ),
    ) == running(Dock(workspace))


def test_how_to_bring_them_back_by_hand_is_told(workspace: FakeWorkspace) -> None:
    keeping = made(workspace)
    expected = "Bring these programs back with their pictures in the Dock: Slack."
    assert expected == keeping.by_hand(keeping.capture(PLAN))
    assert keeping.available()
