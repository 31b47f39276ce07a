"""Backups, restore, archive and damaged records in their states, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from coachdesk.clock import Still
from coachdesk.errors import RecordsDamaged
from coachdesk.storage import backup
from coachdesk.ui.dialogs.export_archive import ExportArchive
from coachdesk.ui.dialogs.import_archive import ImportArchive
from tests.studio import NOW, PASSPHRASE, Studio

SECRET = "a bridge over quiet water"


def _backups(studio: Studio, days: tuple[int, ...] = (0, 1, 2, 9, 40)) -> None:
    for day in days:
        backup.back_up(studio.desk.store, studio.home.backups, Still.at(NOW - timedelta(days=day)).now())


def _records(studio: Studio) -> QWidget:
    _backups(studio)
    return studio.page("settings", section="records")


def _records_fresh(studio: Studio) -> QWidget:
    return studio.page("settings", section="records")


def _restore(studio: Studio) -> QWidget:
    _backups(studio)
    return studio.page("restore")


def _restore_none(studio: Studio) -> QWidget:
    for path in studio.home.backups.glob("*.db"):
        path.unlink()
    return studio.page("restore")


def _restore_chosen(studio: Studio) -> QWidget:
    from coachdesk.practice import clients

    _backups(studio)
    studio.desk.do(clients.add, "Theodora Lind")
    studio.page("restore")
    page = studio.window.page
    page._choose(next(iter(page.rows)))
    studio.settle()
    return studio.window


def _damaged(studio: Studio) -> QWidget:
    _backups(studio, (1,))
    key = studio.desk.store.key
    studio.window.lock()
    content = bytearray(studio.home.records.read_bytes())
    for at in range(20_000, len(content), 90_000):
        content[at] ^= 1
    studio.home.records.write_bytes(bytes(content))
    sentence = (
        "Your key is right, but the records are damaged and cannot be read. Nothing was changed. Restore the latest "
        "backup; the damaged file is kept aside."
    )
    studio.program.opening.trouble(RecordsDamaged(sentence), key)
    studio.settle()
    return studio.window


def _export(studio: Studio) -> QWidget:
    studio.page("settings", section="records")
    dialog = ExportArchive(studio.desk, studio.window, studio.window)
    dialog.passphrase.field.setText(SECRET)
    dialog.again.field.setText(SECRET)
    return studio.front(dialog)


def _export_plain(studio: Studio) -> QWidget:
    studio.page("settings", section="records")
    dialog = ExportArchive(studio.desk, studio.window, studio.window)
    dialog.plain.setChecked(True)
    return studio.front(dialog)


def _import(studio: Studio) -> QWidget:
    from coachdesk.exchange import archive

    path = studio.home.root / "CoachDesk-2026-03-03.coachdesk"
    archive.write(studio.desk.store, path, SECRET, studio.desk.now(), progress=lambda _share: None)
    dialog = ImportArchive(studio.desk, studio.window, path, studio.window)
    dialog.passphrase.field.setText(PASSPHRASE)
    studio.front(dialog)
    dialog.act.click()
    studio.settle()
    return dialog


SHOWN: dict[str, Callable[[Studio], QWidget]] = {
    "settings-records": _records,
    "settings-records-fresh": _records_fresh,
    "restore": _restore,
    "restore-none": _restore_none,
    "restore-chosen": _restore_chosen,
    "records-damaged": _damaged,
    "archive-write": _export,
    "archive-write-unsealed": _export_plain,
    "archive-take-in": _import,
}
"""Name → how it is set up."""
