"""A small practice of two tables in its own revisions, and what goes wrong: no room, no right to write, a kill."""

import contextlib
import ctypes
import os
import resource
import signal
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from coachdesk.paths import Home
from coachdesk.storage import store
from coachdesk.storage.store import Store

KEY = bytes(range(32))
OTHER_KEY = bytes(reversed(range(32)))

FIRST = """
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.execute("CREATE TABLE pupil (id INTEGER PRIMARY KEY, name TEXT)")
    op.execute("CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT,"
               " pupil_id INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE)")
"""

SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    with op.batch_alter_table("pupil") as batch:
        batch.add_column(sa.Column("town", sa.Text()))
        batch.alter_column("name", nullable=False)
    op.execute("UPDATE pupil SET town = 'Graz'")
"""


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, ...]:
    """A versions folder with the first revision; its name would trip a careless configuration."""
    folder = tmp_path / "100 % of: versions"
    folder.mkdir()
    (folder / "0001_first.py").write_text(FIRST)
    return (folder,)


@pytest.fixture
def second(versions: tuple[Path, ...]) -> tuple[Path, ...]:
    """A second versions folder beside the first; a file made under ``versions`` alone is behind it."""
    folder = versions[0].parent / "later"
    folder.mkdir()
    (folder / "0002_second.py").write_text(SECOND)
    return (*versions, folder)


@pytest.fixture
def opened(home: Home, versions: tuple[Path, ...]) -> Iterator[Store]:
    """Open records with one pupil and two letters."""
    made = store.create(home.records, KEY, versions)
    fill(made)
    yield made
    made.close()


@pytest.fixture
def closed(opened: Store) -> Path:
    """The same records, closed again."""
    opened.close()
    return opened.path


def fill(made: Store, name: str = "Ada") -> None:
    """One more pupil with two letters."""
    with made.session() as db:
        number = db.execute(text("INSERT INTO pupil (name) VALUES (:name) RETURNING id"), {"name": name}).scalar_one()
        for body in ("dear coach", "yours truly"):
            db.execute(text("INSERT INTO letter (body, pupil_id) VALUES (:b, :p)"), {"b": body, "p": number})
        db.commit()


def names(made: Store) -> list[str]:
    """The pupils' names in order."""
    with made.session() as db:
        return list(db.execute(text("SELECT name FROM pupil ORDER BY id")).scalars())


def names_in(path: Path, versions: tuple[Path, ...], key: bytes = KEY) -> list[str]:
    """The pupils' names in closed records; everything in them is sound."""
    made = store.open(path, key, versions)
    try:
        assert [] == store.check(made, quick=False)
        return names(made)
    finally:
        made.close()


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content: what must be the same after a refusal."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def junctions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every link is as a junction of Windows, of which neither of these says that it is a link."""
    monkeypatch.setattr(Path, "is_symlink", lambda _path: False)
    monkeypatch.setattr(os.path, "islink", lambda _path: False)


@contextlib.contextmanager
def no_room(size: int = 0) -> Iterator[None]:
    """Inside, no file of this process can grow past so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Inside, nothing in the folder can be written, not even by root."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    with _as_anybody():
        yield
    for path, mode in modes.items():
        path.chmod(mode)


@contextlib.contextmanager
def unreadable(path: Path) -> Iterator[None]:
    """Inside, the file or folder cannot be looked into, not even by root."""
    mode = path.stat().st_mode
    path.chmod(0)
    with _as_anybody():
        yield
    path.chmod(mode)


@contextlib.contextmanager
def _as_anybody() -> Iterator[None]:
    """Inside, root is held by file permissions like anybody: CAP_DAC_OVERRIDE and its kin (bits 1, 2) are put down."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    assert 0 == libc.capget(head, sets)
    before = sets[0]
    sets[0] = before & ~0b110
    assert 0 == libc.capset(head, sets)
    try:
        yield
    finally:
        sets[0] = before
        assert 0 == libc.capset(head, sets)


STEPS = {
    "open", "replace", "rename", "link", "unlink", "mkdir", "chmod", "fsync", "remove",
    "execute", "backup", "commit", "rollback", "close",
}  # fmt: skip


def killed_at_every_step(
    action: Callable[[], object],
    before: Callable[[], object],
    counts: Callable[[types.FrameType], bool] = lambda _frame: True,
    steps: range = range(1, 500),
) -> Iterator[int]:
    """Runs the action again and again, each time killed one step later, until it ends by itself; yields after a kill.

    A step is a call that can change something on disk: of the operating system or of the database. ``before`` puts
    everything back to the beginning each time; ``counts`` can leave out calls by where they are made. Several tests
    share a long action by ``steps`` that lie between each other's.
    """
    for step in steps:
        before()
        if not _killed_before(step, action, counts):
            assert step > 3, "the action hardly did anything"
            return
        yield step
    raise AssertionError("the action never ended")


def _killed_before(step: int, action: Callable[[], object], counts: Callable[[types.FrameType], bool]) -> bool:
    child = os.fork()
    if child == 0:
        count = 0

        def watch(frame: types.FrameType, happening: str, what: Any) -> None:
            nonlocal count
            if happening == "c_call" and what.__name__ in STEPS and _touches_disk(what) and counts(frame):
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(watch)
        try:
            action()
            os._exit(0)
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert signal.SIGKILL == os.WTERMSIG(status)
        return True
    assert 0 == os.waitstatus_to_exitcode(status)
    return False


def _touches_disk(what: Any) -> bool:
    owner = getattr(what, "__self__", None)
    module = owner.__name__ if isinstance(owner, types.ModuleType) else type(owner).__module__
    return module in ("posix", "sqlcipher3.dbapi2", "sqlcipher3", "_io", "io")
