"""The key header on disk: a small JSON file with a checksum, and its second copy beside the backups."""

import base64
import binascii
import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from coachdesk.errors import RecordsDamaged, RecordsMissing, RecordsNewer, Refused
from coachdesk.storage import disk
from coachdesk.storage.faults import explained
from coachdesk.words import _

FORMAT, VERSION = "coachdesk-keys", 1

Wrap = Mapping[str, Any]


@dataclass(frozen=True)
class Header:
    """The wrapped copies of one data key."""

    id: str
    check: str
    """Tells whether a key is the wrapped one, without giving it away."""
    wraps: Mapping[str, Wrap]

    def with_wrap(self, kind: str, wrap: Wrap | None) -> "Header":
        """The same header with one way in set, changed or (None) taken away."""
        others = {name: kept for name, kept in self.wraps.items() if name != kind}
        return replace(self, wraps=others if wrap is None else {**others, kind: wrap})


def copy_of(path: Path) -> Path:
    """Where the second copy of a header is kept: with the backups."""
    return path.parent / "backups" / path.name


def copy_beside(path: Path, folder: Path) -> None:
    """Put a copy of the header into a folder of backups; another header that stands there is put aside, not lost."""
    header = load(path)
    target = folder / path.name
    if target.exists():
        if target.read_bytes() == path.read_bytes():
            return
        try:
            other = load(target).id[:8]
        except Refused:
            other = "unreadable"
        if other != header.id[:8]:
            disk.put(target, disk.free_name(target.with_name(f"keys-{other}.json")))
    disk.write(target, path.read_bytes())


def repair(path: Path, source: Path | None = None) -> None:
    """Bring a damaged or missing header back from the copy kept with the backups, or from another copy.

    The damaged one stays beside it as ``.damaged-<when it was last written>``. Raises Refused if there is nothing to
    repair, RecordsDamaged or RecordsMissing if the copy is no better.
    """
    source = source or copy_of(path)
    try:
        load(path)
    except (RecordsDamaged, RecordsMissing):
        load(source)
    else:
        raise Refused(_("The key file is whole, so there is nothing to repair."))
    with explained():
        if path.exists():
            aside = path.with_name(f"{path.name}.damaged-{disk.stamp(disk.written_at(path))}")
            disk.twin(path, disk.free_name(aside))
        disk.write(path, source.read_bytes())


def replace_copies(path: Path) -> None:
    """Bring every copy of a header, beside it and with the backups, to what it says now, so that no old way in stays.

    A damaged copy of it might still be put together by hand; it is removed. Headers of other records are left alone.
    What the disk refuses is tried again at the next opening.
    """
    header, content = load(path), path.read_bytes()
    for folder in {path.parent, copy_of(path).parent}:
        for other in folder.glob(f"{path.stem}*.json*"):
            if other == path or other.name.endswith(".new"):
                continue
            with contextlib.suppress(OSError):
                _replace(other, header, content)


def _replace(other: Path, header: Header, content: bytes) -> None:
    present = other.read_bytes()
    if present == content:
        return
    try:
        its = load(other).id
    except Refused:
        if header.id.encode() in present:
            other.unlink()
        return
    if its == header.id:
        disk.write(other, content)


def text_of(data: bytes) -> str:
    """Bytes as they stand in the header."""
    return base64.b64encode(data).decode("ascii")


def bytes_of(path: Path, wrap: Wrap, name: str) -> bytes:
    """A field of a wrap as bytes; raises RecordsDamaged."""
    try:
        return base64.b64decode(wrap[name], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        refuse_damaged(path)


def _content(header: Header) -> dict[str, Any]:
    wraps = {kind: dict(header.wraps[kind]) for kind in sorted(header.wraps)}
    return {"format": FORMAT, "version": VERSION, "id": header.id, "check": header.check, "wraps": wraps}


def _checksum(content: Mapping[str, Any]) -> str:
    plain = json.dumps({name: content[name] for name in content if name != "checksum"}, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def save(path: Path, header: Header) -> None:
    """Write the header and its copy with the backups; when either fails the header is as before. Raises Refused."""
    content = _content(header)
    content["checksum"] = _checksum(content)
    encoded = json.dumps(content, indent=2).encode()
    before = path.read_bytes() if path.exists() else None
    copies = copy_of(path).parent
    with explained():
        disk.private_folder(path.parent)
        disk.private_folder(copies)
        disk.write(path, encoded)
        try:
            copy_beside(path, copies)
        except BaseException:
            if before is None:
                path.unlink()
            else:
                disk.write(path, before)
            raise
        replace_copies(path)


def load(path: Path) -> Header:
    """The header on disk. Raises RecordsMissing, RecordsDamaged, RecordsNewer, RecordsReadOnly."""
    with explained():
        if not path.exists():
            raise RecordsMissing(f"{_('The key file is missing: {path}.').format(path=path)} {_way_out(path)}")
        encoded = path.read_bytes()
    try:
        content = json.loads(encoded)
        ours = isinstance(content, dict) and content["format"] == FORMAT and content["checksum"] == _checksum(content)
        if not ours:
            refuse_damaged(path)
        if content["version"] > VERSION:
            raise RecordsNewer(
                _("The key file {path} was written by a newer CoachDesk. Install that version to open it.").format(
                    path=path
                )
            )
        return Header(str(content["id"]), str(content["check"]), dict(content["wraps"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        refuse_damaged(path)


def refuse_damaged(path: Path) -> NoReturn:
    """Raise RecordsDamaged with what to do about it."""
    sentence = _("The key file {path} is damaged. Nothing was changed.").format(path=path)
    raise RecordsDamaged(f"{sentence} {_way_out(path)}")


def _way_out(path: Path) -> str:
    """What to do without the header: the copy is promised only where there is one."""
    copy = copy_of(path)
    if copy.exists():
        return _(
            "Your records are not lost: a copy of the key file is kept with the backups, in {copy}. "
            "Put it in its place."
        ).format(copy=copy)
    return _(
        "There is no copy of it with the backups. Put back the file {name} from a copy of your own; "
        "without it the records cannot be unlocked."
    ).format(name=path.name)
