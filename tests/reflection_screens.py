"""The weekly reflection in its states, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from coachdesk.practice import checklists, clients, commitments, reflections, sessions, weeks
from tests.studio import LEFTWARD, LONG, NOW, UNBROKEN, ZONE, Studio

BERLIN = ZoneInfo(ZONE)
HERE = weeks.of(NOW, BERLIN)
WORDS = (
    "Twice I waited, and something came.", "The article for Mara is still unread.", "",
    "Once I told Grace what I would do.", "The quiet mornings help.",
)  # fmt: skip
EARLIER = (
    (1, "Slower than I wanted, and better for it.", (5, 6)),
    (2, "Three first sessions in one week are too many.", ()),
    (5, "", (4,)),
    (9, LONG, (1, 2, 3, 4, 5, 6, 7, 8)),
    (10, LEFTWARD[1], ()),
    (61, "The year began quietly.", (2,)),
)


def _answer(studio: Studio, week: weeks.Week, words: tuple[str, ...] = WORDS) -> None:
    """Answer every question of a week, each with one of the words."""
    asked = studio.desk.read(
        reflections.of_week, str(week), studio.desk.settings.session.whom, zone=BERLIN
    ).asked  # fmt: skip
    for at, each in enumerate(asked):
        studio.desk.do(
            reflections.answer, str(week), each.item_id, zone=BERLIN,
            word=("yes", "partly", "skipped", "no")[at % 4], text=words[at % len(words)],
        )  # fmt: skip


def _write(studio: Studio) -> None:
    _answer(studio, HERE)
    studio.desk.do(reflections.touch, str(HERE), (5, 7), zone=BERLIN)
    studio.desk.do(reflections.write, str(HERE), "I was less in a hurry than last week. 🌿", zone=BERLIN)


def _fill_months(studio: Studio) -> None:
    """Two years of sessions and promises, told as they might have been."""
    with studio.desk.store.session() as db:  # at once, because the window hears of each change of the desk
        now = studio.desk.now()
        client = clients.add(db, "Inés Robledo", short_name="Inés", now=now)
        for week in range(1, 104):
            then = replace(now, at=NOW - timedelta(weeks=week, hours=1))
            sessions.log(db, client.id, then.at, 50, now=now)
            row = commitments.add(db, client.id, "Send the notes", now=then)
            outcome = ("kept", "kept", "partly", "kept", "released", "carried")[week % 6]
            commitments.review(db, row.id, outcome, now=then)
        db.commit()


def _fresh(studio: Studio) -> QWidget:
    return studio.page("reflect")


def _written(studio: Studio) -> QWidget:
    _write(studio)
    return studio.page("reflect")


def _both(studio: Studio) -> QWidget:
    studio.desk.change_setting("session.whom", "both")
    return studio.page("reflect")


def _long(studio: Studio) -> QWidget:
    """The coach's own wording at its longest, and any script, in a narrow window."""
    for item, words in zip(
        studio.desk.read(checklists.items, checklists.WEEKLY_CLIENTS), (LONG, UNBROKEN, *LEFTWARD), strict=True
    ):
        studio.desk.do(checklists.edit_item, item.id, words)
    _answer(studio, HERE, (LONG, UNBROKEN, *LEFTWARD))
    studio.window.resize(720, 740)
    return studio.page("reflect")


def _earlier(studio: Studio) -> QWidget:
    for back, words, touched in EARLIER:
        week = str(HERE.later(-back))
        studio.desk.do(reflections.write, week, words, zone=BERLIN)
        studio.desk.do(reflections.touch, week, touched, zone=BERLIN)
    return studio.page("reflect", part="earlier")


def _trends(studio: Studio) -> QWidget:
    _fill_months(studio)
    return studio.page("reflect", part="trends")


def _every_month(studio: Studio) -> QWidget:
    _trends(studio)
    part = studio.window.page.parts["trends"]
    part.range.choose(0)
    part.refresh()
    studio.settle()
    return studio.window


def _part(name: str) -> Callable[[Studio], QWidget]:
    def show(studio: Studio) -> QWidget:
        return studio.page("reflect", part=name)

    return show


SHOWN: dict[str, tuple[Callable[[Studio], QWidget], str]] = {
    "reflect": (_fresh, "example"),
    "reflect-empty": (_fresh, "empty"),
    "reflect-self": (_fresh, "self"),
    "reflect-both": (_both, "example"),
    "reflect-written": (_written, "example"),
    "reflect-long": (_long, "example"),
    "reflect-earlier": (_earlier, "example"),
    "reflect-earlier-empty": (_part("earlier"), "empty"),
    "reflect-trends": (_trends, "example"),
    "reflect-trends-all": (_every_month, "example"),
    "reflect-trends-empty": (_part("trends"), "empty"),
}
"""Name → how it is set up, and on which practice."""
