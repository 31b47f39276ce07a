"""Every action of a running session as one table: the bar, the global keys, the tray and the session page walk it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.sitting import Moment, Sitting

HOLD_MINUTES = 10
"""How long cues are held: everything that holds has an end."""


class InSession(Protocol):
    """What an action may use: the desk, the running session, and the windows beside the call."""

    desk: Desk
    sitting: Sitting

    def confirm(self) -> None:
        """Show briefly that something was taken."""

    def open_field(self, kind: str) -> None:
        """Open the field for a ``promise`` or a ``jot``."""

    def toggle_bar(self) -> None:
        """Open the bar with its buttons, or let it rest."""

    def move_bar(self) -> None:
        """Move the bar to the next edge."""

    def share(self) -> None:
        """Put everything of ours out of sight because the screen is shared, or bring it back."""


def _running(moment: Moment) -> bool:
    return moment.state != "ended"


def _always(_moment: Moment) -> bool:
    return True


def _never(_moment: Moment) -> bool:
    return False


def _ended(moment: Moment) -> bool:
    return moment.state == "ended"


def _paused(moment: Moment) -> bool:
    return moment.state == "paused"


def _held(moment: Moment) -> bool:
    return moment.hold_left is not None


def _hidden(moment: Moment) -> bool:
    return moment.hidden


def _late(moment: Moment) -> bool:
    return _running(moment) and moment.late_by > 0


def _checking(moment: Moment) -> bool:
    return moment.cue is not None and moment.cue.kind == "process_check"


def _mark(here: InSession) -> None:
    from coachdesk.practice import marks

    here.desk.do(marks.mark)
    here.confirm()


def _promise(here: InSession) -> None:
    here.open_field("promise")


def _jot(here: InSession) -> None:
    here.open_field("jot")


def _hold(here: InSession) -> None:
    moment = here.sitting.moment()
    here.sitting.hold(None if moment is not None and _held(moment) else HOLD_MINUTES)


def _hide(here: InSession) -> None:
    moment = here.sitting.moment()
    here.sitting.hide(not (moment is not None and _hidden(moment)))


def _end(here: InSession) -> None:
    moment = here.sitting.moment()
    if moment is not None and _ended(moment):
        here.sitting.take_back()
    else:
        here.sitting.end()


def _pause(here: InSession) -> None:
    from coachdesk.practice import sessions

    moment = here.sitting.moment()
    here.desk.do(sessions.resume if moment is not None and _paused(moment) else sessions.pause)


def _extend5(here: InSession) -> None:
    here.sitting.extend(5)


def _extend10(here: InSession) -> None:
    here.sitting.extend(10)


def _full_length(here: InSession) -> None:
    from coachdesk.practice import sessions

    here.desk.do(sessions.full_length)


def _move(here: InSession) -> None:
    here.move_bar()


def _bar(here: InSession) -> None:
    here.toggle_bar()


def _share(here: InSession) -> None:
    here.share()


def _asked(here: InSession) -> None:
    here.sitting.answer("asked")


def _later(here: InSession) -> None:
    here.sitting.answer("later")


def _not_today(here: InSession) -> None:
    here.sitting.answer("not_today")


@dataclass(frozen=True)
class Action:
    """One thing the coach can do during a session.

    While ``on`` holds, the same action undoes itself, and shows ``words_on`` explained by ``sentence_on``. ``row`` says
    where the bar keeps its button: ``bar``, ``more`` (behind the three dots), ``cue`` (answers), or nowhere.
    """

    id: str
    words: str
    sentence: str
    icon: str
    row: str
    call: Callable[[InSession], None]
    offered: Callable[[Moment], bool] = _running
    on: Callable[[Moment], bool] = _never
    words_on: str = ""
    sentence_on: str = ""
    icon_on: str = ""

    def label(self, moment: Moment | None = None) -> str:
        """The word on its button at this moment."""
        return _(self.words_on if moment is not None and self.on(moment) else self.words)

    def explained(self, moment: Moment | None = None) -> str:
        """What it does at this moment, in one sentence."""
        return _(self.sentence_on if moment is not None and self.on(moment) else self.sentence)


ACTIONS: tuple[Action, ...] = (
    Action(
        "mark", N_("mark"), N_("Mark this moment; words can be added when closing."), "bookmark-simple", "bar", _mark
    ),
    Action("promise", N_("promise"), N_("Note a promise or a next step."), "handshake", "bar", _promise),
    Action("jot", N_("jot"), N_("Jot down a line."), "pencil-simple", "bar", _jot),
    Action(
        "hold",
        N_("hold"),
        N_("Hold all cues for ten minutes."),
        "hand-palm",
        "bar",
        _hold,
        on=_held,
        words_on=N_("go on"),
        sentence_on=N_("Let cues come again."),
    ),
    Action(
        "hide",
        N_("hide"),
        N_("Leave only a thin line until asked back."),
        "eye-slash",
        "bar",
        _hide,
        on=_hidden,
        words_on=N_("show"),
        sentence_on=N_("Show the whole bar again."),
        icon_on="eye",
    ),
    Action(
        "end",
        N_("end"),
        N_("End the session; this can be taken back for a minute."),
        "flag",
        "bar",
        _end,
        _always,
        on=_ended,
        words_on=N_("take back"),
        sentence_on=N_("Take the end back; the session goes on."),
        icon_on="arrow-counter-clockwise",
    ),
    Action(
        "pause",
        N_("pause"),
        N_("Pause the session; the agreed end stays."),
        "pause",
        "more",
        _pause,
        on=_paused,
        words_on=N_("resume"),
        sentence_on=N_("Go on with the session; the pause does not count as its time."),
        icon_on="play",
    ),
    Action("extend5", N_("+5 min"), N_("Move the agreed end five minutes on."), "", "more", _extend5),
    Action("extend10", N_("+10 min"), N_("Move the agreed end ten minutes on."), "", "more", _extend10),
    Action(
        "full_length",
        N_("full length"),
        N_("It began late: give the session its full length."),
        "",
        "more",
        _full_length,
        _late,
    ),
    Action(
        "move", N_("move"), N_("Move the bar to the next edge of the screen."), "arrows-out-cardinal", "more", _move
    ),
    Action(
        "sharing",
        N_("I am sharing"),
        N_("Put everything of CoachDesk out of sight while your screen is shared; the same key brings it back."),
        "",
        "more",
        _share,
    ),
    Action(
        "asked",
        N_("asked"),
        N_("It was asked; also withdraws the check that was waiting."),
        "",
        "cue",
        _asked,
        _checking,
    ),
    Action("later", N_("later"), N_("Show this again a little later."), "", "cue", _later, _checking),
    Action("not_today", N_("not today"), N_("Leave this out today."), "", "cue", _not_today, _checking),
    Action("bar", N_("bar"), N_("Show the buttons of the bar, or let it rest."), "", "", _bar, _always),
)

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


def in_row(row: str, moment: Moment) -> tuple[Action, ...]:
    """The actions of one row that are offered at this moment, in order."""
    return tuple(action for action in ACTIONS if action.row == row and action.offered(moment))


def key(settings: Any, action_id: str) -> str:
    """The key chosen for an action, such as ``Ctrl+Alt+Shift+M``; empty if it has none."""
    return getattr(settings.shortcuts, action_id, "")


def keys(settings: Any, *, running: bool) -> dict[str, str]:
    """Action by action the keys to hold: all of them in a session, otherwise those that concern our windows."""
    wanted = (action.id for action in ACTIONS if running or action.id in ("bar", "sharing"))
    return {action_id: text for action_id in wanted if (text := key(settings, action_id))}


def do(action_id: str, here: InSession) -> None:
    """Carry out an action by its id."""
    BY_ID[action_id].call(here)
