"""Files written whole or not at all, and readable by this person alone."""

import contextlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

STAMP = "%Y-%m-%dT%H-%M-%SZ"
AT_REST = 30.0
"""Seconds after which nobody writes any more to a file that another run began and did not end."""
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.unfinished")
_OPEN = Path("/proc/self/fd")
"""Where Linux has a name for what this process has open."""
_under_way: set[Path] = set()
"""What this run is writing just now, however long its parts take."""


def stamp(at: datetime) -> str:
    """A moment (aware) as it stands in file names: UTC, whole seconds, no character Windows refuses."""
    return at.astimezone(UTC).strftime(STAMP)


def written_at(path: Path) -> datetime:
    """When the file was last written, aware UTC."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def private_folder(folder: Path) -> None:
    """Make the folder with its parents where missing, and close it (0700) to everybody else.

    A folder shared on purpose (sticky, such as ``/tmp``) or somebody else's is left as it is, and so is one on a disk
    that knows no such rights, as most sticks are: what lies there is encrypted for this reason too.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = folder.stat()
    shared = bool(state.st_mode & stat.S_ISVTX)
    theirs = hasattr(os, "geteuid") and state.st_uid != os.geteuid()
    if not shared and not theirs and state.st_mode & 0o077:
        _allow(folder, state.st_mode & 0o700)


def leads_elsewhere(path: Path) -> bool:
    """Whether what is in a folder under this name is only a way to another place: a link, or a junction of Windows.

    ``is_symlink`` knows no junctions, and ``os.path.isjunction`` came with Python 3.12.
    """
    return Path(os.path.realpath(path)) != Path(os.path.realpath(path.parent), path.name)


def folders(top: Path) -> Iterator[Path]:
    """A folder and every one below it that can be read; what leads elsewhere is not followed."""
    for at, within, _files in os.walk(top):
        yield Path(at)
        within[:] = [name for name in within if not leads_elsewhere(Path(at, name))]


def may_write(folder: Path) -> bool:
    """Whether files can be made and replaced in a folder, as far as the system says; Windows says always so."""
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


def _allow(path: Path, mode: int) -> None:
    """Set who may do what; a disk without such rights refuses (``EPERM``, ``ENOTSUP``) or takes no notice."""
    with contextlib.suppress(OSError):
        path.chmod(mode)


def empty_file(path: Path) -> None:
    """Make a new empty file that only this person can read (0600); raises FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def write(path: Path, content: bytes) -> None:
    """Put the content in place of a file of ours in one step: after a kill or a full disk the old one stands."""
    with _in_one_step(path) as file:
        file.write(content)


@contextlib.contextmanager
def _in_one_step(path: Path) -> Iterator[BinaryIO]:
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with _written_beside(beside, path) as file:
        yield file


@contextlib.contextmanager
def in_place_of(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of one in somebody else's folder, once everything is written.

    Until then it has no name at all, so that a kill leaves nothing of it; where the disk cannot do that, it has one
    that no other file has, as theirs may be called anything. What a kill left of such files in that folder is removed.
    """
    beside = path.with_name(f".{secrets.token_hex(8)}.unfinished")
    handle = _without_name(path.parent)
    _under_way.add(beside)
    try:
        with _written_beside(beside, path) if handle is None else _named_at_the_end(handle, beside, path) as file:
            _clear_broken_off(path.parent, os.fstat(file.fileno()).st_mtime - AT_REST)
            yield file
    finally:
        _under_way.discard(beside)


def _without_name(folder: Path) -> int | None:
    """A new file (0600) in a folder in which nobody sees it; None where system or disk have no such thing.

    It is Linux's ``O_TMPFILE`` (open(2)): what has no name when its last handle is closed is gone.
    """
    if not hasattr(os, "O_TMPFILE") or not _OPEN.is_dir():
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError:  # what is wrong with the folder itself is told by making a file that has a name
        return None


@contextlib.contextmanager
def _named_at_the_end(handle: int, beside: Path, path: Path) -> Iterator[BinaryIO]:
    """No call gives it the name of another file at once (linkat(2)): it has one of its own first, and is renamed."""
    with os.fdopen(handle, "r+b") as file:
        yield file
        file.flush()
        os.fsync(handle)
        try:
            os.link(_OPEN / str(handle), beside, src_dir_fd=handle, follow_symlinks=True)  # with neither it is link(2)
        except OSError:  # as on a share that knows no second names
            file.seek(0)
            with _written_beside(beside, path) as named:
                shutil.copyfileobj(file, named)
            return
    try:
        put(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _clear_broken_off(folder: Path, latest: float) -> None:
    """Remove what is named like an unfinished file and was written to before; what cannot be removed is left."""
    with contextlib.suppress(OSError):
        for each in folder.glob(".*.unfinished"):
            ours = _UNFINISHED.fullmatch(each.name) and each not in _under_way
            if ours and each.is_file() and each.lstat().st_mtime < latest:
                each.unlink()


@contextlib.contextmanager
def _written_beside(beside: Path, path: Path) -> Iterator[BinaryIO]:
    empty_file(beside)
    try:
        with beside.open("r+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        put(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def put(source: Path, target: Path) -> None:
    """Rename a finished file over the target, and see that the folder remembers it after a power cut."""
    source.replace(target)
    settle(target.parent)


def settle(folder: Path) -> None:
    """Have the folder's own entries written to the disk; Windows does that by itself and refuses to be asked."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def twin(path: Path, target: Path) -> None:
    """A second name for the file, or a copy where the disk knows no second names; there after a power cut too."""
    try:
        os.link(path, target)
    except OSError:
        with path.open("rb") as source, _in_one_step(target) as file:
            shutil.copyfileobj(source, file)
    else:
        settle(target.parent)


def free_name(path: Path) -> Path:
    """The path, or where it is taken the same with -2, -3 … before a ``.db`` or ``.json``, else at its end."""
    ending = path.suffix if path.suffix in (".db", ".json") else ""
    chosen, number = path, 1
    while chosen.exists():
        number += 1
        chosen = path.with_name(f"{path.name.removesuffix(ending)}-{number}{ending}")
    return chosen
