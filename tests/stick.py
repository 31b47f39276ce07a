"""What a coach does with records that live on a stick, from the first key to a client who is forgotten."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coachdesk import paths
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.exchange import archive, archive_arrival
from coachdesk.paths import Home
from coachdesk.practice import clients, commitments, forget, sessions
from coachdesk.storage import backup, checks, cipher, columns, erase, keys, relocation, store

PASSPHRASE = "a lantern on the stairs"
SECRET = "a bridge over quiet water"
FORGOTTEN = "Ada Brambleheart"


def nobody(_share: float) -> None:
    """Nobody watches."""


def begin(stick: Path, clock: Still) -> tuple[Home, bytes]:
    """A first run and a first session with a promise; the home on the stick and its key."""
    home = paths.home(stick / paths.PORTABLE)
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    with _Open(home, key, clock) as desk:
        desk.change_setting("session.minutes", 45)
        for name in (FORGOTTEN, "Bea"):
            client = desk.do(clients.add, name)
            desk.do(sessions.start, client.id, minutes=45)
            clock.advance(45 * 60)
            desk.do(sessions.finish)
            desk.do(commitments.add, client.id, f"send {name.split()[0]} the map")
    return home, key


def keep_safe(stick: Path, home: Home, key: bytes, clock: Still) -> None:
    """Back up, check, write an archive, restore the backup, and take the archive in elsewhere on the stick."""
    with _Open(home, key, clock) as desk:
        path = backup.back_up(desk.store, home.backups, clock.now())
        assert 0 == checks.full(desk.store, home, clock.now()).wrong
        archive.write(desk.store, stick / f"all{paths.ARCHIVE}", SECRET, clock.now(), progress=nobody)
        desk.do(clients.add, "Cem")
    backup.restore(home, path, key, clock.now())
    other = Home(stick / "another")
    taken_in, _code = keys.create(other.keys, passphrase=PASSPHRASE)
    store.create(other.records, taken_in).close()
    archive_arrival.take_in(other, stick / f"all{paths.ARCHIVE}", SECRET, taken_in, clock.now(), progress=nobody)
    assert [FORGOTTEN, "Bea"] == names(home, key, clock) == names(other, taken_in, clock)


def forget_one(home: Home, key: bytes, clock: Still) -> None:
    """Forget a client, in the records and in every copy beside them."""
    with _Open(home, key, clock) as desk:
        ada = next(each for each in desk.read(clients.every) if each.name == FORGOTTEN)
        desk.do(forget.forget, ada.id)
        report = erase.finish(home, key, clock.now())
    assert ((), 2) == (report.left, len(report.rewritten)), "the backup and what was there before the restore"
    for path in erase.copies(home, key):
        assert FORGOTTEN not in str(list(_texts(path, key)))


def move(home: Home, key: bytes, folder: Path) -> None:
    """Move the records to another folder, and remove the old copy."""
    relocation.move(home, folder, key, progress=nobody)
    relocation.clear_old(home, paths.home(home.root), key)


def names(home: Home, key: bytes, clock: Still) -> list[str]:
    """The clients; the records are whole, and open with the passphrase."""
    assert key == keys.with_passphrase(home.keys, PASSPHRASE)
    with _Open(home, key, clock) as desk:
        assert [] == store.check(desk.store, quick=False)
        return sorted(each.name for each in desk.read(clients.every))


def places_named(home: Home, key: bytes, place: Path) -> list[str]:
    """Where a place of the computer stands in the home: in a file, or in any text of the records and their copies."""
    files = [each for each in home.root.rglob("*") if each.is_file()]
    found = [path.name for path in files if os.fsencode(place) in path.read_bytes()]
    for path in (home.records, *erase.copies(home, key)):
        found += [f"{path.name}: {text}" for text in _texts(path, key) if str(place) in text]
    return found


def _texts(path: Path, key: bytes) -> Iterator[str]:
    connection = cipher.connect(path, key, "ro")
    try:
        for table in columns.tables(connection):
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from (value for value in row if isinstance(value, str))
    finally:
        connection.close()


class _Open:
    """The desk with the records of a home open, closed on leaving."""

    def __init__(self, home: Home, key: bytes, clock: Still) -> None:
        self._desk = Desk(clock, home)
        self._key = key

    def __enter__(self) -> Desk:
        self._desk.adopt(store.open(self._desk.home.records, self._key))
        return self._desk

    def __exit__(self, *_why: Any) -> None:
        self._desk.close()
