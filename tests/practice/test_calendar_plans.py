"""From calendar entries to sessions: each appointment once, moved with the calendar, and the coach's word before it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.practice import calendar_plans, calendar_rules, clients, forget, sessions
from coachdesk.practice.calendar_entries import Entry, Reading, in_order
from coachdesk.practice.calendar_plans import OURS, Preview
from coachdesk.practice.clients import Client
from coachdesk.practice.sessions import Session

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AT = NOON + timedelta(days=1)
ENTRY = Entry(
    "u1", AT, AT, AT + timedelta(minutes=60), "Coaching", ("me@x.org", "ana@example.org"), time_zone="Europe/Berlin"
)


def file(*entries: Entry, whole: bool = True, source: str = "/calendar.ics") -> Reading:
    """A reading of these entries."""
    return Reading(source, NOON - timedelta(days=7), NOON + timedelta(days=180), in_order(entries), (), whole)


@pytest.fixture
def ana(desk: Desk) -> Client:
    """A client known by her address."""
    return desk.do(clients.add, "Ana Lindqvist", short_name="Ana", email="Ana@Example.org")


@pytest.fixture
def known(desk: Desk, ana: Client) -> Client:
    """Ana, with a confirmed rule."""
    desk.do(calendar_rules.add, "email", "ana@example.org", ana.id)
    return ana


def taken(desk: Desk, *entries: Entry, **how: object) -> Preview:
    """The preview of a reading that was then taken."""
    return desk.do(calendar_plans.take_known, file(*entries, **how))[0]


def acts(preview: Preview) -> list[str]:
    return [step.act for step in preview.steps]


def rows(desk: Desk) -> list[tuple[str, datetime, int]]:
    """Every session's state, planned start and length, by start."""
    found = desk.read(sessions.every)
    return sorted((row.state, row.planned_start, row.planned_minutes) for row in found)


def moved(to: timedelta, entry: Entry = ENTRY) -> Entry:
    return replace(entry, start=entry.start + to, end=entry.end + to)


def only(desk: Desk) -> Session:
    (row,) = desk.read(sessions.every)
    return row


# --- whose it is


def test_an_unknown_entry_is_asked_about_with_whom_it_may_be(desk: Desk, ana: Client):
    preview = desk.read(calendar_plans.preview, file(ENTRY))
    assert (ENTRY,) == preview.unknown[0].entries
    assert (ana.id,) == preview.unknown[0].suggested
    assert () == preview.steps


@pytest.mark.parametrize(
    ("name", "title", "suggested"),
    [
        ("Ana", "Coaching with ANA!", True),
        ("Ana", "Banana bread", False),
        ("Zoë", "ZOË, online", True),
        ("ליאור", "שיחה: ליאור", True),
        ("田中", "コーチング田中様", True),
        ("Straße", "STRASSE 14:00", True),
        ("X", "X", False),
    ],
)
def test_a_name_in_the_title_suggests_its_client(name: str, title: str, suggested: bool, desk: Desk):
    client = desk.do(clients.add, "Somebody Unmentioned", short_name=name)
    preview = desk.read(calendar_plans.preview, file(replace(ENTRY, title=title, people=())))
    assert ((client.id,) if suggested else ()) == preview.unknown[0].suggested


def test_an_answer_is_remembered_by_what_is_surest(desk: Desk, ana: Client):
    by_name = replace(ENTRY, people=(), title="Ana – Coaching")
    bare = replace(ENTRY, people=(), title="Coaching")
    for entry, client_id in ((ENTRY, ana.id), (by_name, ana.id), (bare, ana.id), (replace(bare, title="Lunch"), None)):
        desk.do(calendar_plans.answer, [entry], client_id)
    assert [
        ("email", "ana@example.org", ana.id), ("series", "u1", ana.id), ("title", "ana – coaching", ana.id),
        ("title", "lunch", None),
    ] == [(rule.kind, rule.value, rule.client_id) for rule in desk.read(calendar_rules.every)]  # fmt: skip


def test_an_answer_decides_all_of_a_kind_and_is_not_asked_again(desk: Desk, ana: Client):
    several = [replace(ENTRY, uid=f"u{n}", instance=AT + timedelta(days=n), people=(), title="Talk") for n in range(3)]
    several = [moved(timedelta(days=n), one) for n, one in enumerate(several)]
    (asked,) = desk.read(calendar_plans.preview, file(*several)).unknown
    assert 3 == len(asked.entries)
    desk.do(calendar_plans.answer, asked.entries, ana.id)
    assert ["plan"] * 3 == acts(taken(desk, *several))
    desk.do(calendar_plans.answer, [replace(ENTRY, uid="n", title="Lunch", people=())], None)
    assert () == desk.read(calendar_plans.preview, file(replace(ENTRY, uid="m", title="LUNCH", people=()))).unknown


