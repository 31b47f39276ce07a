"""The installer for Windows: NSIS, run over the frozen folder and the script in ``windows``, on Linux too."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from coachdesk import NAME, __version__
from coachdesk.errors import Refused
from coachdesk.exchange.archive import ENDING
from coachdesk.focus.windows import Windows as FocusOnWindows
from coachdesk.machine.login import MINIMISED
from coachdesk.machine.windows import APP_ID, Windows
from coachdesk.machine.windows_login import LONGEST, RunEntry
from coachdesk.paths import MOVED, Home
from installer import ARCHIVE_MIME, ROOT, icon, origin, version

SCRIPT = Path(__file__).parent / "windows" / "coachdesk.nsi"
LICENCE = ROOT / "LICENSE"
NEEDED = ("coachdesk.exe", "coachdesk-window.exe")
"""Without these a folder is no frozen program for Windows."""
SIGN = "COACHDESK_SIGN"
"""The variable that holds the command that signs a program in its place; the program's path is put behind it."""

_FORBIDDEN = frozenset('<>:"|?*\\') | {chr(number) for number in range(32)}
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
"""What a name may not hold, or be before its first dot ("Naming Files, Paths, and Namespaces", learn.microsoft.com)."""


_HOME = Home(Path())
RECORD_FILES = (
    f"{_HOME.records.name}*", f"{_HOME.keys.stem}*{_HOME.keys.suffix}*", f"unfinished-{_HOME.keys.stem}*.json*",
    f"{_HOME.settings.name}*", f".{_HOME.settings.name}-*", f"{_HOME.checks.name}*", f"{MOVED}*",
)  # fmt: skip
"""What CoachDesk makes in the folder of the records, with what it keeps aside or could not finish."""
RECORD_FOLDERS = (_HOME.backups.name, _HOME.logs.name, "focus", "Cache")
"""The folders it makes there; ``paths.focus_folder`` and ``paths.runtime`` are in the same place on Windows."""


@dataclass(frozen=True)
class Part:
    """One file that is installed."""

    source: Path
    place: PurePosixPath
    """Where it goes, below the folder of the program."""


def make(frozen: Path, into: Path) -> list[Path]:
    """Write ``CoachDesk-VERSION-windows-setup.exe``, signed where ``COACHDESK_SIGN`` holds a command.

    Its programs are signed too, as copies. Raises Refused where the folder is no frozen program for Windows or there
    is no fit makensis, CalledProcessError where a tool fails.
    """
    target = into.resolve() / f"{NAME}-{__version__}-windows-setup.exe"
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as work:
        compile_script(prepare(frozen, target, Path(work), os.environ.get(SIGN, "")))
    return [target]


