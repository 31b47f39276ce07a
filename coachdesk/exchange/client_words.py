"""What the tables and fields about a client are called when the client reads them, and what their values say."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from coachdesk.exchange.days import Days
from coachdesk.words import N_, _, ngettext

TABLES = {
    "client": N_("You"),
    "agreement": N_("Agreements"),
    "session": N_("Sessions"),
    "pause": N_("Pauses"),
    "mark": N_("Moments that were marked"),
    "cue_shown": N_("Reminders shown to the coach"),
    "note": N_("Notes"),
    "commitment": N_("Promises and next steps"),
    "review": N_("What became of it"),
    "canvas_line": N_("What the coach understood so far"),
    "tick": N_("First session: what was settled"),
    "hours_noted": N_("Hours noted without a session"),
    "calendar_rule": N_("How calendar entries are recognised"),
    "calendar_taken": N_("Calendar entries that became sessions"),
    "draft": N_("Being written"),
    "duty_told": N_("Reminders told between sessions"),
    "erasure": N_("Erasures"),
}
"""A later table without an entry is called by its own name."""

FIELDS = {
    "name": N_("Name"), "short_name": N_("Short name"), "kind": N_("Kind"), "email": N_("E-mail"),
    "call_link": N_("Call link"), "time_zone": N_("Time zone"), "planned_sessions": N_("Sessions agreed"),
    "phone": N_("Phone"), "pronouns": N_("Pronouns"), "group_size": N_("People"), "started_on": N_("Since"),
    "ended_on": N_("Until"), "archived_at": N_("Archived"),
    "log_consent_on": N_("Agreed to be listed in a log of hours"),
    "needs_pace": N_("Needs: pace"), "needs_topics": N_("Needs: topics"), "needs_feedback": N_("Needs: feedback"),
    "conflict_note": N_("Conflict of interest"), "agreed_on": N_("Agreed on"), "session_minutes": N_("Minutes"),
    "rescheduling": N_("Rescheduling"), "between_sessions": N_("Between sessions"), "feedback": N_("Feedback"),
    "confidentiality": N_("Confidentiality"), "exceptions": N_("Exceptions"), "fee_note": N_("Fee"),
    "review_on": N_("To be looked at again"), "planned_start": N_("Planned for"),
    "planned_minutes": N_("Minutes planned"),
    "agreed_end": N_("Agreed end"), "started_at": N_("Began"), "ended_at": N_("Ended"), "elapsed_seconds": N_("Length"),
    "state": N_("State"), "closed_at": N_("Looked back on"), "template": N_("How the time is divided"),
    "paid": N_("Payment"),
    "intention": N_("The coach's intention"), "focus_line": N_("Focus"), "what_mattered": N_("What mattered"),
    "self_check": N_("The coach's private line: did I work harder than served the client?"),
    "focus_used": N_("Other programs kept quiet"), "measured_start": N_("Began, by the clock"),
    "measured_end": N_("Ended, by the clock"), "measured_seconds": N_("Length, by the clock"),
    "calendar_uid": N_("Calendar entry"), "calendar_at": N_("Of a series"), "calendar_source": N_("Calendar"),
    "fell_away_at": N_("Noted as cancelled or missed"), "calendar_start": N_("Start in the calendar"),
    "uid": N_("Calendar entry"), "at": N_("Of a series"),
    "done_at": N_("Done"), "from_at": N_("From"), "to_at": N_("To"),
    "reason": N_("Reason"), "at_seconds": N_("After"), "text": N_("Text"), "prompt_id": N_("Words offered"),
    "answer": N_("The coach's answer"), "point": N_("Point"), "body": N_("Note"), "owner": N_("Whose"),
    "due_on": N_("By"), "cue": N_("When …, I will …"), "evidence": N_("How it will show"),
    "confidence": N_("Confidence, 1 to 10"), "obstacle": N_("What may get in the way"), "note": N_("Note"),
    "acknowledged": N_("Acknowledged"), "private": N_("Private to the coach"), "resolved_at": N_("Taken up"),
    "item_id": N_("Item"), "source": N_("From"), "from_on": N_("From"), "to_on": N_("Until"),
    "sessions": N_("Sessions"), "paid_seconds": N_("Paid"), "pro_bono_seconds": N_("Pro bono"),
    "value": N_("Recognised by"), "screen": N_("Screen"), "field": N_("Field"), "occasion": N_("Occasion"),
    "created_at": N_("Written"),
}  # fmt: skip

TECHNICAL = frozenset({
    "id", "updated_at", "client_id", "session_id", "commitment_id", "carried_from_id", "subject_id", "boot_id",
    "last_seen_at", "last_seen_awake", "attended", "stands_for",
})  # fmt: skip
"""Fields the program needs for itself; they are in the data file and not on the readable page."""

VALUES = {
    "individual": N_("individual"), "group": N_("group"), "self": N_("for oneself"), "planned": N_("planned"),
    "moved": N_("moved"), "cancelled": N_("called off"), "missed": N_("missed"), "running": N_("running"),
    "paused": N_("paused"), "finished": N_("held"), "paid": N_("paid"), "pro_bono": N_("pro bono"),
    "asked": N_("asked"), "machine_asleep": N_("the computer slept"), "moment": N_("moment"),
    "insight": N_("insight"), "strain": N_("strain"), "repair": N_("repair"), "silence": N_("silence"),
    "thread": N_("to come back to"), "process_check": N_("process check"), "landing": N_("before the end"),
    "end": N_("at the end"), "later": N_("later"), "not_today": N_("not today"), "none": N_("none"),
    "coach": N_("the coach's"), "client": N_("yours"), "both": N_("both"), "open": N_("open"), "kept": N_("kept"),
    "partly": N_("partly"), "carried": N_("carried on"), "released": N_("let go"), "withdrawn": N_("taken back"),
    "context": N_("context"), "words": N_("your words"), "strength": N_("strength"), "value": N_("value"),
    "imported": N_("an imported log"), "forgotten": N_("erased"), "email": N_("e-mail"), "title": N_("title"),
    "series": N_("series"),
}  # fmt: skip
CODED = frozenset({"kind", "state", "reason", "answer", "paid", "owner", "source"})
"""Fields whose values are words of the program's own."""


def table_words(name: str) -> str:
    """What a table is called."""
    return _(TABLES[name]) if name in TABLES else name.replace("_", " ")


def field_words(name: str) -> str:
    """What a field is called."""
    return _(FIELDS[name]) if name in FIELDS else name.replace("_", " ")


def counted(name: str, count: int) -> str:
    """A table and how many rows there are, for a list of contents."""
    return ngettext("{what}: {n} entry", "{what}: {n} entries", count).format(what=table_words(name), n=count)


def value_words(field: str, value: Any, days: Days, zone: ZoneInfo, called: Callable[[str], str]) -> str:
    """A value as a person reads it; empty where it says nothing. ``called`` gives the words behind an id."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return days.moment(value, zone)
    if isinstance(value, date):
        return days.day(value)
    if field.endswith("_seconds"):
        minutes, seconds = divmod(max(0, int(value)), 60)
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
    if field in ("item_id", "prompt_id"):
        return called(str(value))
    if field in CODED and value in VALUES:
        return _(VALUES[value])
    return str(value)
