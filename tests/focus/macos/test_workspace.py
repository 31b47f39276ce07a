"""What AppKit and CoreGraphics tell becomes plain values."""

from typing import Any

from coachdesk.focus.macos.apps import Application
from coachdesk.focus.macos.workspace import owners, regular


class FakeUrl:
    """An NSURL."""

    def path(self) -> str:
        """Where it points."""
        return "/Applications/Slack.app"


class FakeRunning:
    """An NSRunningApplication."""

    def __init__(self, process: int, bundle: str | None, name: str | None, policy: int = 0, **more: Any) -> None:
        self._facts = (process, bundle, name, policy, more.get("url"), more.get("hidden", False))

    def processIdentifier(self) -> int:
        """Its process."""
        return int(self._facts[0])

    def bundleIdentifier(self) -> str | None:
        """Its bundle."""
        return self._facts[1]

    def localizedName(self) -> str | None:
        """Its name."""
        return self._facts[2]

    def activationPolicy(self) -> int:
        """Whether it has a place in the Dock."""
        return self._facts[3]

    def bundleURL(self) -> Any:
        """Where it lies."""
        return self._facts[4]

    def isHidden(self) -> bool:
        """Whether it is hidden."""
        return bool(self._facts[5])


def test_only_programs_with_a_place_in_the_dock_are_told() -> None:
    told = [
        FakeRunning(1, "com.tinyspeck.slackmacgap", "Slack", url=FakeUrl(), hidden=True),
        FakeRunning(2, "com.apple.Spotlight", "Spotlight", policy=1),
        FakeRunning(3, None, "tool"),
        FakeRunning(4, None, None),
    ]
    assert [
        Application(1, "com.tinyspeck.slackmacgap", "Slack", "/Applications/Slack.app", hidden=True),
        Application(3, "tool", "tool"),
        Application(4, "", ""),
    ] == regular(told)


def test_only_ordinary_windows_count_as_being_on_a_screen() -> None:
    told = [
        {"kCGWindowOwnerPID": 1, "kCGWindowLayer": 0},
        {"kCGWindowOwnerPID": 1, "kCGWindowLayer": 0},
        {"kCGWindowOwnerPID": 2, "kCGWindowLayer": 25},
        {"kCGWindowOwnerPID": 3},
    ]
    assert {1} == owners(told)
