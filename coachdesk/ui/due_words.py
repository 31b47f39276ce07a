"""What is due, in words: with names for the screen, without any for a notification that others may see."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from coachdesk import NAME
from coachdesk.ui.widgets.dates import clock_words
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.reminders.duties import Duty

ONE_LIST = ("without_next", "retention")
"""Kinds of which several are one thing to look at."""


def notice(due: Sequence[Duty], now: datetime) -> tuple[str, str]:
    """Title and body of one notification for all of these, without a name."""
    kinds = dict.fromkeys(duty.kind for duty in due)
    sentences = [_sentence([duty for duty in due if duty.kind == kind], now) for kind in kinds]
    things = sum(1 if kind in ONE_LIST else sum(duty.kind == kind for duty in due) for kind in kinds)
    title = NAME if things == 1 else ngettext("{n} thing for today", "{n} things for today", things).format(n=things)
    return title, "\n".join(sentences)


def _sentence(alike: Sequence[Duty], now: datetime) -> str:
    if alike[0].kind == "session_soon":
        return _soon(alike[0], now)
    return _SENTENCES[alike[0].kind](len(alike)).format(n=len(alike))


def _soon(duty: Duty, now: datetime) -> str:
    start = datetime.fromisoformat(duty.occasion)
    minutes = math.ceil((start - now).total_seconds() / 60)
    if minutes <= 0:
        return _("A session was planned for {time}.").format(time=clock_words(start))
    return ngettext("A session begins in {n} minute.", "A session begins in {n} minutes.", minutes).format(n=minutes)


_SENTENCES: dict[str, Callable[[int], str]] = {
    "my_promise": lambda n: ngettext("A promise of yours is due.", "{n} promises of yours are due.", n),
    "our_promise": lambda n: ngettext("Something promised together is due.", "{n} promises made together are due.", n),
    "reflection": lambda _n: _("There is time for the week's reflection."),
    "agreement": lambda n: ngettext(
        "An agreement may be looked at again.", "{n} agreements may be looked at again.", n
    ),
    "without_next": lambda n: ngettext("A client has no next date yet.", "{n} clients have no next date yet.", n),
    "retention": lambda n: ngettext(
        "The records of a client are older than you keep them.",
        "The records of {n} clients are older than you keep them.",
        n,
    ),
    "backup": lambda _n: _("It is time for a backup."),
    "erasure": lambda _n: _("Forgetting a client is not finished yet."),
}