def test_people_of_two_clients_are_asked_about(desk: Desk, known: Client):
    other = desk.do(clients.add, "Ben", email="ben@example.org")
    desk.do(calendar_rules.add, "email", "ben@example.org", other.id)
    both = replace(ENTRY, people=("ana@example.org", "ben@example.org"))
    assert {known.id, other.id} == set(desk.read(calendar_plans.preview, file(both)).unknown[0].suggested)
    desk.do(calendar_rules.add, "series", "u1", other.id)
    assert other.id == desk.read(calendar_plans.preview, file(both)).steps[0].client_id


def test_a_rule_is_replaced_and_removed_and_goes_with_its_client(desk: Desk, known: Client):
    rule = desk.do(calendar_rules.add, "email", " ANA@example.org ", None)
    assert [rule.id] == [one.id for one in desk.read(calendar_rules.every)]
    desk.do(calendar_rules.remove, rule.id)
    assert [] == desk.read(calendar_rules.every)
    desk.do(calendar_rules.add, "title", "x", known.id)
    desk.do(forget.forget, known.id)
    assert [] == desk.read(calendar_rules.every)
    with pytest.raises(Refused):
        desk.do(calendar_rules.add, "colour", "red", None)
    with pytest.raises(Refused):
        desk.do(calendar_rules.add, "title", "  ", None)


# --- planned, moved, called off


def test_a_known_entry_is_planned_with_its_length_and_name(desk: Desk, known: Client):
    assert ["plan"] == acts(taken(desk, ENTRY))
    row = only(desk)
    assert ("planned", AT, 60, "Europe/Berlin") == (row.state, row.planned_start, row.planned_minutes, row.time_zone)
    assert ("u1", AT, "/calendar.ics") == (row.calendar_uid, row.calendar_at, row.calendar_source)


def test_an_appointment_without_a_usable_length_takes_the_agreed_one(desk: Desk, known: Client):
    taken(desk, replace(ENTRY, end=AT))
    assert 50 == only(desk).planned_minutes


def test_the_same_file_again_changes_nothing(desk: Desk, known: Client, clock: Still):
    changing = replace(ENTRY, uid="u2", instance=AT + timedelta(days=1))
    taken(desk, ENTRY, moved(timedelta(days=1), changing))
    for entries in ([ENTRY, moved(timedelta(days=2), changing)], [ENTRY, moved(timedelta(days=2), changing)]):
        clock.advance(60)
        again = taken(desk, *entries)
    assert (2, []) == (again.settled, acts(again))
    before = rows(desk)
    announced: list[object] = []
    desk.listeners.append(announced.append)
    taken(desk, ENTRY, moved(timedelta(days=2), changing))
    assert (before, []) == (rows(desk), announced)


def test_a_moved_entry_moves_its_session_and_the_old_time_stays(desk: Desk, known: Client):
    taken(desk, ENTRY)
    later = timedelta(hours=26)
    assert ["move"] == acts(taken(desk, moved(later)))
    assert [("moved", AT, 60), ("planned", AT + later, 60)] == rows(desk)
    assert ["move"] == acts(taken(desk, moved(later * 2)))
    assert [("moved", AT, 60), ("moved", AT + later, 60), ("planned", AT + later * 2, 60)] == rows(desk)
    assert [] == acts(taken(desk, moved(later * 2)))


def test_a_single_entry_that_was_moved_has_nothing_but_its_uid(desk: Desk, known: Client):
    taken(desk, ENTRY)
    later = AT + timedelta(days=40)
    for again in (["move"], []):
        preview = taken(desk, replace(ENTRY, instance=later, start=later, end=later + timedelta(minutes=60)))
        assert (again, ()) == (acts(preview), preview.gone)
    assert [("moved", AT, 60), ("planned", later, 60)] == rows(desk)
    desk.do(sessions.move, desk.read(sessions.coming)[0].id, later + timedelta(days=1))
    assert [] == acts(taken(desk, ENTRY))


