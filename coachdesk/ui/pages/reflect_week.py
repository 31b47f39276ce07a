"""A week as it is reflected on: the questions, competencies touched, a text; kept as the coach goes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from coachdesk.machine.here import zone_here
from coachdesk.practice import checklists, competencies, evidence, reflections
from coachdesk.practice.reflections import SCREEN, Written
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, DraftText, Flow, Fold, announce, button, label, line
from coachdesk.ui.widgets.cards import clear
from coachdesk.ui.widgets.checklist_question import Question
from coachdesk.ui.widgets.dates import full_day_words
from coachdesk.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from coachdesk.desk import Desk
    from coachdesk.practice.weeks import Week
    from coachdesk.ui.widgets.page import Shell


def week_words(week: Week) -> str:
    """A week by its days."""
    return _("{first} to {last}").format(first=full_day_words(week.monday), last=full_day_words(week.sunday))


def number_words(week: Week) -> str:
    """A week by its number."""
    return _("week {n} of {year}").format(n=week.number, year=week.year)


class Words(DraftText):
    """The week's text; kept with the week when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Touched(QWidget):
    """The eight competencies, each with a sentence what it is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.boxes: dict[int, QCheckBox] = {}
        for each in competencies.EVERY:
            box = QCheckBox(each.name)
            box.setAccessibleDescription(each.about)
            box.clicked.connect(self.changed)
            about = label(each.about, "muted")
            about.setContentsMargins(UNIT * 4, 0, 0, UNIT)
            about.setBuddy(box)
            self.boxes[each.number] = box
            layout.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(about)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those that are ticked."""
        return tuple(number for number, box in self.boxes.items() if box.isChecked())

    def put(self, numbers: tuple[int, ...]) -> None:
        """Tick these."""
        for number, box in self.boxes.items():
            box.setChecked(number in numbers)


