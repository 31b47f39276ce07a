"""What the presence bar shows at a moment, as a plain value: equal values need no repaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTime

from coachdesk.ui import actions
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.sitting import Moment

CHOICE = "choice:"
"""Put before the id of a notice's choice to make the id of its button."""
MORE, LESS, SAID = "more", "less", "said"
"""Buttons that concern the bar alone: the second row, back from it, and *ok* under something it said."""
MORE_WORDS = "…"
"""The same on the way back, so that the button is as wide and stays under the pointer that pressed it."""
CLOSE = "close"
"""The button that asks for the window, to close the session that has ended."""
PUT_BACK = "put_back"
"""The button that ends focus mode at once."""


@dataclass(frozen=True)
class Button:
    """One button of the bar."""

    id: str
    words: str
    icon: str = ""
    sentence: str = ""
    lit: bool = False
    answer: bool = False
    """It answers the line beside it, and stands apart from its words."""
    spoken: str = ""
    """What a screen reader calls it, where the words do not say it."""


@dataclass(frozen=True)
class Wish:
    """What the coach asked of the bar itself, beside what the session says."""

    open: bool = False
    """Pointer over it, its key, or the setting that keeps the buttons shown."""
    more: bool = False
    """The second row of buttons."""
    tint_only: bool = False
    """Show cues as a tint alone until asked."""
    said: str = ""
    """A sentence to tell: why something was not done."""
    remark: str = ""
    """Lasting remarks shown when the bar is open: it may be covered, or seen by others, on this system."""
    dot: str = ""
    """The dot of focus mode: ``on``, ``partly`` or none."""
    quiet: str = ""
    """What the dot stands for."""
    until: str = ""
    """Until when it is quiet; empty while that is the session's own end."""
    put_back: bool = False
    """Focus mode is on and can be put back."""
    private: str = ""
    """What the lock stands for; empty while there is none."""


@dataclass(frozen=True)
class Face:
    """Everything the bar shows."""

    hidden: bool = False
    tinted: bool = False
    dimmed: bool = False
    share: float = 0.0
    time: str = ""
    sentence: str = ""
    detail: str = ""
    buttons: tuple[Button, ...] = ()
    dot: str = ""
    quiet: str = ""
    private: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader is told when it appears: the line, without the time."""
        return self.sentence


def face(moment: Moment, wish: Wish) -> Face:
    """The bar at this moment. What matters more stands in place of what matters less."""
    if moment.hidden and moment.state != "ended":
        return Face(hidden=True, share=moment.share, dimmed=moment.state == "paused")
    if wish.said:
        return _bar(moment, wish, sentence=wish.said, buttons=(Button(SAID, _("ok"), answer=True),))
    if moment.state == "ended":
        time = _("ended · {quiet}").format(quiet=wish.until) if wish.until else _("ended")
        close = Button(CLOSE, _("close the session"), "", _("Open the window: what was promised, what mattered."))
        buttons = (close, _button(actions.BY_ID["end"], moment))
        return Face(share=1.0, time=time, buttons=buttons, dot=wish.dot, quiet=wish.quiet)
    if moment.notice is not None:
        choices = tuple(Button(CHOICE + choice, label, answer=True) for choice, label in moment.notice.choices)
        return _bar(moment, wish, sentence=moment.notice.sentence, buttons=choices)
    if moment.cue is not None and moment.cue.kind != "end":
        return _cue(moment, wish)
    return _time(moment, wish)


def _bar(moment: Moment, wish: Wish, buttons: tuple[Button, ...] = (), **shown: object) -> Face:
    """A face with the line of time, the minutes and the dot of focus mode already filled in.

    Where there is a button to end the hold, that tells how long it lasts: longer words before the buttons would move
    another one under the pointer that has just pressed *hold*.
    """
    paused = moment.state == "paused"
    time = time_text(moment, held=all(each.id != "hold" for each in buttons))
    return Face(
        share=moment.share, time=time, dimmed=paused, dot=wish.dot, quiet=wish.quiet, buttons=buttons, **shown
    )  # fmt: skip


def _cue(moment: Moment, wish: Wish) -> Face:
    """A process check with its three answers, or a landing cue with one; with tint_only, only once asked for."""
    cue = moment.cue
    if wish.tint_only and not wish.open:
        return _bar(moment, wish, tinted=True)
    if cue.kind == "landing":
        buttons = (Button("asked", _("seen"), sentence=_("Put this line away."), answer=True),)
    else:
        buttons = _row("cue", moment)
    detail = cue.text if wish.open and cue.text != cue.short else ""
    return _bar(moment, wish, tinted=True, sentence=cue.short, detail=detail, buttons=buttons)


def _time(moment: Moment, wish: Wish) -> Face:
    """No cue: the time alone, or with buttons; at the agreed end always with the three that fit."""
    over = moment.at_end
    if wish.more and wish.open:
        buttons = _rarer(moment, wish)
    elif over:
        buttons = tuple(_button(actions.BY_ID[name], moment) for name in ("extend5", "extend10", "end"))
        buttons = (*buttons, _more()) if wish.open else buttons
    elif wish.open:
        buttons = (*_row("bar", moment), _more())
    else:
        buttons = ()
    detail, private = (wish.remark, wish.private) if wish.open else ("", "")
    return _bar(moment, wish, tinted=over, detail=detail, private=private, buttons=buttons)


def _rarer(moment: Moment, wish: Wish) -> tuple[Button, ...]:
    """The second row."""
    put_back = Button(PUT_BACK, _("put everything back"), "", _("End focus mode: everything is as it was before."))
    back = Button(LESS, MORE_WORDS, "", _("Back to the first buttons."), lit=True, spoken=_("more"))
    return (*_row("more", moment), *((put_back,) if wish.put_back else ()), back)


def _more() -> Button:
    return Button(MORE, MORE_WORDS, "", _("More: pause, longer, move, sharing, focus mode."), spoken=_("more"))


def _row(row: str, moment: Moment) -> tuple[Button, ...]:
    return tuple(_button(action, moment) for action in actions.in_row(row, moment))


def _button(action: actions.Action, moment: Moment) -> Button:
    on = action.on(moment)
    icon = action.icon_on if on and action.icon_on else action.icon
    words = action.label(moment)
    if action.id == "hold" and moment.hold_left is not None:
        words = _("{words} · {n} min").format(words=words, n=moment.hold_left)
    return Button(action.id, words, icon, action.explained(moment), on, action.row == "cue")


def time_text(moment: Moment, *, held: bool = True) -> str:
    """The time in a few words: whole minutes left, what is paused or ``held``, and at the end the next session."""
    if moment.at_end:
        return _("time · next {clock}").format(clock=clock_text(moment.next_at)) if moment.next_at else _("time")
    left = max(0, moment.minutes_left)
    text = ngettext("{n} min", "{n} min", left).format(n=left)
    if moment.state == "paused":
        return _("paused · {time}").format(time=text)
    if held and moment.hold_left is not None:
        return _("{time} · held {n} min").format(time=text, n=moment.hold_left)
    return text


def clock_text(at: datetime) -> str:
    """A time of day as this person's locale writes it."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
