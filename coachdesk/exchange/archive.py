"""Everything as one file: written from the open records, and brought into an empty CoachDesk row for row.

An archive is a zip. ``manifest.json`` comes first: format, version, when it was made, by which CoachDesk, the revision
of the records' form, and the rows of every table. Then one ``tables/<table>.jsonl`` for each table, found by asking the
records themselves: a line for a row in the order of the table, an object of column → value, texts as they are, moments
and days as SQLite holds them (UTC), bytes as ``{"bytes": base64}``. The zip stands as it is in a file written plainly,
and in chunks under a passphrase of its own in a sealed one (see ``archive_seal``).
"""

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from coachdesk import __version__, paths
from coachdesk.clock import Now
from coachdesk.errors import RecordsMissing, RecordsNewer, Refused
from coachdesk.exchange import archive_rows
from coachdesk.exchange.archive_seal import Sealing, Unsealed, changed, is_sealed
from coachdesk.storage import cipher, columns, disk, faults, migrate
from coachdesk.storage.store import Store
from coachdesk.words import _

ENDING = paths.ARCHIVE
FORMAT, VERSION = "coachdesk-archive", 1
MANIFEST = "manifest.json"
MOST = 4 * 1024**3
"""Bytes of content that are ever unpacked; twenty years of daily practice are a twentieth of it."""
LONGEST_MANIFEST = 1024**2

Progress = Callable[[float], None]
"""Told the share that is done, 0 to 1; it may raise to have the work stopped."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says it holds."""

    made_at: datetime
    """Aware UTC."""
    program: str
    """The version of CoachDesk that wrote it."""
    schema: str
    """The revision of the records' form."""
    counts: Mapping[str, int]
    """Rows by table."""


def write(
    store: Store, target: Path, passphrase: str | None, now: Now, *, replace: bool = False, progress: Progress
) -> Manifest:
    """Write the open records into an archive, sealed unless the passphrase is None; a kill leaves no half file.

    Raises Refused: the target is there and not to be replaced, the passphrase is too short, the disk will not take it.
    Takes seconds on a large practice: call it on a worker thread.
    """
    if target.exists() and not replace:
        raise Refused(_("There is a file already: {path}. Nothing was written.").format(path=target))
    with faults.explained(), disk.in_place_of(target) as file:
        progress(0.0)
        manifest = _write_to(file, store, passphrase, now, progress)
        progress(1.0)  # the last moment to have none
    return manifest


def sealed(path: Path) -> bool:
    """Whether an archive needs a passphrase. Raises Refused."""
    with _file(path) as file:
        return is_sealed(file)


def look(path: Path, passphrase: str | None = None) -> Manifest:
    """What an archive holds; nothing is changed.

    Raises WrongKey, RecordsDamaged for one that is not whole, RecordsNewer, RecordsMissing.
    """
    with _packed(path, passphrase) as packed:
        return _manifest(packed)


def load(
    path: Path,
    passphrase: str | None,
    target: Path,
    key: bytes,
    *,
    versions: tuple[Path, ...] = migrate.SHIPPED,
    progress: Progress,
) -> Manifest:
    """Make new records out of an archive, of the newest form; nothing is left of them when it fails.

    They are made in the form the archive was written in and then brought to the newest one, as older records are.
    Raises Refused, each in its own sentence; takes seconds on a large practice: call it on a worker thread.
    """
    with faults.explained(), _packed(path, passphrase) as packed:
        manifest = _manifest(packed)
        if manifest.schema not in migrate.revisions(versions):
            raise _newer()
        try:
            disk.empty_file(target)
            migrate.climb(target, key, versions, backups=None, to=manifest.schema)
            _fill(target, key, packed, manifest, progress)
            if manifest.schema != migrate.revisions(versions)[-1]:
                migrate.climb(target, key, versions, backups=None)
        except BaseException:
            cipher.discard(target)
            raise
    return manifest


def _write_to(file: BinaryIO, store: Store, passphrase: str | None, now: Now, progress: Progress) -> Manifest:
    if passphrase is None:
        return _pack(file, store, now, progress)
    sealing = Sealing(file, passphrase)
    with io.BufferedWriter(sealing, 1 << 20) as buffered:
        manifest = _pack(cast(BinaryIO, buffered), store, now, progress)
        buffered.flush()
        sealing.finish()
    return manifest