def series(shift: timedelta, count: int = 3) -> list[Entry]:
    """A weekly series whose every instance was moved, so that each has another name."""
    starts = [AT + shift + timedelta(weeks=n) for n in range(count)]
    return [replace(ENTRY, instance=at, start=at, end=at + timedelta(minutes=60), repeats=True) for at in starts]


def test_a_series_moved_as_a_whole_moves_its_sessions(desk: Desk, known: Client):
    taken(desk, *series(timedelta()))
    shift = timedelta(days=2, hours=1)
    preview = taken(desk, *series(shift, 4))
    assert (["move", "move", "move", "plan"], ()) == (acts(preview), preview.gone)
    assert [AT + shift + timedelta(weeks=n) for n in range(4)] == [
        row.planned_start for row in desk.read(sessions.coming)
    ]
    assert [] == acts(taken(desk, *series(shift, 4)))
    assert 2 == len(taken(desk, *series(shift, 2)).gone)


def test_a_session_of_yesterday_that_was_moved_to_tomorrow_is_planned_there(desk: Desk, known: Client, clock: Still):
    taken(desk, ENTRY)
    clock.advance(timedelta(days=2).total_seconds())
    taken(desk, moved(timedelta(days=3)))
    assert [("moved", AT, 60), ("planned", AT + timedelta(days=3), 60)] == rows(desk)


def test_a_longer_appointment_makes_a_longer_session_unless_the_coach_set_it(desk: Desk, known: Client, clock: Still):
    taken(desk, ENTRY)
    assert ["lengthen"] == acts(taken(desk, replace(ENTRY, end=AT + timedelta(minutes=90))))
    assert [("planned", AT, 90)] == rows(desk)
    clock.advance(60)
    desk.do(sessions.edit, only(desk).id, planned_minutes=45)
    assert [] == acts(taken(desk, ENTRY))
    taken(desk, moved(timedelta(hours=1)))
    assert [("moved", AT, 45), ("planned", AT + timedelta(hours=1), 45)] == rows(desk)


def test_a_cancelled_entry_calls_its_session_off_and_one_never_seen_is_nothing(desk: Desk, known: Client):
    taken(desk, ENTRY)
    assert ["cancel"] == acts(taken(desk, replace(ENTRY, cancelled=True), replace(ENTRY, uid="new", cancelled=True)))
    assert [("cancelled", AT, 60)] == rows(desk)
    assert [] == acts(taken(desk, replace(ENTRY, cancelled=True)))


def test_what_the_coach_moved_called_off_or_removed_the_rule_of_is_left_alone(desk: Desk, known: Client):
    taken(desk, ENTRY)
    desk.do(sessions.move, only(desk).id, AT + timedelta(days=4))
    before = rows(desk)
    for entry in (ENTRY, moved(timedelta(days=1)), replace(ENTRY, cancelled=True)):
        assert [] == acts(taken(desk, entry, whole=False))
    assert before == rows(desk)


def test_a_session_that_was_held_or_is_running_is_left_alone(desk: Desk, known: Client, clock: Still):
    taken(desk, ENTRY)
    clock.advance((AT - NOON).total_seconds())
    desk.do(sessions.start, known.id)
    assert [] == acts(taken(desk, moved(timedelta(hours=5))))
    assert [] == acts(taken(desk, replace(ENTRY, cancelled=True)))
    assert ["running"] == [row.state for row in desk.read(sessions.every)]


def test_what_is_past_is_not_planned(desk: Desk, known: Client):
    assert [] == acts(taken(desk, moved(timedelta(days=-3))))
    assert [] == rows(desk)


def test_a_session_planned_by_hand_at_that_time_is_joined(desk: Desk, known: Client, clock: Still):
    desk.do(sessions.plan, known.id, AT, minutes=75)
    clock.advance(60)
    assert ["join"] == acts(taken(desk, ENTRY))
    assert [("planned", AT, 75)] == rows(desk)
    assert ["move"] == acts(taken(desk, moved(timedelta(hours=1))))
    assert ("planned", AT + timedelta(hours=1), 75) in rows(desk)


def test_a_session_that_was_begun_without_a_plan_is_that_appointment(desk: Desk, known: Client, clock: Still):
    desk.do(sessions.start, known.id)
    soon = replace(ENTRY, instance=NOON, start=NOON + timedelta(minutes=5), end=NOON + timedelta(minutes=65))
    assert ["join"] == acts(taken(desk, soon))
    assert "running" == only(desk).state
    assert [] == acts(taken(desk, soon))


