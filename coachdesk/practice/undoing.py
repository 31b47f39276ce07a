"""What the tables want when a change is taken back, and how it is told in one sentence."""

from collections.abc import Sequence

from sqlmodel import Session as Db

from coachdesk.clock import Now
from coachdesk.practice import commitments
from coachdesk.practice.commitments import Commitment
from coachdesk.practice.sessions import LIVE
from coachdesk.storage.undo import Change, Rules, Step
from coachdesk.words import N_, _, ngettext

_CLOCK = {"state", "started_at", "agreed_end", "ended_at", "elapsed_seconds"}
"""What a running session's time is made of."""


def _own_way(change: Change) -> str:
    """The clock of a running session has ways back of its own: *end* can be taken back, *pause* has *resume*."""
    if change.table not in ("session", "pause") or change.after is None:
        return ""
    if change.table == "session":
        live = change.after["state"] in LIVE or (change.before is not None and change.before["state"] in LIVE)
        if not live or (change.before is not None and not change.columns & _CLOCK):
            return ""
        if change.after["state"] not in LIVE:
            return _("The session was ended since; that has its own way back.")
    return _("The time of the session went on since; that has its own way back.")


def _reviews(db: Db, rows: Sequence[Change], back: bool, now: Now) -> None:
    """Reviews are only ever added: one taken back is followed by *withdrawn*, or by what held before it."""
    for row in rows:
        if row.after is None:
            continue
        commitment = db.get(Commitment, row.after["commitment_id"], populate_existing=True)
        if commitment is None:
            continue  # it came with the same step, and went with it
        if back:
            _look_again(db, commitment, now)
        else:
            said = {name: row.after[name] for name in ("note", "acknowledged", "session_id")}
            commitments.noted(db, commitment, row.after["state"], now, **said)


def _look_again(db: Db, row: Commitment, now: Now) -> None:
    """Let the history of a commitment end with what holds now."""
    history = commitments.history(db, row.id)
    holds = "withdrawn" if row.state == "open" else row.state
    if not history or history[-1].state != holds:
        said = next((each for each in reversed(history) if each.state == holds and holds != "withdrawn"), None)
        fields = {"note": said.note, "acknowledged": said.acknowledged} if said else {}
        commitments.noted(db, row, holds, now, **fields)


RULES = Rules(
    left_out=frozenset({"draft", "duty_told", "calendar_taken", "setting_private", "alembic_version"}),
    alone=frozenset({"cue_shown"}),
    fleeting={"session": frozenset({"last_seen_at", "last_seen_awake", "boot_id", "attended", "updated_at"})},
    own_way=_own_way,
    added={"review": _reviews},
    empties=frozenset({"erasure"}),
)

_NAMED = (
    ("client", N_("a new client"), N_("the change of a client"), N_("the removal of a client")),
    ("session", N_("a new session"), N_("the change of a session"), N_("the removal of a session")),
    ("commitment", N_("a new promise"), N_("the change of a promise"), N_("the removal of a promise")),
    ("agreement", N_("a new agreement"), N_("the change of an agreement"), N_("the removal of an agreement")),
    ("canvas_line", N_("a new line"), N_("the change of a line"), N_("the removal of a line")),
    ("note", N_("a new note"), N_("the change of a note"), N_("the removal of a note")),
    ("mark", N_("a new mark"), N_("the change of a mark"), N_("the removal of a mark")),
    ("reflection", N_("a new reflection"), N_("the change of a reflection"), N_("the removal of a reflection")),
    ("reflection_answer", N_("a new answer"), N_("the change of an answer"), N_("the removal of an answer")),
    ("checklist_item", N_("a new item"), N_("the change of an item"), N_("the removal of an item")),
    ("tick", N_("a tick"), N_("a tick"), N_("the removal of a tick")),
    ("prompt", N_("a new prompt"), N_("the change of a prompt"), N_("the removal of a prompt")),
    ("review", N_("what became of a promise"), N_("the change of a review"), N_("the removal of a review")),
    ("calendar_rule", N_("a new calendar rule"), N_("the change of a calendar rule"),
     N_("the removal of a calendar rule")),
    ("hours_noted", N_("hours that were noted"), N_("the change of noted hours"), N_("the removal of noted hours")),
)  # fmt: skip
"""What a step is called after: the first of these it touches; came, changed, went."""


_WORDED = frozenset(name for name, *_words in _NAMED) - {"tick", "review"}


def taken_back(step: Step) -> str:
    """What was taken back, in one sentence."""
    return _("Taken back: {what}.").format(what=what(step))


def done_again(step: Step) -> str:
    """What was done again, in one sentence."""
    return _("Done again: {what}.").format(what=what(step))


def removes(step: Step) -> bool:
    """Whether a step took something away that had words."""
    return any(change.after is None and change.table in _WORDED for change in step)


def removed(step: Step) -> str:
    """What was removed, in one sentence."""
    return _("Done: {what}.").format(what=what(step))


def what(step: Step) -> str:
    """A step in a few words; what came or went names it rather than what was changed beside it."""
    if any(change.table == "review" and change.before is None for change in step):
        step = tuple(change for change in step if change.table == "review")
    for unchanged in (True, False):
        for table, *words in _NAMED:
            kinds = {_kind(change) for change in step if change.table == table}
            found = kinds - {1} if unchanged else kinds
            if found:
                return _counted(step, table, max(found)) or _(words[max(found)])
    return _("a change")


def _counted(step: Step, table: str, kind: int) -> str:
    """A step of several rows that came or went, as when a calendar is taken in; empty where it is not one of those."""
    alike = sum(change.table == table and _kind(change) == kind for change in step)
    said = {
        ("session", 0): lambda n: ngettext("{n} new session", "{n} new sessions", n),
        ("session", 2): lambda n: ngettext("the removal of {n} session", "the removal of {n} sessions", n),
        ("client", 0): lambda n: ngettext("{n} new client", "{n} new clients", n),
        ("commitment", 0): lambda n: ngettext("{n} new promise", "{n} new promises", n),
        ("commitment", 2): lambda n: ngettext("the removal of {n} promise", "the removal of {n} promises", n),
        ("hours_noted", 0): lambda n: ngettext("{n} entry of noted hours", "{n} entries of noted hours", n),
        ("calendar_rule", 0): lambda n: ngettext("{n} new calendar rule", "{n} new calendar rules", n),
    }
    if alike < 2 or (table, kind) not in said:
        return ""
    words, others = said[table, kind](alike).format(n=alike), len(step) - alike
    if not others:
        return words
    more = ngettext("{n} more change", "{n} more changes", others).format(n=others)
    return _("{what} and {more}").format(what=words, more=more)


def _kind(change: Change) -> int:
    """0: it came, 1: it was changed, 2: it went."""
    return 0 if change.before is None else 2 if change.after is None else 1
