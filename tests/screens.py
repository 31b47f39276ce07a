"""Every screen and every state of the bar, set up by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from coachdesk.errors import RecordsDamaged
from coachdesk.focus.mode import State
from coachdesk.focus.plan import Outcome
from coachdesk.practice import agreements, commitments, notes, sessions
from coachdesk.storage import keys
from coachdesk.ui import crash, quiet_words, quieting
from coachdesk.ui.bar_face import MORE
from coachdesk.ui.dialogs.choose_client import ChooseClient
from coachdesk.ui.dialogs.commitment_history import CommitmentHistory
from coachdesk.ui.dialogs.edit_agreement import EditAgreement
from coachdesk.ui.dialogs.edit_client import EditClient
from coachdesk.ui.dialogs.edit_commitment import EditCommitment
from coachdesk.ui.dialogs.keys import KeysSheet
from coachdesk.ui.dialogs.log_session import LogSession
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.dialogs.review import ReviewDialog
from coachdesk.ui.dialogs.session_times import SessionTimes
from coachdesk.ui.main_window import LEAST
from coachdesk.ui.pages.settings import SECTIONS
from tests import (
    calendar_screens,
    due_screens,
    focus_screens,
    handout_screens,
    hours_screens,
    installed_screens,
    privacy_screens,
    reflection_screens,
    safekeeping_screens,
    search_screens,
)
from tests.studio import CODE, Studio


@dataclass(frozen=True)
class Screen:
    """One thing to be seen, with the practice that shows it."""

    name: str
    show: Callable[[Studio], QWidget]
    practice: str = "example"


SCREENS: dict[str, Screen] = {}
Show = Callable[[Studio], QWidget]


def screen(name: str, practice: str = "example") -> Callable[[Show], Show]:
    """Enter a screen in the table."""

    def entered(show: Show) -> Show:
        SCREENS[name] = Screen(name, show, practice)
        return show

    return entered


def _page(name: str, page: str, practice: str = "example", **what: object) -> None:
    screen(name, practice)(lambda studio: studio.page(page, **what))


# --- before the records are open


def _first_run(step: str) -> None:
    def show(studio: Studio) -> QWidget:
        window = studio.page("first_run")
        page = studio.window.page
        at = ("whom", "protection", "code", "confirm", "length").index(step)
        if at >= 1:
            page.go_on()
        if at == 2:
            page._on_keys((bytes(32), CODE))
        if at >= 3:
            page._on_keys((bytes(32), CODE))
            page.go_on()
        if at == 4:
            groups = CODE.split("-")
            for field, which in zip(page.groups, page._asked_for, strict=True):
                field.setText(groups[which])
            page.go_on()
        return window

    screen(f"first-run-{step}", "none")(show)


@screen("first-run-keychain", "none")
def _first_run_keychain(studio: Studio) -> QWidget:
    studio.program.opening.keychain_here = keys.FakeKeychain
    window = studio.page("first_run")
    studio.window.page.go_on()
    return window


for _step in ("whom", "protection", "code", "confirm", "length"):
    _first_run(_step)


@screen("unlock-passphrase")
def _unlock_passphrase(studio: Studio) -> QWidget:
    studio.window.lock()
    return studio.page("unlock", ways=frozenset({"keychain", "passphrase", "recovery"}))


@screen("unlock-recovery")
def _unlock_recovery(studio: Studio) -> QWidget:
    window = _unlock_passphrase(studio)
    studio.window.page.use_recovery()
    studio.window.page.refused.setText("This is not the recovery code of these records.")
    studio.window.page.refused.show()
    return window


@screen("trouble")
def _trouble(studio: Studio) -> QWidget:
    studio.window.lock()
    studio.program.opening.trouble(RecordsDamaged("The records are damaged and cannot be read."), bytes(32))
    studio.settle()
    return studio.window


# --- the day and the people

_page("today", "today")
_page("today-empty", "today", "empty")
_page("today-for-self", "today", "self")
_page("clients", "clients")
_page("clients-empty", "clients", "empty")
_page("promises", "promises")
_page("hours-empty", "hours", "empty")
_page("promises-empty", "promises", "empty")


@screen("promises-closed")
def _promises_closed(studio: Studio) -> QWidget:
    window = studio.page("promises")
    studio.window.page.state.choose("closed")
    studio.window.page.refresh()
    return window


@screen("today-in-session")
def _today_in_session(studio: Studio) -> QWidget:
    studio.begin(18)
    return studio.page("today")


@screen("today-said")
def _today_said(studio: Studio) -> QWidget:
    window = studio.page("today")
    studio.window.say("The records lock when the session is over; its time and cues need them.", "note")
    return window


@screen("today-quiet", "self")
def _today_quiet(studio: Studio) -> QWidget:
    quieting.begin(studio.window, studio.desk)
    return studio.page("today")


@screen("today-left-by-hand")
def _today_left(studio: Studio) -> QWidget:
    studio.focus.outcome = Outcome(("notifications",), (), ("Open Settings, then Network, and switch the proxy off.",))
    studio.window.recovered = studio.focus.outcome
    window = studio.page("today")
    studio.window.say(quiet_words.recovered(studio.window.recovered), "note")
    return window


@screen("today-offers", "empty")
def _today_offers(studio: Studio) -> QWidget:
    window = studio.page("today")
    studio.program.opening._offer_to_try()
    studio.settle()
    return window


def _client(tab: str) -> None:
    @screen(f"client-{tab.replace('_', '-')}")
    def show(studio: Studio) -> QWidget:
        return studio.page("client", client_id=studio.client_id, tab=tab)


for _tab in ("promises", "sessions", "canvas", "agreement", "first_session", "private"):
    _client(_tab)


@screen("client-narrow")
def _client_narrow(studio: Studio) -> QWidget:
    window = studio.page("client", client_id=studio.client_id)
    window.resize(*LEAST)
    studio.settle()
    return window


@screen("client-private-open")
def _private_open(studio: Studio) -> QWidget:
    window = studio.page("client", client_id=studio.client_id, tab="private")
    studio.window.page.tab.open.click()
    studio.settle()
    return window


@screen("client-one-session")
def _one_session(studio: Studio) -> QWidget:
    held = studio.desk.read(sessions.held, studio.client_id)
    return studio.page("client", client_id=studio.client_id, tab="sessions", session_id=held[0].id)


# --- what stands in front of the window


@screen("dialog-new-client")
def _new_client(studio: Studio) -> QWidget:
    studio.page("clients")
    return studio.front(EditClient(studio.desk, studio.window, parent=studio.window))


@screen("dialog-change-client")
def _change_client(studio: Studio) -> QWidget:
    studio.page("clients")
    return studio.front(EditClient(studio.desk, studio.window, studio.client, studio.window))


@screen("dialog-plan-session")
def _plan_session(studio: Studio) -> QWidget:
    return studio.front(PlanSession(studio.desk, studio.window, studio.client, parent=studio.window))


@screen("dialog-log-session")
def _log_session(studio: Studio) -> QWidget:
    return studio.front(LogSession(studio.desk, studio.window, studio.client, studio.window))


@screen("dialog-session-times")
def _session_times(studio: Studio) -> QWidget:
    row = studio.desk.read(sessions.held, studio.client_id)[0]
    return studio.front(SessionTimes(studio.desk, studio.window, row, studio.window))


@screen("dialog-choose-client")
def _choose_client(studio: Studio) -> QWidget:
    return studio.front(ChooseClient(studio.desk, studio.window, "With whom do you begin?", studio.window))


@screen("dialog-review")
def _review(studio: Studio) -> QWidget:
    row = studio.desk.read(commitments.open_ones, client_id=studio.client_id)[0]
    dialog = ReviewDialog(studio.desk, studio.window, row, studio.window)
    dialog.outcome.choose("carried")
    dialog._on_outcome("carried")
    return studio.front(dialog)


@screen("dialog-edit-commitment")
def _edit_commitment(studio: Studio) -> QWidget:
    row = next(each for each in studio.desk.read(commitments.open_ones, client_id=studio.client_id) if each.cue)
    return studio.front(EditCommitment(studio.desk, studio.window, row, studio.window))


@screen("dialog-commitment-history")
def _commitment_history(studio: Studio) -> QWidget:
    found = studio.desk.read(commitments.of_client, studio.client_id)
    row = next(each for each in found if each.state == "partly")
    return studio.front(CommitmentHistory(studio.desk, studio.window, row, studio.window))


@screen("dialog-agreement")
def _agreement(studio: Studio) -> QWidget:
    present = studio.desk.read(agreements.present, studio.client_id)
    return studio.front(EditAgreement(studio.desk, studio.window, studio.client_id, present, parent=studio.window))


@screen("keys-sheet")
def _keys_sheet(studio: Studio) -> QWidget:
    return studio.front(KeysSheet(studio.desk.settings, studio.window.navigation.names, studio.window))


@screen("crash")
def _crash(studio: Studio) -> QWidget:
    try:
        raise RuntimeError
    except RuntimeError as error:
        report = crash.report_of(error, studio.desk.now())
    whole = "Your records were checked and are whole."
    return studio.front(crash.CrashScreen(report, studio.home.logs / "crash.txt", whole, studio.window))


# --- the path of a session


@screen("brief")
def _brief(studio: Studio) -> QWidget:
    return studio.page("brief", client_id=studio.client_id)


@screen("arrive")
def _arrive(studio: Studio) -> QWidget:
    return studio.page("arrive", client_id=studio.client_id, minutes=50, template="open")


def _in_session(studio: Studio) -> None:
    """Eighteen minutes in, with a mark, a line and a promise."""
    studio.begin(12)
    studio.press("mark")
    studio.later(6)
    row = studio.desk.read(sessions.running)
    studio.desk.do(notes.add, row.id, "She said “for now” three times.")
    studio.desk.do(
        commitments.add, studio.client_id, "Send the two pages on first conversations", session_id=row.id, owner="coach"
    )
    studio.settle()


@screen("session")
def _session(studio: Studio) -> QWidget:
    _in_session(studio)
    return studio.page("session")


@screen("session-quiet-in-part")
def _session_in_part(studio: Studio) -> QWidget:
    _loud(studio)
    _in_session(studio)
    return studio.page("session")


@screen("session-quiet-why")
def _session_why(studio: Studio) -> QWidget:
    studio.desk.change_setting("focus.site_groups", ["news"])
    studio.focus.loud["sites"] = "A proxy is set on this computer; it is left as it is."
    _session_in_part(studio)
    studio.window.page.quiet.line.why.click()
    studio.settle()
    return studio.window


@screen("session-unseen")
def _session_unseen(studio: Studio) -> QWidget:
    _kept_out_of_sharing(studio)
    _in_session(studio)
    return studio.page("session")


@screen("session-put-back")
def _session_put_back(studio: Studio) -> QWidget:
    _in_session(studio)
    studio.focus.leave()
    return studio.page("session")


def _ended(studio: Studio) -> str:
    """A session of fifty minutes, just ended; its id."""
    _in_session(studio)
    studio.press("asked")
    studio.later(32)
    row = studio.desk.read(sessions.running)
    studio.press("end")
    return row.id


@screen("close")
def _close(studio: Studio) -> QWidget:
    row = _ended(studio)
    studio.later(2)
    return studio.page("close", session_id=row)


@screen("close-just-ended")
def _close_just_ended(studio: Studio) -> QWidget:
    return studio.page("close", session_id=_ended(studio))


@screen("recovery")
def _recovery(studio: Studio) -> QWidget:
    studio.begin(37)
    row = studio.desk.read(sessions.running)
    studio.clock.advance(20 * 60)
    return studio.page("recovery", session_id=row.id)


# --- settings

for _section in SECTIONS:
    if _section.name != "focus":
        _page(f"settings-{_section.name}", "settings", section=_section.name)

for _name, _show in handout_screens.SHOWN.items():
    screen(_name)(_show)
for _name, _show in safekeeping_screens.SHOWN.items():
    screen(_name)(_show)
for _name, _show in hours_screens.SHOWN.items():
    screen(_name)(_show)
for _name, _show in privacy_screens.SHOWN.items():
    screen(_name)(_show)
for _name, _show in focus_screens.SHOWN.items():
    screen(_name)(_show)
for _name, _show in due_screens.SHOWN.items():
    screen(_name)(_show)

for _name, _show in calendar_screens.SHOWN.items():
    screen(_name)(_show)


# --- the weekly reflection

for _name, (_show, _practice) in reflection_screens.SHOWN.items():
    screen(_name, _practice)(_show)


# --- search, and taking back

for _name, (_show, _practice) in search_screens.SHOWN.items():
    screen(_name, _practice)(_show)

for _name, (_show, _practice) in installed_screens.SHOWN.items():
    screen(_name, _practice)(_show)


# --- the bar


@screen("bar-rest")
def _bar_rest(studio: Studio) -> QWidget:
    studio.begin(18)
    return studio.press()


def _loud(studio: Studio) -> None:
    """A computer on which something wanted stays loud."""
    studio.focus.loud["notifications"] = "No program that shows notifications was found."


@screen("bar-quiet-in-part")
def _bar_quiet_in_part(studio: Studio) -> QWidget:
    _loud(studio)
    studio.begin(18)
    return studio.press()


@screen("bar-not-quiet")
def _bar_not_quiet(studio: Studio) -> QWidget:
    studio.begin(18)
    studio.focus.leave()
    return studio.press()


@screen("bar-unseen")
def _bar_unseen(studio: Studio) -> QWidget:
    _kept_out_of_sharing(studio)
    studio.begin(18)
    return studio.point()


def _kept_out_of_sharing(studio: Studio) -> None:
    """A computer that keeps our windows out of what is shared, and says so."""
    studio.let_others_see(False)
    studio.program.private.begin()


@screen("bar-focus-ended")
def _bar_focus_ended(studio: Studio) -> QWidget:
    studio.begin(18)
    studio.focus._become(State(sentence="Focus mode was stopped from outside. Everything is put back."))
    studio.settle()
    return studio.press()


@screen("bar-open")
def _bar_open(studio: Studio) -> QWidget:
    studio.begin(18)
    return studio.point()


@screen("bar-more")
def _bar_more(studio: Studio) -> QWidget:
    studio.clock.advance(9 * 60)
    studio.begin(18)
    studio.point()
    return studio.press(MORE)


@screen("bar-check")
def _bar_check(studio: Studio) -> QWidget:
    studio.begin(25.1)
    return studio.press()


@screen("bar-check-open")
def _bar_check_open(studio: Studio) -> QWidget:
    studio.begin(25.1)
    return studio.point()


@screen("bar-tint-only")
def _bar_tint(studio: Studio) -> QWidget:
    studio.desk.change_setting("cues.tint_only", True)
    studio.begin(25.1)
    return studio.press()


@screen("bar-landing")
def _bar_landing(studio: Studio) -> QWidget:
    studio.begin(25.1)
    studio.press("asked")
    studio.later(15)
    return studio.press()


@screen("bar-held")
def _bar_held(studio: Studio) -> QWidget:
    studio.begin(18)
    return studio.press("hold")


@screen("bar-paused")
def _bar_paused(studio: Studio) -> QWidget:
    studio.begin(18)
    return studio.press("pause")


@screen("bar-notice")
def _bar_notice(studio: Studio) -> QWidget:
    studio.begin(18)
    studio.clock.sleep(300)
    studio.later(0)
    return studio.press()


@screen("bar-hidden")
def _bar_hidden(studio: Studio) -> QWidget:
    studio.begin(18)
    return studio.press("hide")


def _at_end(studio: Studio) -> QWidget:
    studio.begin(25.1)
    studio.press("asked")
    studio.later(26)
    studio.later(1)
    return studio.press()


screen("bar-at-end")(_at_end)


@screen("bar-ended")
def _bar_ended(studio: Studio) -> QWidget:
    _at_end(studio)
    return studio.press("end")


@screen("bar-refused")
def _bar_refused(studio: Studio) -> QWidget:
    studio.begin(18)
    studio.press("pause")
    studio.program.presence.said.tell("The session is paused; a mark can be made when it goes on.")
    studio.later(0)
    return studio.program.presence.bar


@screen("field-promise")
def _field_promise(studio: Studio) -> QWidget:
    studio.begin(18)
    studio.press("promise")
    field = studio.program.presence.field
    QTest.keyClicks(field.line, "Send the two pages on first conversations, by Friday")
    studio.settle()
    return field


@screen("field-jot")
def _field_jot(studio: Studio) -> QWidget:
    studio.begin(18)
    studio.press("jot")
    return studio.program.presence.field
