"""Backups, and records put aside, with what is in them: one is chosen, what would change is said, and it is taken."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from coachdesk.errors import Refused
from coachdesk.ui import choosing
from coachdesk.ui.pages import restore_under_way
from coachdesk.ui.widgets import ActionRow, Card, Flow, Page, announce, button, label
from coachdesk.ui.widgets.dates import day_words, local, moment_words, today
from coachdesk.ui.widgets.sizes import size_words
from coachdesk.ui.widgets.under_way import UnderWay
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.practice.kept import Kept
    from coachdesk.storage.asides import Aside
    from coachdesk.storage.backup import Backup
    from coachdesk.ui.tasks import Progress
    from coachdesk.ui.widgets import Shell


class RestorePage(Page):
    """Nothing is changed here but by the one button of the preview."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._key = b""
        self._now: Kept | None = None
        self._found: dict[Path, Kept | Refused] = {}
        self.chosen: Path | None = None
        self.head(_("Restore a backup"))
        self.present = label("", "muted")
        self.column.addWidget(self.present)
        self.preview = Card(_("What would be different"))
        self.words = label("")
        self.preview.add(self.words)
        self.restore = button(_("Restore this backup"), self._on_restore, primary=True)
        self.other = button(_("Not this one"), self._on_other)
        self.preview.act(self.restore, self.other)
        self.column.addWidget(self.preview)
        self.list = Card(_("Backups"))
        self.column.addWidget(self.list)
        self.looking = UnderWay(shell, _("Opening each backup and checking it"), self)
        self.bar = self.looking.bar
        self.stop = button(_("Do not check more"), self.looking.stop, quiet=True)
        self.looking.rested.connect(self.stop.hide)
        self.elsewhere = button(_("Choose a file elsewhere"), self._on_elsewhere)
        self.leave = button(_("Back to what can be done"), self._on_leave, quiet=True)
        self.column.addWidget(self.bar)
        self.column.addWidget(Flow(self.stop, self.elsewhere, self.leave))

    def arrive(self, **what: object) -> None:
        """Show the backups; with closed records their ``key`` is given, and the ``refusal`` that led here."""
        key = what.get("key")
        self._key = key if isinstance(key, bytes) else self.desk.store.key
        self._refusal = what.get("refusal")
        self.leave.setVisible(isinstance(self._refusal, Refused))
        self._choose(None)
        self._show_rows()
        self._look()

    def _look(self) -> None:
        self.looking.leave()
        paths = [each.path for each in self._backups if each.path not in self._found]
        self.stop.show()
        present = self.desk.home if self.desk.is_open else None
        self.looking.begin(_looked_at, present, paths, self._key, done=self._on_looked)

    def _show_rows(self) -> None:
        from coachdesk.storage import asides, backup

        listed = [*backup.backups(self.desk.home.backups), *asides.found(self.desk.home.records)]
        self._backups: list[Backup | Aside] = sorted(listed, key=lambda each: each.at, reverse=True)
        self.list.empty()
        self.rows: dict[Path, ActionRow] = {}
        before = self.other
        for each in self._backups:
            self.rows[each.path] = self._row(each)
            self.list.add(self.rows[each.path])
            choose = self.rows[each.path].findChild(QPushButton)
            QWidget.setTabOrder(before, choose)  # the row is new, and what stands below was there before
            before = choose
        if not self._backups:
            self.list.add(label(_("There is no backup in {folder}.").format(folder=self.desk.home.backups), "muted"))

    def _row(self, each: Backup | Aside) -> ActionRow:
        found = self._found.get(each.path)
        title = _title(each, moment_words(each.at, today(self.desk)))
        size = size_words(each.size)
        words = _("not opened yet") if found is None else found.sentence if isinstance(found, Refused) else _line(found)
        choose = button(_("Choose"), self._on_choose)
        choose.setProperty("path", str(each.path))
        choose.setAccessibleName(_("Choose the backup: {when}").format(when=title))
        choose.setEnabled(found is not None and not isinstance(found, Refused))
        return ActionRow(title, f"{size} · {words}", choose)

    def _on_looked(self, found: tuple[Kept | None, dict[Path, Kept | Refused]]) -> None:
        from coachdesk.practice import kept

        self._now, more = found
        self._found.update(more)
        self.present.setText(
            _("The present records do not open.")
            if self._now is None
            else _("Now: {figures}. {newest}").format(figures=kept.in_words(self._now), newest=self._newest(self._now))
        )
        self._show_rows()

    @Slot()
    def _on_choose(self) -> None:
        self._choose(Path(self.sender().property("path")))

    def _choose(self, path: Path | None) -> None:
        self.chosen = path
        self.preview.setVisible(path is not None)
        if path is not None:
            self.words.setText("\n".join(self._differences(self._found[path])))
            announce(self.words, self.words.text())
            self.restore.setFocus()
            self.scroll.verticalScrollBar().setValue(0)

    def _differences(self, then: Kept) -> list[str]:
        """What would be different, a sentence a line."""
        from coachdesk.practice import kept

        lines = [_("The backup holds {figures}.").format(figures=kept.in_words(then)), self._newest(then)]
        if self._now is not None:
            lines += [_compared(self._now, then), self._going()]
        lines.append(
            _("The present records are not removed: they stay in {folder}, under another name.").format(
                folder=self.desk.home.root
            )
        )
        return lines

    def _going(self) -> str:
        """That more goes than the figures tell."""
        at = next((each.at for each in self._backups if each.path == self.chosen), None)
        when = _("it was made") if at is None else moment_words(at, today(self.desk))
        return _(
            "Whatever was written or changed here since {when} would not be there: notes, lines of the canvas, "
            "reflections and everything else."
        ).format(when=when)

    def _newest(self, what: Kept) -> str:
        if what.newest is None:
            return _("No session was held in them yet.")
        return _("The newest session held: {day}.").format(day=day_words(local(what.newest).date(), today(self.desk)))

    @Slot()
    def _on_other(self) -> None:
        self._choose(None)
        self.elsewhere.setFocus()

    @Slot()
    def _on_elsewhere(self) -> None:
        path = choosing.to_read(self, "backup", _("Choose a backup"), files())
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Open a backup that lies elsewhere and check it, then say what it would change."""
        self.looking.leave()
        self.looking.begin(_looked_at, None, [path], self._key, done=self._on_looked_elsewhere)

    def _on_looked_elsewhere(self, found: tuple[None, dict[Path, Kept | Refused]]) -> None:
        path, what = next(iter(found[1].items()))
        if isinstance(what, Refused):
            self.shell.say(what.sentence, "note")
        else:
            self._found[path] = what
            self._choose(path)

    @Slot()
    def _on_restore(self) -> None:
        if self.chosen is not None:
            with self.shell.telling():
                restore_under_way.begin(
                    self.shell.opening, self._key, partial(_restore, self.chosen), _("Restoring the backup")
                )

    @Slot()
    def _on_leave(self) -> None:
        self.shell.opening.trouble(self._refusal, self._key)

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)
        self.looking.leave()


def files() -> str:
    """What to choose from where a backup is sought: those put aside end in what they were put aside for."""
    return choosing.one_of((_("Backups and records put aside (*.db *.db.*)"), _("All files (*)")))


def _title(each: Backup | Aside, when: str) -> str:
    """What a row is called by: when it was made, or what it was put aside for."""
    said = {
        "before-restore": _("{when}, as it was before a restore"),
        "before-import": _("{when}, as it was before an archive came in"),
        "damaged": _("{when}, put aside as damaged"),
    }
    why = getattr(each, "why", "")
    if not why and each.before_migration:
        return _("{when}, before the form of the records changed").format(when=when)
    return said.get(why, "{when}").format(when=when)


def _line(found: Kept) -> str:
    from coachdesk.practice import kept

    return kept.in_words(found)


def _compared(now: Kept, then: Kept) -> str:
    """How many less or more of each there would be than now."""
    from coachdesk.words import ngettext

    parts = []
    for had, has, words in (
        (now.clients, then.clients, lambda n: ngettext("{n} client", "{n} clients", n)),
        (now.sessions, then.sessions, lambda n: ngettext("{n} session", "{n} sessions", n)),
        (now.promises, then.promises, lambda n: ngettext("{n} promise or step", "{n} promises and steps", n)),
    ):
        if had != has:
            amount = words(abs(had - has)).format(n=abs(had - has))
            parts.append(
                _("{amount} less").format(amount=amount) if has < had else _("{amount} more").format(amount=amount)
            )
    if not parts:
        return _("The numbers are the same as now.")
    return _("Compared with now: {parts}.").format(parts=", ".join(parts))


def _looked_at(
    present: Home | None, paths: list[Path], key: bytes, *, progress: Progress
) -> tuple[Kept | None, dict[Path, Kept | Refused]]:
    from coachdesk.practice import kept

    now = kept.in_file(present.records, key) if present is not None else None
    found: dict[Path, Kept | Refused] = {}
    for at, path in enumerate(paths):
        progress(at / len(paths))
        try:
            found[path] = kept.in_backup(path, key)
        except Refused as refusal:
            found[path] = refusal
    return now, found


def _restore(path: Path, home: Home, key: bytes, now: Now, progress: Progress) -> str:
    from coachdesk.storage import backup

    backup.restore(home, path, key, now, progress=progress)
    asides = [each for each in home.root.glob("records.db.*Z*") if not each.name.endswith(("-wal", "-shm"))]
    if not asides:
        return _("The backup is restored.")
    latest = max(asides, key=lambda each: each.stat().st_ctime_ns)
    return _("The backup is restored. The records from before are kept as {name} in {folder}.").format(
        name=latest.name, folder=home.root
    )