def test_a_session_that_was_over_before_is_not_an_appointment_still_ahead(desk: Desk, known: Client, clock: Still):
    desk.do(sessions.start, known.id)
    clock.advance(600)
    desk.do(sessions.finish)
    later = NOON + timedelta(hours=2)
    taken(desk, replace(ENTRY, instance=later, start=later, end=later + timedelta(hours=1)))
    assert [later] == [row.planned_start for row in desk.read(sessions.coming)]


def test_a_session_that_was_held_at_its_time_is_that_appointment(desk: Desk, known: Client, clock: Still):
    desk.do(sessions.start, known.id)
    clock.advance(600)
    desk.do(sessions.finish)
    assert ["join"] == acts(taken(desk, replace(ENTRY, instance=NOON, start=NOON, end=NOON + timedelta(hours=1))))


def test_a_whole_day_is_counted_and_not_planned(desk: Desk, known: Client):
    preview = taken(desk, replace(ENTRY, all_day=True))
    assert (1, []) == (preview.whole_days, rows(desk))


def test_what_came_from_coachdesk_itself_is_not_planned_again(desk: Desk, known: Client):
    row = desk.do(sessions.plan, known.id, AT)
    preview = taken(desk, replace(ENTRY, uid=row.id + OURS))
    assert ([], ()) == (acts(preview), preview.unknown)


# --- what the coach decided otherwise, or corrected


def differing(desk: Desk, *entries: Entry) -> list[tuple[str, datetime]]:
    return [(step.act, step.start) for step in desk.read(calendar_plans.preview, file(*entries)).differing]


@pytest.mark.parametrize("undone", [False, True])
def test_a_session_that_was_removed_or_taken_back_stays_away(desk: Desk, known: Client, undone: bool):
    taken(desk, ENTRY)
    desk.undo() if undone else desk.do(sessions.remove, only(desk).id)
    assert ([], [], 1) == (acts(again := taken(desk, ENTRY)), rows(desk), again.settled)
    desk.do(calendar_plans.answer, [ENTRY], known.id)
    assert ["plan"] == acts(taken(desk, ENTRY))


def test_which_entries_were_taken_goes_with_the_client(desk: Desk, known: Client):
    taken(desk, ENTRY)
    desk.do(forget.forget, known.id)
    again = desk.do(clients.add, "Ana", email="ana@example.org")
    assert (again.id,) == desk.read(calendar_plans.preview, file(ENTRY)).unknown[0].suggested


@pytest.mark.parametrize("follows", [False, True])
def test_a_session_the_coach_moved_is_proposed_when_its_entry_moves(desk: Desk, known: Client, follows: bool):
    taken(desk, ENTRY)
    desk.do(sessions.move, only(desk).id, AT + timedelta(days=4))
    later = moved(timedelta(days=2))
    assert ([], [("move", later.start)]) == (acts(taken(desk, later)), differing(desk, later))
    desk.do(calendar_plans.settle, file(later), [], follow_differing=follows)
    assert [later.start if follows else AT + timedelta(days=4)] == [r.planned_start for r in desk.read(sessions.coming)]
    assert [] == differing(desk, later)


@pytest.mark.parametrize("follows", [False, True])
def test_a_session_the_coach_called_off_is_proposed_when_its_entry_gets_a_new_date(
    desk: Desk, known: Client, follows: bool
):
    taken(desk, ENTRY)
    desk.do(sessions.cancel, only(desk).id)
    assert [] == differing(desk, ENTRY)
    later = moved(timedelta(days=2))
    assert [("move", later.start)] == differing(desk, later)
    desk.do(calendar_plans.settle, file(later), [], follow_differing=follows)
    assert ([later.start] if follows else []) == [row.planned_start for row in desk.read(sessions.coming)]
    assert [] == differing(desk, later)


@pytest.mark.parametrize("follows", [False, True])
def test_a_session_the_coach_moved_is_proposed_when_its_entry_is_cancelled(desk: Desk, known: Client, follows: bool):
    taken(desk, ENTRY)
    desk.do(sessions.move, only(desk).id, AT + timedelta(days=4))
    cancelled = replace(ENTRY, cancelled=True)
    assert [("cancel", AT + timedelta(days=4))] == differing(desk, cancelled)
    desk.do(calendar_plans.settle, file(cancelled), [], follow_differing=follows)
    assert (0 if follows else 1) == len(desk.read(sessions.coming))
    assert [] == differing(desk, cancelled)


