"""What the pages of a session keep for the promise written there, and the field under the bar must not lose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coachdesk.practice import commitments, drafts
from coachdesk.ui.widgets.chosen import day_kept, number_kept
from coachdesk.ui.widgets.fields import DAY, OWNER, PROMISE, SURE, plan_line

if TYPE_CHECKING:
    from coachdesk.desk import Desk

SCREEN, WORDS = PROMISE


def store(desk: Desk, client_id: str, session_id: str, words: str, owner: str) -> None:
    """Keep a promise of the session, with the day, the plan and the confidence its pages keep for it.

    Raises Refused as ``commitments.add`` does; the drafts are then as before.
    """
    kept = _kept(desk, session_id)
    desk.do(
        commitments.add, client_id, words, owner=owner, session_id=session_id,
        due_on=day_kept(kept[DAY]) if DAY in kept else None,
        confidence=number_kept(kept[SURE]) if SURE in kept else None,
        **{name: kept.get(plan_line(name), "") for name in commitments.PLAN},
    )  # fmt: skip


def begin(desk: Desk, session_id: str) -> None:
    """Where no words wait any more, leave no day, plan or confidence to a promise typed where none of them is seen."""
    if WORDS not in _kept(desk, session_id):
        forget(desk, session_id)


def forget(desk: Desk, session_id: str) -> None:
    """It is a record now, or was wiped out: the next promise of the session begins anew everywhere."""
    kept = _kept(desk, session_id)
    for name in (WORDS, OWNER, DAY, SURE, *map(plan_line, commitments.PLAN)):
        if name in kept:
            desk.do_quietly(drafts.clear, SCREEN, session_id, name)


def _kept(desk: Desk, session_id: str) -> dict[str, str]:
    return {draft.field: draft.text for draft in desk.read(drafts.of_screen, SCREEN, session_id)}
