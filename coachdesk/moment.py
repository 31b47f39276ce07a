"""What a face shows of the running session at one moment, and the sentences about time itself."""

import math
from dataclasses import dataclass
from datetime import datetime

from coachdesk.words import _, ngettext


@dataclass(frozen=True)
class ShownCue:
    """The cue on screen: the record of its showing, its kind, a line of at most 60 characters, the full wording."""

    id: str
    kind: str
    short: str
    text: str


@dataclass(frozen=True)
class Notice:
    """One sentence about the time itself, with the choices it leaves."""

    kind: str
    sentence: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Moment:
    """Everything a face needs to show the session as it is now."""

    session_id: str
    client_id: str
    state: str
    """``running``, ``paused``, or ``ended`` during the minute in which the end can be taken back."""
    share: float
    remaining: float
    """Seconds to the agreed end; negative once it has passed."""
    elapsed: float
    """Seconds that count so far."""
    ends_at: datetime
    """The agreed end as this computer's wall clock will show it."""
    cue: ShownCue | None = None
    hold_left: int | None = None
    """Minutes for which cues are still held."""
    hidden: bool = False
    phase: str | None = None
    next_at: datetime | None = None
    notice: Notice | None = None
    late_by: int = 0
    """Minutes the session began after its plan and that its agreed end does not give back."""

    @property
    def minutes_left(self) -> int:
        """Whole minutes left, rounded up; 0 or less once the time is over."""
        return math.ceil(self.remaining / 60)

    @property
    def at_end(self) -> bool:
        """Whether the agreed end has come."""
        return self.remaining <= 0


def slept_notice(seconds: float, paused: bool) -> Notice:
    """The computer slept; outside a pause the coach says whether that time counts."""
    minutes = max(1, round(seconds / 60))
    if paused:
        sentence = ngettext(
            "The computer slept for {n} minute during the pause.",
            "The computer slept for {n} minutes during the pause.",
            minutes,
        )
        return Notice("slept", sentence.format(n=minutes), (("keep", _("All right")),))
    sentence = ngettext(
        "The computer slept for {n} minute; it is counted as session time.",
        "The computer slept for {n} minutes; they are counted as session time.",
        minutes,
    )
    return Notice("slept", sentence.format(n=minutes), (("keep", _("Count it")), ("leave_out", _("Do not count it"))))


def stepped_notice(seconds: float) -> Notice:
    """Somebody or something set the wall clock; the session goes by its own time."""
    minutes = max(1, round(abs(seconds) / 60))
    forward = ngettext(
        "The computer's clock was set {n} minute forward; the session's time is not affected.",
        "The computer's clock was set {n} minutes forward; the session's time is not affected.",
        minutes,
    )
    back = ngettext(
        "The computer's clock was set {n} minute back; the session's time is not affected.",
        "The computer's clock was set {n} minutes back; the session's time is not affected.",
        minutes,
    )
    sentence = forward if seconds > 0 else back
    return Notice("clock_moved", sentence.format(n=minutes), (("keep", _("All right")),))


def zone_notice(zone: str) -> Notice:
    """The computer is in another time zone now."""
    sentence = _("The computer's time zone is now {zone}; the session's time is not affected.")
    return Notice("zone_changed", sentence.format(zone=zone), (("keep", _("All right")),))


def resumed_notice() -> Notice:
    """CoachDesk was started again in mid-session."""
    return Notice(
        "resumed", _("CoachDesk started again; your session goes on, nothing was lost."), (("keep", _("All right")),)
    )