def prepare(frozen: Path, target: Path, work: Path, signing: str) -> Path:
    """Write into ``work`` what the script is given, the programs signed where there is a command; its path.

    Raises as ``make`` does.
    """
    parts = list(_signed(_numbered(parts_of(frozen), work), signing))
    size = sum(part.source.stat().st_size for part in parts)
    given = {
        **names(), "OUTPUT": str(target), "LICENCE": str(LICENCE), "ICON": str(icon.for_system(work, "win32")),
        "SIDE": str(side(work)), "KIBIBYTES": str(-(-size // 1024)), **({"SIGN": signing} if signing else {}),
    }  # fmt: skip
    file = work / "given.nsh"
    file.write_text(script(given, parts), "utf-8")
    return file


def names() -> dict[str, str]:
    """What the program itself calls things, and the script has to call the same."""
    at_login, undoing = Windows().at_login(), FocusOnWindows().at_login()
    assert isinstance(at_login, RunEntry)
    assert isinstance(undoing, RunEntry)
    return {
        "NAME": NAME, "VERSION": __version__, "NUMBERS": ".".join(map(str, version.numbers(__version__))),
        "AUTHORS": f"The {NAME} authors", "COPYRIGHT": copyright_line(), "ENDING": ENDING, "MIME": ARCHIVE_MIME,
        "APP_ID": APP_ID,
        "LOGIN_ENTRY": at_login.name, "FOCUS_ENTRY": undoing.name, "LONGEST": str(LONGEST), "MINIMISED": MINIMISED,
    }  # fmt: skip


def side(folder: Path) -> Path:
    """Write the picture beside the last page, of the size that the Modern UI wants: our icon on plain ground."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(164, 314, QImage.Format.Format_RGB888)
    picture.fill(QColor("#f4f4f2"))
    painter = QPainter(picture)
    QSvgRenderer(str(icon.DRAWING)).render(painter, QRectF(50, 50, 64, 64))
    painter.end()
    target = folder / "side.bmp"
    picture.save(str(target), "BMP")  # type: ignore[call-overload]
    return target


def copyright_line() -> str:
    """The line of the licence that says whose the program is."""
    return next(line for line in LICENCE.read_text("utf-8").splitlines() if line.startswith("Copyright"))


def parts_of(frozen: Path) -> list[Part]:
    """Every file of a frozen folder, sorted by its place.

    Raises Refused for a folder that is no frozen program for Windows, and for a name that Windows does not allow.
    """
    found = (path for path in frozen.rglob("*") if path.is_file())
    parts = sorted((Part(path, PurePosixPath(path.relative_to(frozen).as_posix())) for path in found),
                   key=lambda part: part.place.parts)  # fmt: skip
    lacking = set(NEEDED) - {str(part.place) for part in parts}
    if lacking:
        raise Refused(f"{frozen} is no frozen program for Windows: it has no {' and no '.join(sorted(lacking))}.")
    for part in parts:
        if not all(map(is_allowed, part.place.parts)):
            raise Refused(f"Windows does not allow this name of a file: {part.place}.")
    return parts


def is_allowed(name: str) -> bool:
    """Whether Windows allows a file or a folder of this name."""
    return not (set(name) & _FORBIDDEN or name[-1] in ". " or name.partition(".")[0].rstrip().lower() in _DEVICES)


def script(given: Mapping[str, str], parts: Iterable[Part]) -> str:
    """The defines, what unpacks every file, and what is done with each thing that then lies in the program's folder."""
    parts = list(parts)
    lines = [f"!define {name} `{text}`" for name, text in given.items()]
    lines += ["", "!macro UNPACK INTO", *_unpacking(parts), "!macroend", ""]
    lines += _each("ITEM", dict.fromkeys(part.place.parts[0] for part in parts))
    lines += _each("FILE_OF_RECORDS", RECORD_FILES) + _each("FOLDER_OF_RECORDS", RECORD_FOLDERS)
    return "\n".join(lines)


def _each(what: str, names: Iterable[str]) -> list[str]:
    return [
        f"!macro EACH_{what} DO",
        *(f'  !insertmacro ${{DO}} "{_runtime(name)}"' for name in names),
        "!macroend",
        "",
    ]


def _unpacking(parts: Iterable[Part]) -> Iterator[str]:
    """In the order of the folders; a file is named by /oname, as its own name could mean something to makensis."""
    folder = None
    for part in parts:
        if part.place.parent != folder:
            folder = part.place.parent
            below = "".join(f"\\{_runtime(name)}" for name in folder.parts)
            yield f'  SetOutPath "${{INTO}}{below}"'
        yield f'  File "/oname={_runtime(part.place.name)}" "{part.source}"'


def _runtime(text: str) -> str:
    """A text as NSIS reads it, in which a dollar sign would begin a variable."""
    return text.replace("$", "$$")


def _numbered(parts: Iterable[Part], work: Path) -> Iterator[Part]:
    """The same files under plain names, as links where the source need not be changed."""
    for number, part in enumerate(parts):
        plain = work / f"{number:06}{part.source.suffix if part.source.suffix == '.exe' else ''}"
        plain.symlink_to(part.source.resolve())
        yield Part(plain, part.place)


def _signed(parts: Iterable[Part], signing: str) -> Iterator[Part]:
    """The same files, but for a command that signs: copies of the programs, signed by it."""
    for part in parts:
        if signing and part.place.suffix == ".exe":
            original = part.source.resolve()
            part.source.unlink()
            shutil.copyfile(original, part.source)
            subprocess.run([*shlex.split(signing), str(part.source)], check=True)
        yield part


def compile_script(given: Path) -> None:
    """Run makensis, warnings being errors; raises Refused without one, CalledProcessError where it fails.

    The command that signs runs in the folder we were started in. makensis must be able to make programs of 64 bits, as
    that of Debian is; that of nsis.sourceforge.io is not.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        raise Refused("There is no makensis here; on Debian it comes with the packages nsis and nsis-common.")
    fixed = {origin.EPOCH: str(origin.epoch())}
    command = [makensis, "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", f"-DGIVEN={given}", str(SCRIPT)]
    subprocess.run(command, env={**os.environ, **fixed}, check=True)
