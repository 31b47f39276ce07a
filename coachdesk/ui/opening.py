"""From the first window to open records and back: which screen is first, the ways to unlock, locking again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog

from coachdesk.errors import RecordsMissing, Refused, sentence_of
from coachdesk.ui.erasing import Erasing, left_words
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.machine.here import Machine
    from coachdesk.paths import Home
    from coachdesk.storage.keys import Keychain
    from coachdesk.storage.store import Store
    from coachdesk.ui.main_window import MainWindow

Way = Callable[[Path], bytes]
Failed = Callable[[Exception], object]
Place = tuple[str, dict[str, object]]


@dataclass
class Shut(Exception):  # it carries a refusal on, it is none itself
    """The key was found, and yet the records did not open."""

    refusal: Refused
    key: bytes = field(repr=False)


def first_page(home: Home) -> str:
    """The page of the very first window, told from the file names alone."""
    try:
        known = home.keys.exists() or home.records.exists() or home.is_away
    except OSError:  # the disk fails; what it says is told once the window is there
        known = True
    return "unlock" if known else "first_run"


class Opening(QObject):
    """Opens and locks the records for the window. What takes time happens on a worker thread."""

    def __init__(
        self, desk: Desk, window: MainWindow, machine: Machine, keychain: Callable[[], Keychain | None] | None = None
    ) -> None:
        super().__init__(window)
        self.desk, self.window, self.machine = desk, window, machine
        self.keychain_here = keychain or _keychain_here
        """How to ask for this computer's keychain."""
        self.erasing = Erasing(desk, window, self)
        self.round = 0
        """How often the records were opened or locked; a way that answers in a later round is not wanted any more."""
        self._found: Store | None = None
        self._way: tuple[Place, ...] = ()
        self._left: tuple[Place, ...] = ()
        self._unfinished = False
        window.went.connect(self._on_went)
        window.lock_asked.connect(self.lock)
        window.bridge.machine_event.connect(self._on_machine_event)

    @Slot()
    def begin(self) -> None:
        """The first window is on screen: look what there is, and try the way that needs nothing of the coach."""
        try:
            known = _has_records(self.desk.home)
        except Refused as refusal:
            self.trouble(refusal)
            return
        if known:
            self.ask()
        else:
            self.window.start_at("first_run")

    def ask(self, *, at_once: bool = True) -> None:
        """Show the unlock page; ``at_once`` tries the keychain without being asked."""
        from coachdesk.storage import keys

        try:
            ways = keys.ways(self.desk.home.keys)
        except Refused as refusal:
            self.trouble(refusal)
            return
        self.window.start_at("unlock", ways=ways, at_once=at_once and "keychain" in ways)

    @property
    def keychain(self) -> Keychain | None:
        """This computer's keychain; None where it is not to be used."""
        return self.keychain_here()

    def with_keychain(self, failed: Failed) -> None:
        """Open by the keychain, which may show a prompt of its own."""
        keychain = self.keychain

        def way(path: Path) -> bytes:
            from coachdesk.errors import KeychainUnavailable
            from coachdesk.storage import keys

            if keychain is None:
                raise KeychainUnavailable(_("The keychain of this computer is not used here. Use your passphrase."))
            return keys.with_keychain(path, keychain)

        self._open(way, self.adopt, failed)

    def with_passphrase(self, passphrase: str, failed: Failed) -> None:
        """Open by the passphrase."""

        def way(path: Path) -> bytes:
            from coachdesk.storage import keys

            return keys.with_passphrase(path, passphrase)

        self._open(way, self.adopt, failed)

    def with_recovery(self, code: str, done: Callable[[Store], object], failed: Failed) -> None:
        """Open by the recovery code; the caller adopts the records once there is a new passphrase."""

        def way(path: Path) -> bytes:
            from coachdesk.storage import keys

            return keys.with_recovery(path, code)

        self._open(way, done, failed)

    def set_passphrase(self, key: bytes, passphrase: str, done: Callable[[object], object], failed: Failed) -> None:
        """Let a new passphrase open the records."""
        from coachdesk.storage import keys

        self.window.tasks.run(keys.set_passphrase, self.desk.home.keys, key, passphrase, done=done, failed=failed)

    def create_keys(
        self, passphrase: str | None, use_keychain: bool, done: Callable[[tuple[bytes, str]], object], failed: Failed
    ) -> None:
        """Draw a key and its recovery code; there are no records before ``create_records``."""
        self.window.tasks.run(
            _create_keys, self.desk.home, passphrase, self.keychain if use_keychain else None, done=done, failed=failed
        )

    def create_records(self, key: bytes, done: Callable[[Store], object], failed: Failed) -> None:
        """Make the empty records."""
        self.window.tasks.run(_create_records, self.desk.home, key, done=done, failed=failed)

    def repair_keys(self) -> None:
        """Bring the key file back from its spare copy, and look again; raises Refused."""
        from coachdesk.storage import keys

        keys.repair(self.desk.home.keys)
        self.begin()

    def adopt(self, store: Store, *, first: bool = False) -> None:
        """The records are open: fill the window, then look after them in the background.

        Where they are open already, as when the keychain answers after the passphrase, the second opening is closed.
        """
        from coachdesk.sitting import Sitting

        if self._found is not None and self._found is not store:
            self._found.close()
        self._found = None
        if self.desk.is_open:
            if self.desk.store is not store:
                store.close()
            return
        self.round += 1
        self.desk.adopt(store)
        if first:
            self._begin_practice()
        window = self.window
        if window.sitting is None:
            window.sitting = Sitting(self.desk, self.machine, window.focus)
        window.forget_pages()
        unfinished = window.sitting.unfinished()
        if unfinished is None:
            self._return()
            if first:
                self._offer_to_try()
        else:
            window.start_at("recovery", session_id=unfinished.id)
        window.bridge.opened.emit()
        if unfinished is None:
            window.bridge.sitting_changed.emit()
        window.tasks.run(_look_after, store, self.desk.home, self.desk.now(), done=self._on_looked, failed=self._on_ill)

    def hold(self, store: Store) -> None:
        """Records are open that are not in use yet; they are closed if others are taken instead."""
        if self._found is not None and self._found is not store:
            self._found.close()
        self._found = store

    @Slot()
    def lock(self) -> None:
        """Lock the records, unless a session is running: its cues and its time need them."""
        if not self.desk.is_open:
            return
        if self.window.session_runs():
            self.window.say(_("The records lock when the session is over; its time and cues need them."))
            return
        self.round += 1
        self._left = self._way
        self._close_dialogs()
        self.window.forget_pages()
        self.desk.close()
        self.window.bridge.locked.emit()
        self.ask(at_once=False)

    def trouble(self, refusal: Refused, key: bytes | None = None) -> None:
        """Show calmly why the records do not open, and what can be done."""
        self.window.start_at("trouble", refusal=refusal, key=key)

    def _return(self) -> None:
        """Go where the coach was when the records were locked; to Today the first time, or where that is gone."""
        way, self._left = self._left, ()
        try:
            for number, (name, what) in enumerate(way or (("today", {}),)):
                (self.window.show_page if number else self.window.start_at)(name, **what)
        except Refused:
            self.window.start_at("today")
        if self._unfinished:
            self._unfinished = False
            self.window.say(_("What you typed before the records locked is kept; open its form again to go on."))

    def _close_dialogs(self) -> None:
        """Whatever stands in front of the window shows content too; what is being typed there is kept as a draft."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                self._unfinished |= getattr(dialog, "unfinished", False)
                dialog.reject()

    def _offer_to_try(self) -> None:
        """Once, on the first Today: rehearse, and see what can be quiet here, before a client is there."""
        from coachdesk.ui.widgets.first_offers import FirstOffers

        page = self.window.page
        if page is not None:
            page.column.addWidget(FirstOffers(self.desk, self.window))

    def _begin_practice(self) -> None:
        """Whoever sits for themselves is a client of their own."""
        from coachdesk.practice import clients

        if self.desk.settings.session.whom in ("self", "both"):
            self.desk.do_quietly(clients.add, _("Me"), kind="self", short_name=_("Me"))

    def _open(self, way: Way, done: Callable[[Store], object], failed: Failed) -> None:
        waiting = _Waiting(self, done, failed, self.round)
        self.window.tasks.run(_open_by, self.desk.home, way, done=waiting.opened, failed=waiting.failed)

    @Slot(object)
    def _on_went(self, way: tuple[Place, ...]) -> None:
        """Remember where the coach is; not to do again what a page was asked to do at once."""
        if self.desk.is_open:
            self._way = tuple((name, {key: what[key] for key in what if key != "part"}) for name, what in way)

    @Slot(str)
    def _on_machine_event(self, event: str) -> None:
        if event == "locked" and not self.window.session_runs():
            self.lock()

    def _on_looked(self, sentence: str) -> None:
        if sentence:
            self.window.say(sentence, "note")

    def _on_ill(self, error: Exception) -> None:
        self.window.say(sentence_of(error), "note")


@dataclass
class _Waiting:
    """What becomes of one way to the key: a wrong key goes back to who asked, ill records go to their own page."""

    opening: Opening
    done: Callable[[Store], object]
    told: Failed
    round: int

    def opened(self, store: Store) -> None:
        """Pass it on, unless another way was quicker or the records were locked meanwhile; then it is closed again."""
        if self.round != self.opening.round:
            store.close()
        else:
            self.opening.hold(store)
            self.done(store)

    def failed(self, error: Exception) -> None:
        """Tell whoever can do something about it."""
        from coachdesk.errors import KeychainUnavailable, WrongKey

        if self.round != self.opening.round:
            return
        if isinstance(error, Shut):
            self.opening.trouble(error.refusal, error.key)
        elif isinstance(error, Refused) and not isinstance(error, KeychainUnavailable | WrongKey):
            self.opening.trouble(error)
        else:
            self.told(error)


def _has_records(home: Home) -> bool:
    """Whether there is something to unlock; a first run that was broken off is put aside. Raises Refused."""
    from coachdesk.storage import faults, store

    with faults.explained():
        if home.is_away:
            raise store.folder_missing(home.root)
        found = store.found(home.records, home.keys)
        if found == "unfinished":
            store.begin_again(home.records, home.keys)
        elif found in _SENTENCES and not home.keys.exists():
            raise RecordsMissing(_SENTENCES[found]())
    return found not in ("nothing", "unfinished")


def _keychain_here() -> Keychain | None:
    from coachdesk.storage import keys

    return keys.keychain_here()


def _open_by(home: Home, way: Way) -> Store:
    from coachdesk.storage import store

    key = way(home.keys)
    try:
        return store.open(home.records, key)
    except Refused as refusal:
        raise Shut(refusal, key) from refusal


def _create_keys(home: Home, passphrase: str | None, keychain: Keychain | None) -> tuple[bytes, str]:
    from coachdesk.storage import keys, store

    if store.found(home.records, home.keys) == "unfinished":
        store.begin_again(home.records, home.keys)
    return keys.create(home.keys, passphrase=passphrase, keychain=keychain)


def _create_records(home: Home, key: bytes) -> Store:
    from coachdesk.storage import store

    return store.create(home.records, key)


def _look_after(store: Store, home: Home, now: Now) -> str:
    """A quick check, the daily backup, and what a kill broke off; a sentence if there is something to know."""
    from coachdesk.storage import backup, erase, keys
    from coachdesk.storage.store import check

    if home.keys.exists():  # the records of a rehearsal have no key file
        keys.replace_copies(home.keys)
    if check(store):
        return _("A check found the records damaged in places. Restore a backup from Settings before you go on.")
    backup.daily(store, home.backups, now)
    return left_words(len(erase.finish(home, store.key, now).left))


_SENTENCES: dict[str, Callable[[], str]] = {
    "lost": lambda: _("Neither the records nor their key file are where they were, but there are backups."),
    "keyless": lambda: _("The key file of these records is missing; without it they cannot be unlocked."),
}
