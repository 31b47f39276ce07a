"""The first minute: whom CoachDesk is for, how the records are protected, the recovery code, the usual length."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import KeychainUnavailable, sentence_of
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import (
    Choice,
    Flow,
    LineField,
    Options,
    Page,
    Toggle,
    announce,
    button,
    label,
    labelled,
)
from coachdesk.ui.widgets.buttons import pressed_by_return
from coachdesk.ui.widgets.new_passphrase import NewPassphrase
from coachdesk.ui.widgets.recovery_sheet import RecoverySheet
from coachdesk.ui.widgets.rehearsal import LookAround
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.storage.store import Store
    from coachdesk.ui.widgets import Shell

STEPS = ("whom", "protection", "code", "confirm", "length")
LENGTHS = (30, 45, 50, 60, 75, 90)


class FirstRunPage(Page):
    """Five short steps. No key before the protection is chosen, no records before the code is confirmed."""

    column_width = UNIT * 64

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._key = b""
        self._groups: list[str] = []
        self._archive: tuple[Path, str | None] | None = None
        self._asked_for: tuple[int, int] = (0, 1)
        self.column.setContentsMargins(0, UNIT * 3, 0, 0)
        self.progress = label("", "muted")
        self.title = label("", "display")
        self.sentence = label("", "muted")
        self.refused = label("", "note")
        for part in (self.progress, self.title, self.sentence):
            self.column.addWidget(part)
        self.column.addSpacing(UNIT)
        self.steps: dict[int, QWidget] = {}
        self.first: dict[QWidget, QWidget] = {}
        """What has the keyboard when a step is shown; as its focus proxy, Tab would pass by what stands before it."""
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.column.addWidget(self.refused)
        self.column.addSpacing(UNIT)
        self.next = button(_("Continue"), self.go_on, primary=True)
        self.before = button(_("Back"), self.go_back, quiet=True)
        self.column.addWidget(Flow(self.next, self.before))
        self._titles = (
            (
                _("Welcome to CoachDesk"),
                _("It sits beside your call, keeps the time, and remembers what was promised.\nHow will you use it?"),
            ),
            (
                _("Only you can read your records"),
                _("They are encrypted, and never leave the folder of CoachDesk by themselves.")
                if desk.home.portable
                else _("They are encrypted on this computer and never leave it by themselves."),
            ),
            (
                _("Your recovery code"),
                _("It opens your records if all else is lost. It is shown once: print it or write it down now."),
            ),
            (_("Is it safely kept?"), _("Type two of its groups from your paper, counted as you read them.")),
            (_("How long is a session, usually?"), _("You can choose differently each time.")),
        )
        self._show(0)

    @property
    def step(self) -> str:
        """The step shown."""
        return STEPS[self._at]

    @Slot()
    def go_on(self) -> None:
        """Do what this step is for, then show the next."""
        self.refused.hide()
        {
            "whom": self._keep_whom,
            "protection": self._protect,
            "code": self._ask_for_groups,
            "confirm": self._check_groups,
            "length": self._finish,
        }[self.step]()

    @Slot()
    def go_back(self) -> None:
        """Show the step before."""
        self._show(self._at - 1)

    def _build_whom(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        self.whom = Options(
            (
                ("clients", _("With clients"), _("Sessions, agreements, promises and next steps, hours.")),
                ("self", _("For myself"), _("A time, a quiet computer, my own promises.")),
                ("both", _("Both"), _("Clients, and time of my own.")),
            ),
            self.desk.settings.session.whom,
        )
        layout.addWidget(self.whom)
        layout.addWidget(LookAround(self.shell), 0, Qt.AlignmentFlag.AlignLeft)
        self.have = button(_("I have an archive or a backup"), self._on_have, quiet=True)
        self.bringing = label("", "muted")
        self.bringing.hide()
        layout.addWidget(self.have, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.bringing)
        return made

    def _build_protection(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.by_keychain = Toggle(
            _("Let this computer's keychain open them"), text=_("Let this computer's keychain open them")
        )
        self.by_keychain.toggled.connect(self._on_protection)
        self.keychain_words = label("", "muted")
        self.passphrase = NewPassphrase(_("Passphrase"))
        self.passphrase.changed.connect(self._on_protection)
        layout.addWidget(self.by_keychain)
        layout.addWidget(self.keychain_words)
        layout.addWidget(labelled(_("Passphrase"), self.passphrase))
        self.first[made] = self.passphrase
        has = self.shell.opening.keychain is not None and not self.desk.home.portable
        self.by_keychain.setVisible(has)
        self.by_keychain.setChecked(has)
        self._on_protection()
        return made

    def _build_code(self) -> QWidget:
        self.sheet = RecoverySheet()
        self.first[self.sheet] = self.next  # it leads to where the code is asked for, and that back to it
        return self.sheet

    def _build_confirm(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.groups = (LineField(_("One group")), LineField(_("Another group")))
        self._group_names = (label(""), label(""))
        for field, name in zip(self.groups, self._group_names, strict=True):
            field.setMaxLength(8)
            field.setMaximumWidth(UNIT * 20)
            pair = QVBoxLayout()
            pair.setSpacing(UNIT // 2)
            pair.addWidget(name)
            pair.addWidget(field)
            layout.addLayout(pair)
        made.setFocusProxy(self.groups[0])
        return made

    def _build_length(self) -> QWidget:
        self.length = Choice(
            [(minutes, _("{n} min").format(n=minutes)) for minutes in LENGTHS],
            self.desk.settings.session.minutes,
            name=_("Usual length"),
        )
        return self.length

    def _show(self, at: int) -> None:
        self._at = at
        if at not in self.steps:
            build = (
                self._build_whom,
                self._build_protection,
                self._build_code,
                self._build_confirm,
                self._build_length,
            )
            self.steps[at] = build[at]()
            self._place.addWidget(self.steps[at])
        for number, part in self.steps.items():
            part.setVisible(number == at)
        title, sentence = self._titles[at]
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.setAccessibleName(title)
        self.progress.setText(_("Step {n} of {all}").format(n=at + 1, all=len(STEPS)))
        self.refused.hide()
        words = _("Finish") if at == len(STEPS) - 1 else _("Continue")
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.before.setVisible(at in (1, 3))
        self._enable()
        step = self.steps[at]
        self.first.get(step, step).setFocus()
        announce(self, title)

    def _enable(self) -> None:
        ready = True
        if self.step == "protection":
            ready = self.passphrase.good if self.passphrase.passphrase else self.by_keychain.isChecked()
        self.next.setEnabled(ready)

    def _keep_whom(self) -> None:
        with self.shell.telling():
            self.desk.change_setting("session.whom", self.whom.value)
            self._show(1)

    def _protect(self) -> None:
        if not self.next.isEnabled():
            return
        self.next.setEnabled(False)
        self.shell.opening.create_keys(
            self.passphrase.passphrase or None, self.by_keychain.isChecked(), self._on_keys, self._on_failed
        )

    def _on_keys(self, made: tuple[bytes, str]) -> None:
        self._key, code = made
        self._groups = code.split("-")
        self.passphrase.clear()
        self._show(2)
        self.sheet.show_code(code)

    def _ask_for_groups(self) -> None:
        import secrets

        first, second = sorted(secrets.SystemRandom().sample(range(len(self._groups)), 2))
        self._asked_for = (first, second)
        self._show(3)
        for field, name, at in zip(self.groups, self._group_names, self._asked_for, strict=True):
            text = _("Group {n}").format(n=at + 1)
            name.setText(text)
            field.setAccessibleName(text)
            field.clear()

    def _check_groups(self) -> None:
        typed = [field.words.upper() for field in self.groups]
        if typed == [self._groups[at] for at in self._asked_for]:
            self._groups = []
            self.sheet.forget()
            self._show(4)
        else:
            self._refuse(_("That does not match the code. Look again, or go back to see it once more."))

    def _finish(self) -> None:
        self.next.setEnabled(False)
        with self.shell.telling():
            self.desk.change_setting("session.minutes", self.length.value or LENGTHS[2])
        self.shell.opening.create_records(self._key, self._on_records, self._on_failed)

    def _on_records(self, store: Store) -> None:
        key, self._key = self._key, b""
        if self._archive is None:
            self.shell.opening.adopt(store, first=True)
            return
        from coachdesk.ui.dialogs.import_archive import taken_in
        from coachdesk.ui.pages import restore_under_way

        store.close()
        restore_under_way.begin(self.shell.opening, key, partial(taken_in, *self._archive), _("Taking the archive in"))

    @Slot()
    def _on_have(self) -> None:
        from coachdesk.ui import choosing

        kinds = (_("Archives, backups, records put aside (*.coachdesk *.db *.db.*)"), _("All files (*)"))
        path = choosing.to_read(self, "archive", _("Choose an archive or a backup"), choosing.one_of(kinds))
        if path is not None:
            self.bring(path)

    def bring(self, path: Path) -> None:
        """Begin with an archive, which comes in once its protection is chosen, or with a backup and its own key."""
        with self.shell.telling():
            if ".db" in path.suffixes:
                from coachdesk.storage import backup

                backup.begin_with(self.desk.home, path)
                self.shell.opening.begin()
                return
            from coachdesk.ui.dialogs.import_archive import ImportArchive

            self.asked = ImportArchive(self.desk, self.shell, path, self.window())
            self.asked.chosen.connect(self._on_archive)
            self.asked.open()

    @Slot()
    def _on_archive(self) -> None:
        from coachdesk.ui.widgets.rows import breakable

        self._archive = (self.asked.path, self.asked.secret)
        self.bringing.setText(
            _("{file} comes in at the end of these steps, protected as you choose here.").format(
                file=breakable(self.asked.path.name)
            )
        )
        self.bringing.show()
        if self.step == "whom":
            announce(self.bringing, self.bringing.text())
        else:  # it was double-clicked meanwhile
            self.shell.say(self.bringing.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on from what has no use for it itself: a choice made, or a field."""
        if not pressed_by_return(self.next, event):
            super().keyPressEvent(event)

    def _on_failed(self, error: Exception) -> None:
        self._enable()
        sentence = sentence_of(error)
        if isinstance(error, KeychainUnavailable):  # asked again, it would be refused again and again
            self.by_keychain.setChecked(False)
            self.passphrase.setFocus()
            if self.passphrase.good:
                sentence = _("This computer's keychain cannot open them. Continue, and your passphrase alone will.")
        self._refuse(sentence)

    def _refuse(self, sentence: str) -> None:
        self.refused.setText(sentence)
        self.refused.show()
        announce(self.refused, sentence)

    @Slot()
    def _on_protection(self) -> None:
        self.keychain_words.setText(_protection_words(self.by_keychain.isChecked(), self.desk.home.portable))
        self._enable()


def _protection_words(by_keychain: bool, portable: bool) -> str:
    """What the keychain does, or why a passphrase is wanted."""
    if by_keychain:
        return _("Then they open when you are logged in. A passphrase beside it is optional.")
    if portable:
        return _("They travel with CoachDesk to other computers, where no keychain knows them. Choose a passphrase.")
    return _("Choose a passphrase that only you know. It is asked when CoachDesk starts.")
