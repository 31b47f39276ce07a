"""Notifications on Windows: “Do not disturb”, chosen only where nothing of the kind was chosen, and read back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from coachdesk.focus.blockers import YES, Before, Failed, Support, Values
from coachdesk.focus.plan import Plan
from coachdesk.words import _

PRIORITY_ONLY = "Microsoft.QuietHoursProfile.PriorityOnly"
"""What the switch “Do not disturb” of Windows 11 sets."""
OFF = "Microsoft.QuietHoursProfile.Unrestricted"
FIRST = 17134
"""The build of Windows 10 version 1803, the first with these profiles."""


class Api(Protocol):
    """The questions put to Windows; ``quiet_hours.QuietHours`` puts them."""

    def profile(self) -> tuple[str, str]:
        """The profile chosen now, and the one that means off, "" where Windows does not tell it; raises OSError."""
        ...

    def choose(self, profile: str) -> None:
        """Choose a profile; raises OSError."""
        ...


@dataclass
class FakeQuietHours:
    """A profile in a field."""

    chosen: str = OFF
    off: str = OFF
    deaf: bool = False
    """Takes every choice and keeps its own."""
    gone: bool = False
    """Answers nothing, as a Windows that has no such interface any more."""

    def profile(self) -> tuple[str, str]:
        """Both fields."""
        self._there()
        return self.chosen, self.off

    def choose(self, profile: str) -> None:
        """Change the field, unless deaf."""
        self._there()
        self.chosen = self.chosen if self.deaf else profile

    def _there(self) -> None:
        if self.gone:
            raise OSError("CoCreateInstance: 0x80040154")


def by_yourself() -> str:
    """Where a person switches it."""
    return _(
        "Windows did not switch “Do not disturb”. You can do it in the settings of Windows under System, Notifications "
        "(press the Windows key and R together, and enter ms-settings:notifications)."
    )


@dataclass(frozen=True)
class Profile:
    """The chosen profile as a setting."""

    api: Api
    key: str = "profile"

    def read(self) -> str:
        """The identity of the profile; raises Failed."""
        return self._now()[0]

    def write(self, value: str | None) -> None:
        """Choose it, and believe only what Windows then answers; raises Failed."""
        try:
            self.api.choose(value or OFF)
            taken = self.api.profile()[0] == (value or OFF)
        except OSError as why:
            raise Failed(by_yourself()) from why
        if not taken:
            raise Failed(by_yourself())

    def wanted(self) -> str:
        """Priority only where nothing is held back now; a stricter choice of the person's own stays."""
        chosen, off = self._now()
        return PRIORITY_ONLY if chosen in (off, OFF) else chosen

    def _now(self) -> tuple[str, str]:
        try:
            return self.api.profile()
        except OSError as why:
            raise Failed(by_yourself()) from why


def blocker(api: Api, build: Callable[[], int]) -> Values:
    """The blocker; ``build`` tells that of Windows."""
    profile = Profile(api)

    def support() -> Support:
        if build() < FIRST:
            return Support("no", _("Switching “Do not disturb” needs Windows 10 version 1803 or a newer one."))
        try:
            profile.read()
        except Failed as why:
            return Support("no", why.sentence)
        return YES

    def ours(_plan: Plan) -> tuple[str]:
        return (profile.wanted(),)

    def by_hand(_before: Before) -> str:
        return by_yourself()

    return Values("notifications", "quiet hours", (profile,), ours, support, by_hand)
