"""Focus mode in the settings in its states, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coachdesk.focus.blockers import FakeSystem, Running, Support
from coachdesk.focus.mode import FakeFocus
from coachdesk.focus.plan import App, Outcome
from coachdesk.ui.widgets.focus_check import FocusCheck
from coachdesk.ui.widgets.focus_settings import FocusSettings
from tests.studio import LEFTWARD, LONG, UNBROKEN, Studio

PROGRAMS = (
    Running(App("thunderbird", "Thunderbird")),
    Running(App("steam", LONG)),
    Running(App("telegram", LEFTWARD[1])),
    Running(App("firefox", "Firefox"), excluded="Your call may be in a browser, so focus mode leaves browsers alone."),
    Running(App("unbroken", UNBROKEN)),
)
SUPPORTS = {
    "sites": Support("partly", "Firefox has a proxy of its own and may still show them."),
    "apps": Support("no", "This desktop does not tell which windows are open."),
}
OWN_SITES = (
    "xn--bcher-kva.example", "xn--4dbcagdahymbxekheh6e0a7fei0b.example", f"{'endless' * 8}.{'further' * 8}.example",
    "xn--mgbh0fb.xn--mgberp4a5d4ar", "0.example", "forum.example.org", "worries.example.com", "2.example", "3.example",
    "4.example", "5.example", "6.example", "7.example", "8.example", "9.example",
)  # fmt: skip


def _focus(studio: Studio, **what: object) -> FocusSettings:
    """The settings of focus mode, on a computer of plain values."""
    studio.window.focus = FakeFocus(**what)
    studio.window.focus.listeners.append(studio.window.bridge.focus)
    studio.window.system = FakeSystem(supports=SUPPORTS, programs=PROGRAMS)
    studio.page("settings", section="focus")
    return studio.window.page.part(FocusSettings)


def _fresh(studio: Studio) -> QWidget:
    _focus(studio)
    return studio.window


def _on(studio: Studio) -> QWidget:
    part = _focus(studio, loud={"awake": "this computer did not answer."})
    part.now.begin.click()
    studio.settle()
    return studio.window


def _left(studio: Studio) -> QWidget:
    by_hand = ("Open the settings of notifications and switch “Do not disturb” off.", "Put the proxy back to “none”.")
    _focus(studio, outcome=Outcome(("awake",), ("apps",), by_hand)).back.now.click()
    studio.settle()
    return studio.window


def _after_checking(studio: Studio) -> QWidget:
    _checked(studio)
    return studio.window


def _checked(studio: Studio) -> FocusCheck:
    part = _focus(studio, loud={"awake": "This computer did not answer."}).check
    part.wait = lambda _seconds: None
    part.look.click()
    studio.settle()
    studio.window.page.scroll.ensureWidgetVisible(part)
    return part


def _tried(studio: Studio) -> QWidget:
    part = _checked(studio)
    part.attempt.click()
    studio.settle()
    studio.window.page.scroll.ensureWidgetVisible(part)
    return studio.window


def _sites(studio: Studio) -> QWidget:
    studio.desk.change_setting("focus.site_groups", ["news", "social"])
    studio.desk.change_setting("focus.own_sites", OWN_SITES)
    part = _focus(studio)
    part.groups.rows["news"].more.click()
    part.sites.field.setText("zoom.us, https://quiet.example/page localhost meet.google.com")
    part.sites.put.click()
    part.sites.every.click()
    studio.settle()
    studio.window.page.scroll.ensureWidgetVisible(part.groups)
    return studio.window


def _programs(studio: Studio) -> QWidget:
    studio.desk.change_setting("focus.programs", [("thunderbird", "Thunderbird"), ("chess", "A game of chess")])
    part = _focus(studio).programs
    part.look.click()
    studio.settle()
    studio.window.page.scroll.ensureWidgetVisible(part)
    return studio.window


SHOWN: dict[str, Callable[[Studio], QWidget]] = {
    "settings-focus": _fresh,
    "settings-focus-on": _on,
    "settings-focus-left": _left,
    "settings-focus-checked": _after_checking,
    "settings-focus-tried": _tried,
    "settings-focus-sites": _sites,
    "settings-focus-programs": _programs,
}
"""Name → how it is set up."""
