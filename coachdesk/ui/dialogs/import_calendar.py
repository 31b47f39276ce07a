"""Takes a calendar in: what is new, moved, called off and broken, and whose the unknown entries are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from coachdesk.practice import calendar_plans, clients, sessions
from coachdesk.practice.calendar_entries import Reading
from coachdesk.practice.calendar_plans import Preview, Step
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Toggle, button
from coachdesk.ui.widgets.calendar_choice import Whose
from coachdesk.ui.widgets.cards import ActionRow, Fold, clear
from coachdesk.ui.widgets.dates import clock_words, day_words, local, moment_words, today
from coachdesk.ui.widgets.naming import shown
from coachdesk.ui.widgets.rows import breakable, shortened
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

MOST_SHOWN = 12
"""Sessions named of one kind; the others are counted."""
MOST_BESIDE = 3
"""Sessions named that are planned already on the day of a new one."""
MOST_ASKED = 40
"""Entries asked about at once; the others come the next time."""
ACTS = {
    "plan": N_("New"),
    "move": N_("Moved"),
    "lengthen": N_("Another length"),
    "cancel": N_("Called off"),
    "join": N_("Planned by hand already"),
    "hand": N_("With somebody else, as you have answered since"),
}


def work(sources: Sequence[Path], desk: Desk, progress: object = None) -> Reading:
    """Read calendars; for a thread of its own."""
    from coachdesk.exchange import calendar_in
    from coachdesk.machine.here import zone_here

    return calendar_in.read_all(sources, now=desk.now().at, zone=zone_here(), progress=progress)


class ImportCalendar(FormDialog):
    """Reads at once, off the window's thread; nothing is changed before its one button is pressed."""

    def __init__(self, desk: Desk, shell: Shell, sources: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, _("Import a calendar"), _("Take it over"), parent)
        self._sources = sources
        self.reading: Reading | None = None
        self.whose: list[Whose] = []
        self.call_off: Toggle | None = None
        self.follow_differing: Toggle | None = None
        self.again: Toggle | None = None
        self.said = label(_("Reading …"), "muted")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Reading the calendar"))
        self.progress.setRange(0, 100)
        self.column.addWidget(self.said)
        self.column.addWidget(self.progress)
        self.found = QVBoxLayout()
        self.found.setSpacing(UNIT * 2)
        self.column.addLayout(self.found)
        self.will = label("", "muted")
        self.will.hide()
        self.layout().insertWidget(self.layout().indexOf(self.refusal), self.will)
        self.act.setEnabled(False)
        self._task = shell.tasks.run(work, sources, desk, done=self._on_read, failed=self._on_failed, reports=True)
        self._task.progressed.connect(self._on_progressed)
        self.rejected.connect(self._on_rejected)

    def store(self) -> None:
        """Remember the answers, take what is known, and follow the calendar if that is wanted."""
        if self.reading is None:
            return
        answers = [(one.entries, one.client_id) for one in self.whose if one.decided]
        before = {one.id for one in self.desk.read(sessions.every)}
        touched = self.desk.do(
            calendar_plans.settle,
            self.reading,
            answers,
            call_off=self.call_off is not None and self.call_off.isChecked(),
            follow_differing=self.follow_differing is not None and self.follow_differing.isChecked(),
            usual_minutes=self.desk.settings.session.minutes,
        )
        if self.again is not None:
            self._follow(self.again.isChecked())
        planned = sum(row.id not in before for row in touched)
        self.shell.say(taken_words(planned, len(touched) - planned))

    def show_reading(self, reading: Reading) -> None:
        """Show what taking this reading would do."""
        self.reading = reading
        self.progress.hide()
        clear(self.found)
        preview = self._preview = self.desk.read(calendar_plans.preview, reading)
        people = {one.id: one for one in self.desk.read(clients.every)}
        self._show_steps(preview.steps, people)
        self._show_unknown(preview, people)
        self._show_differing(preview, people)
        self._show_gone(preview, people)
        self._show_broken(reading)
        if reading.source and reading.is_calendar:
            self._show_again(reading)
        self._tell()
        self.said.setText(self._summary(preview))
        announce(self.said, self.said.text())
        self.act.setEnabled(
            reading.is_calendar
            and bool(preview.steps or preview.unknown or preview.gone or preview.differing or reading.source)
        )
        QTimer.singleShot(0, self, self._on_shown)  # Qt shows what was put into a layout at the next turn only

    def _summary(self, preview: Preview) -> str:
        if not preview.reading.is_calendar:
            return ngettext("This file is no calendar.", "None of these files is a calendar.", len(self._sources))
        parts = []
        if not (preview.steps or preview.unknown or preview.differing):
            parts.append(_("Everything stands as in the calendar."))
        if preview.settled:
            words = ngettext(
                "{n} session is as it stands already.", "{n} sessions are as they stand already.", preview.settled
            )
            parts.append(words.format(n=preview.settled))
        if preview.whole_days:
            words = ngettext(
                "{n} entry of a whole day is not taken for a session.",
                "{n} entries of whole days are not taken for sessions.",
                preview.whole_days,
            )
            parts.append(words.format(n=preview.whole_days))
        return " ".join(parts) or _("Nothing is changed before you take it over.")

    def _show_steps(self, steps: Sequence[Step], people: dict[str, clients.Client]) -> None:
        for act, title in ACTS.items():
            self._list(_(title), [one for one in steps if one.act == act], people)

    def _list(self, title: str, steps: Sequence[Step], people: dict[str, clients.Client]) -> None:
        if not steps:
            return
        lines = [self._line(one, people) for one in steps[:MOST_SHOWN]]
        more = len(steps) - MOST_SHOWN
        if more > 0:
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        self._group(label(title, "strong"), label("\n".join(lines)))

    def _group(self, *parts: QWidget) -> None:
        """What belongs together, closer than the rest."""
        group = QVBoxLayout()
        group.setSpacing(UNIT // 2)
        for part in parts:
            group.addWidget(part)
        self.found.addLayout(group)

    def _line(self, step: Step, people: dict[str, clients.Client]) -> str:
        here = today(self.desk)
        name = breakable(shortened(shown(self.desk, people[step.client_id]))) if step.client_id in people else ""
        when = moment_words(step.start, here)
        if step.from_start is None:
            return _("{when}: {name}").format(when=when, name=name)
        return _("{when} instead of {before}: {name}").format(
            when=when, before=moment_words(step.from_start, here), name=name
        )

    def _show_unknown(self, preview: Preview, people: dict[str, clients.Client]) -> None:
        if not preview.unknown:
            return
        told = _("Your answer is remembered and holds for entries like it from then on.")
        self._group(label(_("Whose are these?"), "strong"), label(told, "muted"))
        for one in preview.unknown[:MOST_ASKED]:
            row = Whose(self.desk, one, people)
            self.whose.append(row)
            row.choice.currentIndexChanged.connect(self._tell)
            self.found.addWidget(row)
        more = len(preview.unknown) - MOST_ASKED
        if more > 0:
            words = ngettext("{n} more waits until these are decided.", "{n} more wait until these are decided.", more)
            self.found.addWidget(label(words.format(n=more), "muted"))
        self.rest = button(_("The others are none of mine"), self._on_rest, quiet=True)
        self.found.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_differing(self, preview: Preview, people: dict[str, clients.Client]) -> None:
        if not preview.differing:
            return
        told = _(
            "You changed these sessions here, or answered otherwise since. They stay as they are unless you say so."
        )
        self._group(label(_("Not as you decided"), "strong"), label(told, "muted"))
        self._show_steps(preview.differing, people)
        self.follow_differing = Toggle(_("Follow the calendar here as well"))
        self.found.addWidget(ActionRow(_("Follow the calendar here as well"), "", self.follow_differing))

    def _show_gone(self, preview: Preview, people: dict[str, clients.Client]) -> None:
        if not preview.gone:
            return
        self._list(_("No longer in this calendar"), preview.gone, people)
        self.call_off = Toggle(_("Call these sessions off as well"))
        self.found.addWidget(ActionRow(_("Call these sessions off as well"), "", self.call_off))

    def _show_broken(self, reading: Reading) -> None:
        if not reading.problems:
            return
        count = len(reading.problems)
        fold = Fold(ngettext("{n} thing could not be read", "{n} things could not be read", count).format(n=count))
        fold.add(label("\n".join(breakable(each) for each in reading.problems)))
        fold.handle.toggled.connect(self.fit)
        self.found.addWidget(fold)

    def _show_again(self, reading: Reading) -> None:
        self.again = Toggle(_("Follow this calendar"), self.desk.read(calendar_plans.followed) == reading.source)
        words = _(
            "It is read again when it changes and when CoachDesk starts; what you have decided is done by itself."
        )
        self.found.addWidget(ActionRow(_("Follow this calendar"), words, self.again))

    @Slot()
    def _tell(self) -> None:
        """What the button would do now, in figures, and where one is planned on the same day already."""
        there = [(one.client_id, local(one.planned_start)) for one in self.desk.read(sessions.coming)]
        new = [one for one in self._new() if one not in there]
        acts = Counter(step.act for step in self._preview.steps if step.act != "plan")
        lines = [will_words(len(new), acts), *self._beside(new, there)]
        self.will.setText("\n".join(filter(None, lines)))
        self.will.setVisible(bool(self.will.text()))

    def _new(self) -> Iterator[tuple[str, datetime]]:
        """With whom and when the sessions are that would be planned."""
        for step in self._preview.steps:
            if step.act == "plan":
                yield step.client_id, local(step.start)
        for one in self.whose:
            if one.decided and one.client_id is not None:
                yield from ((one.client_id, local(entry.start)) for entry in one.entries)

    def _beside(self, new: Sequence[tuple[str, datetime]], there: Sequence[tuple[str, datetime]]) -> Iterator[str]:
        here = today(self.desk)
        same = [(who, at) for who, at in there if any(who == one and at.date() == when.date() for one, when in new)]
        for who, at in same[:MOST_BESIDE]:
            yield _("With {name} one is planned already {day}, {time}.").format(
                name=breakable(shortened(shown(self.desk, self.desk.read(clients.one, who)))),
                day=day_words(at.date(), here), time=clock_words(at),
            )  # fmt: skip
        if len(same) > MOST_BESIDE:
            more = len(same) - MOST_BESIDE
            yield ngettext("So it is on {n} more day.", "So it is on {n} more days.", more).format(n=more)

    def _follow(self, wanted: bool) -> None:
        source = self.reading.source
        before = self.desk.read(calendar_plans.followed)
        if wanted:
            self.desk.do(calendar_plans.follow, source)
            left = len(self.desk.read(calendar_plans.preview, self.reading).unknown)
            self.desk.do(calendar_plans.note_waiting, left)
        elif before == source:
            self.desk.do(calendar_plans.follow, "")

    @Slot()
    def _on_shown(self) -> None:
        self.fit()
        first = self.whose[0].choice if self.whose else self.act
        first.setFocus()

    @Slot()
    def _on_rest(self) -> None:
        for one in self.whose:
            if not one.decided:
                one.put_none()

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self.progress.setValue(round(100 * share))

    @Slot()
    def _on_rejected(self) -> None:
        self._task.cancel()

    def _on_read(self, reading: Reading) -> None:
        if self.desk.is_open:
            self.show_reading(reading)

    def _on_failed(self, error: Exception) -> None:
        self.reject()
        raise error


def will_words(new: int, acts: Counter[str]) -> str:
    """What would be done, in a sentence; empty where nothing would."""
    said = (
        (new, ngettext("{n} session will be planned", "{n} sessions will be planned", new)),
        (acts["move"], ngettext("{n} will be moved", "{n} will be moved", acts["move"])),
        (acts["lengthen"], ngettext("{n} gets another length", "{n} get another length", acts["lengthen"])),
        (acts["cancel"], ngettext("{n} will be called off", "{n} will be called off", acts["cancel"])),
        (acts["hand"], ngettext("{n} goes to somebody else", "{n} go to somebody else", acts["hand"])),
    )
    parts = [words.format(n=n) for n, words in said if n]
    return _("{parts}.").format(parts=", ".join(parts)) if parts else ""


def taken_words(planned: int, changed: int) -> str:
    """What was done, in a sentence: how many sessions are new, and how many were there before."""
    parts = []
    if planned:
        words = ngettext("{n} session was planned.", "{n} sessions were planned.", planned)
        parts.append(words.format(n=planned))
    if changed:
        words = ngettext("{n} session was brought up to date.", "{n} sessions were brought up to date.", changed)
        parts.append(words.format(n=changed))
    return " ".join(parts) or _("Your answers are remembered; no session had to change.")
