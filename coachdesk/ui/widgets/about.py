"""About: which copy of the program this is and how old, where newer ones are, what it is made of, where things lie."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from coachdesk import NAME, __version__, build
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.build import Build
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.ui.widgets.page import Shell

_WEEKDAY = re.compile(r"[\s,]*dddd?[\s,]*")
MONTHS_UNTIL_YEARS = 24
WEEKS_UNTIL_MONTHS = 9
DAYS_UNTIL_WEEKS = 14


class About(Card):
    """What a person is asked for who asks for help, each thing to be read, copied or opened."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None, this: Build | None = None) -> None:
        """``this`` is the copy told of; without it the one that runs here."""
        super().__init__(
            f"{NAME} {__version__}",
            _("Presence in the session, confidential records, promises kept in mind."),
            parent,
        )
        self._desk, self._shell = desk, shell
        self.build = this or build.this()
        self.notices = build.notices()
        self.copy = label(copy_words(self.build, today(desk)), selectable=True)
        self.releases = label(breakable(releases_words(self.build)), selectable=True)
        self.places = label(places_words(desk.home), "muted", selectable=True)
        self.add(self.copy)
        self.add(self.releases)
        self.add(
            label(_("Nothing here looks for updates, and nothing is sent anywhere; there is no account."), "muted")
        )
        self.add(label(_("Licence: MIT.")))
        self.add(self.places)
        self._offer()

    def _offer(self) -> None:
        self.open_releases = button(_("Open the page of releases"), self._on_releases, quiet=True)
        self.copy_releases = button(_("Copy its address"), self._on_copy, quiet=True)
        for each in (self.open_releases, self.copy_releases):
            each.setVisible(bool(self.build.releases))
        self.open_notices = button(_("Licences of what it is made of"), self._on_notices, quiet=True)
        self.open_notices.setVisible(self.notices is not None)
        self.open_logs = button(_("Show the folder of logs"), self._on_logs, quiet=True)
        self.act(self.open_releases, self.copy_releases, self.open_notices, self.open_logs)

    @Slot()
    def _on_releases(self) -> None:
        self._open(QUrl(self.build.releases))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.build.releases)
        self._shell.say(_("The address is copied."))

    @Slot()
    def _on_notices(self) -> None:
        self._open(QUrl.fromLocalFile(str(self.notices)))

    @Slot()
    def _on_logs(self) -> None:
        logs: Path = self._desk.home.logs
        if logs.is_dir():
            self._open(QUrl.fromLocalFile(str(logs)))
        else:
            self._shell.say(_("There is nothing in the logs; their folder is made when something goes wrong."))

    def _open(self, what: QUrl) -> None:
        if not QDesktopServices.openUrl(what):
            where = what.toLocalFile() or what.toDisplayString()
            self._shell.say(_("No program on this computer opens this: {what}").format(what=breakable(where)))


def copy_words(this: Build, here: date) -> str:
    """Which copy it is, and how old, seen from a day."""
    if not this.commit:
        return _("This copy does not know which state of the program it is.") if this.packed else _("Run from source.")
    if not this.packed:
        words = _("Run from source, at state {state} of the program.")
    elif this.changed:
        words = _("This copy is state {state} of the program, with changes made to it since.")
    else:
        words = _("This copy is state {state} of the program.")
    which = words.format(state=this.short)
    if this.day is None:
        return which
    day, age = whole_day(this.day), age_words(this.day, here)
    since = _("It is from {day}, {age}.").format(day=day, age=age) if age else _("It is from {day}.").format(day=day)
    return f"{which} {since}"


def releases_words(this: Build) -> str:
    """Where newer copies are."""
    if this.releases:
        return _("Releases are offered at {address}").format(address=this.releases)
    if this.packed:
        return _("This copy does not know where releases are offered. Ask whoever you have it from.")
    return _("Newer versions come from where you got the source.")


def places_words(home: Home) -> str:
    """Where records and logs lie, and whether they travel with the program."""
    lines = [
        _("Records: {folder}").format(folder=breakable(str(home.root))),
        _("Logs, without a word of any client: {folder}").format(folder=breakable(str(home.logs))),
    ]
    if home.portable:
        lines.append(_("The records were found beside the program and travel with it."))
    return "\n".join(lines)


def whole_day(day: date) -> str:
    """A day with its year and without its weekday, as it is written here, for example "14 March 2026"."""
    pattern = _WEEKDAY.sub("", QLocale().dateFormat(QLocale.FormatType.LongFormat))
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def age_words(day: date, here: date) -> str:
    """How old something of that day is, in days, then weeks, months, years; empty if not a day old."""
    days = (here - day).days
    months = (here.year - day.year) * 12 + here.month - day.month - (here.day < day.day)
    if days <= 0:  # of today, or this computer's clock is behind
        return ""
    if days < DAYS_UNTIL_WEEKS:
        return ngettext("{n} day old", "{n} days old", days).format(n=days)
    if days < WEEKS_UNTIL_MONTHS * 7:
        return ngettext("{n} week old", "{n} weeks old", days // 7).format(n=days // 7)
    if months < MONTHS_UNTIL_YEARS:
        return ngettext("{n} month old", "{n} months old", months).format(n=months)
    return ngettext("{n} year old", "{n} years old", months // 12).format(n=months // 12)
