"""What is handed out, each part set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coachdesk.practice import agreements, canvas, clients, commitments, private_settings, sessions
from tests.studio import Studio


def _given(studio: Studio) -> str:
    """A session just held, in which something was promised; who hands it out; something private."""
    studio.begin(50)
    row = studio.window.sitting.moment().session_id
    for owner, words in (
        ("coach", "Send the two pages on first conversations"),
        ("client", "Tell the team what the pause is for"),
        ("both", "Look at the plan for spring once more"),
    ):
        studio.desk.do(commitments.add, studio.client_id, words, owner=owner, session_id=row)
    studio.desk.do(sessions.finish)
    studio.window.bridge.sitting_changed.emit()
    studio.desk.do(private_settings.keep, "coach_name", "Kim Lee")
    studio.desk.do(private_settings.keep, "coach_address", "Linden 4\n10115 Berlin")
    studio.desk.do(private_settings.keep, "summary_greeting", "It was good to talk today. This is what we agreed:")
    studio.desk.do(canvas.add, studio.client_id, "I talk fast when she falls silent", private=True)
    studio.settle()
    return row


def _summary(studio: Studio) -> QWidget:
    row = _given(studio)
    return studio.page("hand_out", client_id=studio.client_id, session_id=row)


def _nobody_named(studio: Studio) -> QWidget:
    return studio.page("hand_out", client_id=studio.client_id)


def _none_held(studio: Studio) -> QWidget:
    fresh = studio.desk.do(clients.add, "Somebody new")
    return studio.page("hand_out", client_id=fresh.id)


def _sheet(studio: Studio) -> QWidget:
    _given(studio)
    studio.desk.do(
        agreements.agree,
        studio.client_id,
        confidentiality="What is said here stays here.",
        exceptions="Danger to life.",
    )
    return studio.page("hand_out", client_id=studio.client_id, part="sheet")


def _data(studio: Studio) -> QWidget:
    _given(studio)
    return studio.page("hand_out", client_id=studio.client_id, part="data")


def _data_chosen(studio: Studio) -> QWidget:
    window = _data(studio)
    studio.window.page.part.private.choose(True)
    studio.window.page.part.refresh()
    studio.window.page.part.work.show()
    studio.window.page.part.work.bar.show()
    studio.window.page.part.work.bar.setValue(400)
    studio.settle()
    return window


def _offered(studio: Studio) -> QWidget:
    row = _given(studio)
    studio.page("close", session_id=row)
    studio.window.page.done.click()
    studio.settle()
    return studio.window


SHOWN: dict[str, Callable[[Studio], QWidget]] = {
    "hand-out-summary": _summary,
    "hand-out-nobody-named": _nobody_named,
    "hand-out-none-held": _none_held,
    "hand-out-sheet": _sheet,
    "hand-out-data": _data,
    "hand-out-data-written": _data_chosen,
    "hand-out-offered": _offered,
}
"""Name → how it is set up."""