@pytest.mark.parametrize("follows", [False, True])
def test_a_corrected_answer_is_proposed_for_what_was_planned_by_the_wrong_one(desk: Desk, ana: Client, follows: bool):
    bo = desk.do(clients.add, "Bo")
    desk.do(calendar_rules.add, "series", "u1", bo.id)
    taken(desk, ENTRY)
    desk.do(calendar_rules.add, "series", "u1", ana.id)
    assert ([], [("hand", AT)]) == (acts(taken(desk, ENTRY)), differing(desk, ENTRY))
    desk.do(calendar_plans.settle, file(ENTRY), [], follow_differing=follows)
    assert [(ana if follows else bo).id] == [row.client_id for row in desk.read(sessions.every)]
    assert [] == differing(desk, ENTRY)


# --- gone from the file


def test_what_is_gone_is_proposed_and_called_off_only_when_asked(desk: Desk, known: Client):
    other = replace(ENTRY, uid="u2", instance=AT + timedelta(days=1))
    taken(desk, ENTRY, moved(timedelta(days=1), other))
    preview = taken(desk, ENTRY)
    assert [AT + timedelta(days=1)] == [step.start for step in preview.gone]
    assert ["planned", "planned"] == [state for state, _start, _minutes in rows(desk)]
    desk.do(calendar_plans.take, preview.gone)
    assert ["cancelled", "planned"] == [state for state, _start, _minutes in rows(desk)]
    assert () == taken(desk, ENTRY).gone


def test_nothing_is_gone_from_another_file_or_one_that_was_not_read_wholly(desk: Desk, known: Client):
    taken(desk, ENTRY)
    assert () == desk.read(calendar_plans.preview, file(source="/invitation.ics")).gone
    assert () == desk.read(calendar_plans.preview, file(whole=False)).gone
    assert 1 == len(desk.read(calendar_plans.preview, file()).gone)


def test_a_preview_that_grew_old_does_no_harm(desk: Desk, known: Client):
    preview = desk.read(calendar_plans.preview, file(ENTRY))
    desk.do(calendar_plans.take, preview.steps)
    assert [] == desk.do(calendar_plans.take, preview.steps)
    gone = desk.read(calendar_plans.preview, file(source="")).gone
    desk.do(sessions.remove, only(desk).id)
    desk.do(calendar_plans.take, gone)
    desk.do(forget.forget, known.id)
    desk.do(calendar_plans.take, preview.steps)
    assert [] == rows(desk)


def test_what_is_followed_and_waits_is_kept_among_the_confidential_settings(desk: Desk):
    desk.do(calendar_plans.follow, "/home/me/Ana's calendar.ics")
    desk.do(calendar_plans.note_waiting, 3)
    assert ("/home/me/Ana's calendar.ics", 3) == (
        desk.read(calendar_plans.followed), desk.read(calendar_plans.waiting),
    )  # fmt: skip
    desk.do(calendar_plans.follow, "")
    assert ("", 0) == (desk.read(calendar_plans.followed), desk.read(calendar_plans.waiting))


def test_answers_and_what_they_decide_are_settled_together(desk: Desk, ana: Client):
    taken(desk, ENTRY)
    asked = desk.read(calendar_plans.preview, file(ENTRY)).unknown
    touched = desk.do(calendar_plans.settle, file(ENTRY), [(asked[0].entries, ana.id)])
    assert [("planned", AT, 60)] == rows(desk)
    assert [only(desk).id] == [row.id for row in touched]
    desk.do(calendar_plans.settle, file(), [])
    assert [("planned", AT, 60)] == rows(desk)
    desk.do(calendar_plans.settle, file(), [], call_off=True)
    assert [("cancelled", AT, 60)] == rows(desk)


def test_an_appointment_that_became_a_whole_day_leaves_its_session(desk: Desk, known: Client):
    taken(desk, ENTRY)
    assert [] == acts(taken(desk, replace(ENTRY, all_day=True, start=AT - timedelta(hours=12))))
    assert [("planned", AT, 60)] == rows(desk)


def test_a_session_that_began_since_the_preview_is_left_alone(desk: Desk, known: Client):
    taken(desk, ENTRY)
    preview = desk.read(calendar_plans.preview, file(moved(timedelta(hours=1))))
    desk.do(sessions.missed, only(desk).id)
    assert [] == desk.do(calendar_plans.take, preview.steps)
