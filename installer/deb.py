"""The Debian package: the frozen folder, and what makes a program of it that belongs to the desktop."""

import gzip
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from coachdesk import __version__
from installer import ROOT, commandline, completion, icon, identity, man, needed, origin, store_page

PARTS = Path(__file__).parent / "linux"
LIB = Path("usr/lib/coachdesk")
PROGRAM = LIB / "coachdesk"
COMMANDS = ("coachdesk", "coachdesk-window")
"""The names by which it is called; the second is what menus and other systems know."""
EDGES = (48, 128, 256)
"""Pixels of the icon beside the drawing."""
RECOMMENDED = (
    "libcups2t64 | libcups2", "default-dbus-session-bus | dbus-session-bus", "libglib2.0-bin", "at-spi2-core",
)  # fmt: skip
"""Printers; the bus for focus mode and notices; gsettings(1), by which the settings of GNOME's kin are changed; screen
readers. Every desktop brings them along."""
SUGGESTED = (
    "libgtk-3-0t64 | libgtk-3-0", "gnome-keyring | keepassxc | kwalletmanager", "fonts-noto-cjk",
    "fonts-noto-color-emoji",
)  # fmt: skip
"""The look of a GTK desktop, which has it; what unlocks the records without a passphrase; letters for names that would
be boxes without them, large, and wanted only where such names are."""
DESCRIPTION = """\
sits beside a coach's video call
 CoachDesk keeps the time of a coaching session, quiets the computer while you
 listen, and remembers what was promised, by you and by your client, until the
 next session begins there.
 .
 Records are encrypted on your own computer from the first start; there is no
 account and no telemetry, and nothing leaves the computer. Removing or purging
 the package puts back what focus mode changed and keeps the records."""


def make(frozen: Path, into: Path) -> list[Path]:
    """Make the package of a frozen folder; the same folder and date give the same bytes.

    Raises RuntimeError where a library that is needed is missing here.
    """
    architecture = _output("dpkg", "--print-architecture")
    target = into / f"coachdesk_{__version__}_{architecture}.deb"
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place, "tree")
        fill(tree, frozen, origin.epoch())
        describe(tree, architecture, needed.packages(frozen))
        settle(tree, origin.epoch())
        environment = {**os.environ, origin.EPOCH: str(origin.epoch()), "DPKG_DEB_THREADS_MAX": "1"}
        words = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(target)]
        subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)
    return [target]


def fill(tree: Path, frozen: Path, epoch: int) -> None:
    """Put every file where it will lie, below ``tree``."""
    shutil.copytree(frozen, tree / LIB, symlinks=True)
    (tree / "usr/bin").mkdir()
    for command in COMMANDS:
        (tree / "usr/bin" / command).symlink_to(Path("..") / PROGRAM.relative_to("usr"))
    share, day = tree / "usr/share", datetime.fromtimestamp(epoch, UTC)
    for name, place in (("coachdesk.desktop", "applications"), ("coachdesk.xml", "mime/packages")):
        _copy(PARTS / name, share / place / name)
    store_page.write(share / "metainfo", day.date())
    _draw(share / "icons/hicolor")
    root = commandline.read()
    man.write(root, day.date(), share / "man/man1")
    completion.write(root, share)
    _document(share, day)


def _draw(theme: Path) -> None:
    """The icon as it was drawn, and in the sizes that older menus want (Icon Theme Specification)."""
    _copy(icon.DRAWING, theme / "scalable/apps/coachdesk.svg")
    for edge in EDGES:
        path = theme / f"{edge}x{edge}/apps/coachdesk.png"
        path.parent.mkdir(parents=True)
        path.write_bytes(icon.drawn(edge))


def _document(share: Path, day: datetime) -> None:
    papers = share / "doc/coachdesk"
    _copy(PARTS / "copyright", papers / "copyright")
    (papers / "NOTICES.txt").symlink_to(Path("../../../lib/coachdesk/NOTICES.txt"))
    (papers / "CHANGELOG.md.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    (papers / "changelog.gz").write_bytes(gzip.compress(changelog(day).encode(), mtime=0))
    _copy(PARTS / "lintian-overrides", share / "lintian/overrides/coachdesk")


def changelog(day: datetime) -> str:
    """The log of the package in Debian's form (deb-changelog(5))."""
    said = "What is new for a coach stands in CHANGELOG.md beside this file."
    signed = f"{identity.MAINTAINER}  {format_datetime(day)}"
    return f"coachdesk ({__version__}) stable; urgency=medium\n\n  * {said}\n\n -- {signed}\n"


def describe(tree: Path, architecture: str, needed: list[str]) -> None:
    """Add what dpkg reads: the description, the sums of all files, and what is done on removal."""
    control = tree / "DEBIAN"
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in _files(tree)]
    size = sum(-(-path.lstat().st_size // 1024) if path.is_file() else 1 for path in tree.rglob("*"))
    control.mkdir()
    (control / "md5sums").write_text("".join(sums), "utf-8")
    (control / "control").write_text(_control(architecture, size, needed), "utf-8")
    people = (PARTS / "people.sh").read_text("utf-8")
    for script in ("prerm", "postrm"):
        text = (PARTS / script).read_text("utf-8").replace("#PEOPLE#\n", people)
        (control / script).write_text(text, "utf-8")


def _control(architecture: str, size: int, needed: list[str]) -> str:
    """The fields of deb-control(5); the size in KiB."""
    fields = {
        "Package": "coachdesk", "Version": __version__, "Architecture": architecture, "Maintainer": identity.MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join(needed),
        "Recommends": ", ".join(RECOMMENDED),
        "Suggests": ", ".join(SUGGESTED),
        "Section": "misc", "Priority": "optional",
        "Homepage": os.environ.get(origin.RELEASES, ""),
        "Description": DESCRIPTION,
    }  # fmt: skip
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def settle(tree: Path, epoch: int) -> None:
    """Give every file the rights Debian asks for and the date of the build, wherever it came from."""
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or _is_program(path.relative_to(tree)) else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    tree.chmod(0o755)
    os.utime(tree, (epoch, epoch))


def _is_program(path: Path) -> bool:
    return path in (PROGRAM, Path("DEBIAN/prerm"), Path("DEBIAN/postrm"))


def _files(tree: Path) -> Iterator[Path]:
    return (path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _output(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
