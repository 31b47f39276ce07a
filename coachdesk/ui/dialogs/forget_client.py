"""Forgets a client: shows first what goes and what stays, asks once, and tells what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from coachdesk.errors import Refused, sentence_of
from coachdesk.practice import clients
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Choice
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.naming import shown
from coachdesk.ui.widgets.points import Points
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.storage.erase import Kept, Report
    from coachdesk.ui.erasing import Outlook
    from coachdesk.ui.widgets.page import Shell


class ForgetClient(FormDialog):
    """Nothing is done before *Forget* is pressed; it can be closed while the erasing goes on."""

    def __init__(self, desk: Desk, shell: Shell, client_id: str, parent: QWidget | None = None) -> None:
        name = shown(desk, desk.read(clients.one, client_id))
        super().__init__(desk, shell, _("Forget {name}?").format(name=name), _("Forget"), parent)
        self._client_id = client_id
        self._outlook: Outlook | None = None
        self.words = label(_("Looking at what there is …"))
        self.hours = Choice(
            [(True, _("The hours alone")), (False, _("Nothing"))], True, name=_("What stays of the hours")
        )
        self.hours.chosen.connect(self._tell)
        self.unreadable = Choice(
            [(False, _("Leave them")), (True, _("Remove them"))], False, name=_("Files that cannot be read")
        )
        self.unreadable_words = label("", "note")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Erasing"))
        self.progress.setRange(0, 100)
        self._hours = labelled(_("What stays of the hours"), self.hours)
        self._unreadable = labelled(_("Files that cannot be read"), self.unreadable)
        self.going, self.staying = Points(), Points()
        self._lists = (
            labelled(_("This goes, and cannot be taken back:"), self.going),
            labelled(_("This stays:"), self.staying),
        )
        for part in (
            self._hours, self.words, *self._lists, self._unreadable, self.unreadable_words, self.progress,
        ):  # fmt: skip
            self.column.addWidget(part)
        self._later = (self._hours, *self._lists, self._unreadable, self.unreadable_words, self.progress)
        for part in self._later:
            part.hide()
        self.act.setEnabled(False)
        self.act.setDefault(False)
        self.cancel.setDefault(True)
        self.cancel.setFocus()
        shell.opening.erasing.look(client_id, self._on_looked, self._on_failed)

    def _on_looked(self, outlook: Outlook) -> None:
        self._outlook = outlook
        self._hours.setVisible(bool(outlook.preview.hours))
        self._tell()
        self.words.hide()
        for part in self._lists:
            part.show()
        self._unreadable.setVisible(bool(outlook.unreadable))
        self.unreadable_words.setVisible(bool(outlook.unreadable))
        self.unreadable_words.setText(_unreadable_words(outlook.unreadable))
        self.act.setEnabled(True)
        self.fit()

    @Slot()
    def _tell(self) -> None:
        """What goes and what stays, the hours where they belong by what is chosen."""
        said = self._outlook.preview
        hours = [said.hours] if said.hours else []
        stay = bool(self.hours.value)
        going = [*said.going, *([] if stay else hours), *_copies(self._outlook.holding)]
        staying = [
            *(hours if stay else []), *said.staying,
            _("what you exported, printed or copied elsewhere; CoachDesk does not know of it"),
        ]  # fmt: skip
        for points, told in ((self.going, going), (self.staying, staying)):
            points.put(told)
        self.fit()

    @Slot()
    def _on_act(self) -> None:
        if self._outlook is None or not self.act.isEnabled():
            return
        self.act.setEnabled(False)
        unreadable = [each.path for each in self._outlook.unreadable]
        remove = bool(unreadable) and bool(self.unreadable.value)
        erasing = self.shell.opening.erasing
        erasing.finished.connect(self._on_finished)
        try:
            task = erasing.forget(
                self._client_id, bool(self.hours.value), unreadable if remove else (), bool(unreadable) and not remove,
                self._on_failed,
            )  # fmt: skip
        except Refused as refusal:
            self._on_failed(refusal)
            return
        for part in self._later:
            part.setVisible(part is self.progress)
        self.words.show()
        self.words.setText(_("Forgotten. What is left in the file and in backups is being erased …"))
        self.cancel.setText(_("Close"))
        self.cancel.setAccessibleName(_("Close"))
        self.act.hide()
        if task is not None:
            task.progressed.connect(self._on_progress)

    @Slot(float)
    def _on_progress(self, share: float) -> None:
        self.progress.setValue(round(share * 100))

    @Slot(object)
    def _on_finished(self, report: Report) -> None:
        self.progress.hide()
        self.words.setText("\n".join(done_lines(report)))
        announce(self.words, self.words.text())
        self.cancel.setFocus()
        self.fit()

    def _on_failed(self, error: Exception) -> None:
        sentence = sentence_of(error)
        self.progress.hide()
        self.refusal.setText(sentence)
        self.refusal.show()
        announce(self.refusal, sentence)


def done_lines(report: Report) -> list[str]:
    """What was done, and what is left, each a line."""
    lines = [_("Forgotten: no word of theirs is left in the records.")]
    if report.rewritten:
        lines.append(
            ngettext(
                "{n} copy was rewritten without them.", "{n} copies were rewritten without them.", len(report.rewritten)
            ).format(n=len(report.rewritten))
        )
    if report.removed:
        lines.append(
            ngettext("{n} file was removed.", "{n} files were removed.", len(report.removed)).format(
                n=len(report.removed)
            )
        )
    if report.left:
        names = ", ".join(path.name for path in report.left)
        lines.append(
            _("These could not be read or rewritten and may still hold them: {names}.").format(names=breakable(names))
        )
    return lines


def _copies(holding: tuple[Kept, ...]) -> list[str]:
    if not holding:
        return []
    said = ngettext(
        "the same in {n} backup or file kept aside, which is rewritten without them",
        "the same in {n} backups and files kept aside, which are rewritten without them",
        len(holding),
    )
    return [said.format(n=len(holding))]


def _unreadable_words(unreadable: tuple[Kept, ...]) -> str:
    names = ", ".join(each.path.name for each in unreadable)
    return ngettext(
        "This file cannot be read or rewritten, and may go on holding them: {names}",
        "These files cannot be read or rewritten, and may go on holding them: {names}",
        len(unreadable),
    ).format(names=breakable(names))
