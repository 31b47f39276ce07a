"""How soon each screen stands there filled, with the records of twenty years."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench.figures import Figure, Limit

if TYPE_CHECKING:
    from tests.bench.ground import Ground  # it loads the database, which the program measured is to do when it does

VISITS = 7
Place = tuple[str, dict[str, Any]]


def opened(ground: Ground) -> list[Figure]:
    """The slowest screen of all: opened again, and opened for the first time, which imports and builds it."""
    from coachdesk.desk import Desk
    from coachdesk.machine.here import here
    from coachdesk.practice import clients

    desk = Desk(here(), ground.practice.by_keychain)
    desk.open(ground.practice.key)
    client = desk.read(clients.present)[0].id
    desk.close()
    with ground.program("real_window", *ground.practice.way("keychain"), "screens", client) as window:
        told = window.hear("screens")["seconds"]
    again = max(told, key=lambda name: median(told[name][1:]))
    first = max(told, key=lambda name: told[name][0])
    return [
        Figure(f"the slowest screen opened ({again})", 1000 * median(told[again][1:]), "ms", Limit(most=150)),
        Figure(f"the slowest opened for the first time ({first})", 1000 * told[first][0], "ms", Limit()),
    ]


def open_each(program: Any, client: str) -> dict[str, list[float]]:
    """Go to every screen in turns, and say how many seconds each visit took until it was painted."""
    seconds: dict[str, list[float]] = {}
    for _each in range(VISITS):
        for name, what in _places(program, client):
            begun = time.perf_counter()
            program.window.show_page(name, **what)
            program.window.repaint()
            program.app.processEvents()
            part = what.get("tab") or what.get("section") or ""
            seconds.setdefault(f"{name} {part}".strip(), []).append(time.perf_counter() - begun)
    return seconds


def _places(program: Any, client: str) -> Iterator[Place]:
    from coachdesk.practice import sessions
    from coachdesk.ui.pages import PAGES
    from coachdesk.ui.pages.client import TABS
    from coachdesk.ui.pages.settings import SECTIONS

    yield from ((entry.name, {}) for entry in PAGES if entry.place and entry.name not in ("mine", "settings"))
    yield from (("client", {"client_id": client, "tab": tab.name}) for tab in TABS)
    yield "brief", {"client_id": client}
    held = program.desk.read(sessions.held, client)
    yield "close", {"session_id": held[0].id}
    yield from (("settings", {"section": section.name}) for section in SECTIONS)