def _pack(file: BinaryIO, store: Store, now: Now, progress: Progress) -> Manifest:
    connection = store.connection()
    try:
        connection.execute("BEGIN")  # all tables as they are at one moment, while the window goes on working
        names = columns.tables(connection)
        counts = {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}
        manifest = Manifest(now.at, __version__, migrate.stored(connection) or "", counts)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            _entry(packed, MANIFEST, now, [json.dumps(_content(manifest), indent=2).encode()])
            lines = _told(sum(counts.values()), progress)
            for name in names:
                _entry(packed, _place(name), now, lines(archive_rows.written(connection, name)))
        return manifest
    finally:
        connection.close()


def _entry(packed: zipfile.ZipFile, name: str, now: Now, parts: Any) -> None:
    entry = zipfile.ZipInfo(name, now.at.astimezone(UTC).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with packed.open(entry, "w", force_zip64=True) as opened:
        for part in parts:
            opened.write(part)


def _told(total: int, progress: Progress) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """Passes rows through, and tells how many of all there are have passed."""
    done = 0

    def through(rows: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal done
        for row in rows:
            yield row
            done += 1
            if done % 500 == 0:
                progress(done / max(1, total))

    return through


def _content(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT, "version": VERSION, "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "program": manifest.program, "schema": manifest.schema, "tables": dict(manifest.counts),
    }  # fmt: skip


def _place(table: str) -> str:
    return f"tables/{table}.jsonl"


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    if not path.is_file():
        raise RecordsMissing(_("This archive is not there: {path}.").format(path=path))
    with faults.explained(), path.open("rb") as file:
        yield file


@contextmanager
def _packed(path: Path, passphrase: str | None) -> Iterator[zipfile.ZipFile]:
    """The open zip of an archive; whatever is wrong with it inside the block is said in one sentence."""
    with _file(path) as file:
        try:
            if is_sealed(file):
                if passphrase is None:
                    raise Refused(_("This archive is sealed; give the passphrase it was written with."))
                content = cast(BinaryIO, io.BufferedReader(Unsealed(file, passphrase), 1 << 17))
            else:
                content = file
            with zipfile.ZipFile(content) as packed:
                _refuse_bomb(packed)
                yield packed
        except zipfile.BadZipFile:
            raise _no_archive() from None
        except (zlib.error, EOFError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
            raise changed() from None


def _refuse_bomb(packed: zipfile.ZipFile) -> None:
    """A zip says how much its entries unpack to, and more is never read of them."""
    entries = packed.infolist()
    plain = all(each.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for each in entries)
    if not plain or any(each.flag_bits & 1 for each in entries) or MANIFEST not in packed.namelist():
        raise _no_archive()
    if sum(each.file_size for each in entries) > MOST or len(entries) > 1000:
        raise Refused(_("This archive would unpack to more than any practice holds; nothing was taken from it."))


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    if packed.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
        raise _no_archive()
    content = json.loads(packed.read(MANIFEST))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _no_archive()
    if int(content["version"]) > VERSION:
        raise _newer()
    counts = {str(name): int(count) for name, count in content["tables"].items()}
    made_at = datetime.fromisoformat(content["made_at"])
    if made_at.tzinfo is None or any(count < 0 for count in counts.values()):
        raise ValueError("no manifest of ours")
    return Manifest(made_at.astimezone(UTC), str(content["program"]), str(content["schema"]), counts)


def _fill(target: Path, key: bytes, packed: zipfile.ZipFile, manifest: Manifest, progress: Progress) -> None:
    """Every row in one transaction; what points to nothing, or is more or less than was said, is refused."""
    connection = cipher.connect(target, key, foreign_keys=False)
    try:
        connection.execute("BEGIN IMMEDIATE")
        if set(columns.tables(connection)) != set(manifest.counts):
            raise changed()
        lines = _told(sum(manifest.counts.values()), progress)
        for name, count in sorted(manifest.counts.items()):
            with packed.open(_place(name)) as entry:
                rows = lines(archive_rows.lines(io.BufferedReader(cast(io.RawIOBase, entry), 1 << 16), count))
                archive_rows.put(connection, name, rows)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise changed()
        connection.execute("COMMIT")
        if cipher.check(connection, quick=False):
            raise faults.damaged()
    except faults.Unfit:
        raise changed() from None
    finally:
        connection.close()


def _newer() -> RecordsNewer:
    return RecordsNewer(
        _("This archive was written by a newer CoachDesk. Nothing was changed. Install that version to open it.")
    )


def _no_archive() -> Refused:
    return Refused(_("This file is not an archive of CoachDesk, or not a whole one. Nothing was changed."))
