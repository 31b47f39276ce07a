"""Where records, settings, logs and resources live: in the source tree, in an installed wheel, and frozen."""

import errno
import os
import sys
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

APP = "CoachDesk"
PORTABLE = f"{APP} records"
"""A folder of this name beside the folder of an installed program, as on a stick, holds the records it works with."""
MOVED = "moved.txt"
"""In a folder that records were moved away from: where they are now."""
ARCHIVE = ".coachdesk"
"""How the name of an archive ends, by which the system knows what opens it."""


@dataclass(frozen=True)
class Home:
    """One folder of records and settings."""

    root: Path
    moved_from: Path | None = None
    """The folder that was asked for, where a note leads from it to this one."""
    portable: bool = False
    """Whether it was found beside the program: the two travel together, from one computer to the next."""

    @property
    def is_away(self) -> bool:
        """Whether the records were moved to where nothing of them is now, as on a disk that is not connected."""
        there = self.records.exists() or self.keys.exists() or self.backups.exists()
        return self.moved_from is not None and not there

    @property
    def records(self) -> Path:
        """The encrypted database."""
        return self.root / "records.db"

    @property
    def keys(self) -> Path:
        """The key header: the data key in wrapped copies only."""
        return self.root / "keys.json"

    @property
    def settings(self) -> Path:
        """Settings that are not confidential."""
        return self.root / "settings.toml"

    @property
    def backups(self) -> Path:
        """Encrypted copies of the database."""
        return self.root / "backups"

    @property
    def checks(self) -> Path:
        """When the records were last checked; nothing confidential."""
        return self.root / "checks.json"

    @property
    def logs(self) -> Path:
        """Logs and crash reports, without any content of the records."""
        return self.root / "logs"


def home(given: str | Path | None = None) -> Home:
    """The folder asked for, else ``COACHDESK_HOME``, else the one that travels with the program, else the usual place.

    Where records were moved away from it, a note says where they are now; it is followed once. Raises PermissionError
    with the folder that travels with the program where that is another user's.
    """
    chosen = given or os.environ.get("COACHDESK_HOME")
    beside = None if chosen else _beside_program()
    root = Path(os.path.abspath(Path(chosen).expanduser() if chosen else beside or _usual()))
    home = Home(root, portable=beside is not None)
    try:
        noted = (root / MOVED).read_text("utf-8").strip()
    except (OSError, UnicodeError):
        return home
    if noted.startswith("../"):
        return replace(home, root=Path(os.path.normpath(Path(os.path.realpath(root)) / noted)), moved_from=root)
    return Home(Path(noted), moved_from=root) if Path(noted).is_absolute() else home


def way_between(old: Path, new: Path) -> str:
    """What the note in an old folder says of a new one, neither of which lies in the other.

    On one disk it is the way from the one to the other: a stick has another letter or another place next time.
    """
    start, end = (Path(os.path.realpath(each)) for each in (old, new))
    return Path(os.path.relpath(end, start)).as_posix() if start.stat().st_dev == end.stat().st_dev else str(new)


def _beside_program() -> Path | None:
    """The folder of records beside the program's own folder, or on macOS beside its bundle; None where there is none.

    The folder is one a person makes, by its name alone; from source there is none.
    """
    if not getattr(sys, "frozen", False):
        return None
    own = Path(sys.executable).resolve().parent
    own = next((each for each in own.parents if each.suffix == ".app"), own)
    folder = own.parent / PORTABLE
    return folder if folder.is_dir() and _is_trusted(folder, own) else None


def _is_trusted(folder: Path, program: Path) -> bool:
    """Whether it is this person's, or the computer's: where all may write, as in /tmp, anybody could put one there.

    Raises PermissionError where it is another user's, and the program or the place around both is that user's too, as
    on a stick from a computer where this person has another number: passed over, the records would seem gone. Root is
    refused as well, whose files there would be closed to that user. Where it is anybody else's, it is passed over:
    nobody can hinder a program by a folder beside it who could not do away with the program. Whoever shares a program
    that another keeps records beside cannot be told from one person with two numbers; refused, both can name a folder.
    """
    if not hasattr(os, "getuid"):  # Windows has none, and no such places
        return True
    whose, me = folder.lstat().st_uid, os.getuid()
    if whose not in (me, 0) and whose in (program.stat().st_uid, folder.parent.stat().st_uid):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), os.fspath(folder))
    return whose in (me, 0)


def _usual() -> Path:
    import platformdirs  # it takes 20 ms, for which a start with a folder given, or one for help, need not wait

    return Path(platformdirs.user_data_path(APP, appauthor=False))


def runtime() -> Path:
    """A folder for sockets and locks that only this person can open; it need not survive a restart."""
    import platformdirs

    with warnings.catch_warnings():  # without XDG_RUNTIME_DIR platformdirs warns, on the person's terminal
        warnings.simplefilter("ignore")
        folder = Path(platformdirs.user_runtime_path(APP, appauthor=False))
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # a wider one is passed over at the next look
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        folder = Path(platformdirs.user_cache_path(APP, appauthor=False)) / "run"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def focus_folder() -> Path:
    """Where focus mode notes what it changed: one for each user of the computer, whatever their homes are."""
    import platformdirs

    return Path(platformdirs.user_data_path(APP, appauthor=False)) / "focus"


def program() -> list[str]:
    """The command that opens the window, and is run at login: on Windows one without a terminal, input or output.

    It works in whatever folder it is started; arguments may follow.
    """
    return _starting("coachdesk-window")


def command() -> list[str]:
    """The command for what talks through its input and output: the guardian, and every verb. Arguments may follow."""
    return _starting("coachdesk")


def _starting(name: str) -> list[str]:
    """A program of the frozen folder; where it has one for everything, as on Linux, that one.

    From source, Python is told where the package lies (-c) and to look for nothing in the present folder (-P).
    """
    if getattr(sys, "frozen", False):
        own = Path(sys.executable)
        named = own.with_name(name + own.suffix)
        return [str(named if named.is_file() else own.with_name("coachdesk" + own.suffix))]
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r}); import coachdesk.__main__ as it; "
    return [sys.executable, "-P", "-c", start + "sys.exit(it.main())"]


def resources() -> Path:
    """The folder of prompts, icons and languages that came with the program."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    package = Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