class WeekPart(QWidget):
    """Everything of one week. What is answered is a record at once, what is typed when its field is left."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.week: Week | None = None
        self.questions: dict[str, Question] = {}
        self._shown: Written | None = None
        self._stored = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.state = label("", "muted")
        layout.addWidget(self.state)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(UNIT * 2)
        layout.addLayout(self._lists)
        self.competencies = Card()
        self.fold = Fold(_("Competencies touched"))
        self.touched = Touched()
        self.touched.changed.connect(self._on_touched)
        self.fold.add(label(_("To notice the week by. They are no checklist, and nothing is counted."), "muted"))
        self.fold.add(self.touched)
        self.competencies.add(self.fold)
        layout.addWidget(self.competencies)
        card = Card(_("In my own words"))
        self.words = Words(desk, SCREEN, "text", _("In my own words"), _("What stays with me from this week?"), lines=5)
        self.words.left.connect(self._store_words)
        card.add(self.words)
        layout.addWidget(card)
        self.away = button(_("Remove what is written about this week"), self._on_remove, quiet=True, icon="trash-light")
        self._foot = Flow(self.away)
        layout.addWidget(self._foot)

    def show_week(self, week: Week) -> None:
        """Be about this week; what was typed about another is kept with it first."""
        if week != self.week:
            self.store()
            self.week, self._shown = week, None
        self.refresh()

    def refresh(self) -> None:
        """Read the week again; what is being typed stays."""
        if self.week is None:
            return
        before, written = self._shown, self.desk.read(
            reflections.of_week, str(self.week), self.desk.settings.session.whom, zone=zone_here()
        )  # fmt: skip
        self._shown = written
        if before is None or self._differs(written):
            self._build(written)
        self._show_questions(written)
        if before is None or not self.words.hasFocus():
            self._show_words(written, fresh=before is None)
        self._show_competencies(written, fresh=before is None)
        self._show_state(written, before)

    def store(self) -> None:
        """Keep with the week what stands in the fields."""
        if self.week is not None and self.desk.is_open:
            for question in list(self.questions.values()):
                question.store()
            self._store_words()

    def _differs(self, written: Written) -> bool:
        """Whether other questions are to be shown, or an answer is no longer there, which no choice can show."""
        now = [(each.item_id, each.question) for each in written.asked]
        shown = [(each.item_id, each.question) for each in self.questions.values()]
        return now != shown or any(self.questions[each.item_id].answer and not each.answer for each in written.asked)

    def _build(self, written: Written) -> None:
        for question in self.questions.values():
            question.blockSignals(True)  # what it still holds stays a draft of its own week
        clear(self._lists)
        self.questions = {}
        for key in dict.fromkeys(each.list for each in written.asked):
            came = checklists.shipped().get(key)
            card = Card(came.title, came.intro) if came else Card(_("Asked at the time"))
            for at, asked in enumerate(each for each in written.asked if each.list == key):
                if at:
                    card.add(line())
                question = Question(self.desk, asked, str(written.week))
                question.answered.connect(self._on_answered)
                question.written.connect(self._on_written)
                self.questions[asked.item_id] = question
                card.add(question)
            self._lists.addWidget(card)
        if not written.asked:
            self._lists.addWidget(label(_("No question is asked. You can add your own in the settings."), "muted"))
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Let Tab go from the questions to what stands below them, which was there before."""
        lines = [question.line for question in self.questions.values()]
        way = [*lines[-1:], self.fold.handle, *self.touched.boxes.values(), self.words, self.away]
        for each, after in pairwise(way):
            QWidget.setTabOrder(each, after)

    def _show_questions(self, written: Written) -> None:
        whom = self.desk.settings.session.whom
        told = {
            key: self.desk.read(evidence.of_week, written.week, key, whom, zone=zone_here())
            for key in {each.list for each in written.asked if each.list}
        }
        for asked in written.asked:
            words = told[asked.list].words(asked.evidence) if asked.list else ""
            self.questions[asked.item_id].show_asked(asked, words)

    def _show_words(self, written: Written, *, fresh: bool) -> None:
        if fresh or written.text != self._stored:
            self.words.about(str(written.week), written.text)
        self._stored = written.text

    def _show_competencies(self, written: Written, *, fresh: bool) -> None:
        self.touched.put(written.competencies)
        self.competencies.setVisible(self.desk.settings.session.whom != "self" or bool(written.competencies))
        if fresh:
            self.fold.handle.setChecked(bool(written.competencies))

    def _show_state(self, written: Written, before: Written | None) -> None:
        done = _("This week is written. Everything can still be changed.")
        self.state.setText(done if written.is_written else _("Nothing has to be written; what is, is kept as you go."))
        self._foot.setVisible(written.is_begun)
        if before is not None and before.week == written.week and written.is_written and not before.is_written:
            announce(self, done)

    def _keep(self, verb: Callable[..., object], *what: object, **more: object) -> bool:
        """Carry out a verb on this week; whether it was not refused."""
        with self.shell.telling():
            self.desk.do(verb, str(self.week), *what, zone=zone_here(), **more)
            return True
        return False

    @Slot(str, str)
    def _on_answered(self, item_id: str, word: str) -> None:
        self._keep(reflections.answer, item_id, word=word)

    @Slot(str, str)
    def _on_written(self, item_id: str, words: str) -> None:
        question = self.questions[item_id]
        if self._keep(reflections.answer, item_id, text=words):
            question.kept(words)

    @Slot()
    def _on_touched(self) -> None:
        self._keep(reflections.touch, self.touched.numbers)

    @Slot()
    def _store_words(self) -> None:
        words = self.words.words
        if self.week is None or not self.desk.is_open or self.words.typed_text == self._stored:
            return
        if words == self._stored or self._keep(reflections.write, words):
            self._stored = words
            self.words.cleared(words)

    @Slot()
    def _on_remove(self) -> None:
        going = (week_words(self.week),)
        if self.shell.ask(_("Remove what is written about this week?"), going, _("Remove")):
            with self.shell.telling():
                self._shown = None
                self.desk.do(reflections.remove, str(self.week))
                self.refresh()
                self.shell.say(_("Removed."))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.store()
