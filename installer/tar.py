"""The archive for Linux that runs wherever it is unpacked, also from a USB stick."""

import io
import lzma
import platform
import tarfile
from pathlib import Path

from coachdesk import __version__
from coachdesk.paths import PORTABLE
from installer import elf, origin

README = f"""\
CoachDesk {__version__}

Unpack this folder wherever you like, and open coachdesk in it. In a terminal, ./coachdesk --help lists what it can do
without a window. Nothing has to be installed; it runs on Linux as new as Debian 12.

Records are kept in your home folder, in .local/share/CoachDesk. To have them travel with the program, make a folder
named "{PORTABLE}" beside this one before you open it for the first time.


On a USB stick

This folder needs 170 MB there. The stick has to be formatted as exFAT, or as a disk of Linux (ext4, Btrfs). On exFAT
the records open on every computer; on a disk of Linux only for the user who made them, whom another computer may know
under another number. From a stick formatted as FAT32, as smaller ones are when they are new, most Linux desktops start
no program. It can hold your records all the same: unpack this folder on each computer, and open them with
./coachdesk --home FOLDER.


When you move this folder, or have unpacked a newer version

End focus mode first. What happens at login names the old place until you tell it the new one: in the settings, switch
"Start with the computer" and "Look again at the next login" off and on again where they are on. Then the old can go.


To be rid of CoachDesk

1. If you had used focus mode: ./coachdesk focus undo
2. In .config/autostart in your home folder, delete coachdesk.desktop and coachdesk-restore.desktop.
3. Delete this folder.

Your records stay in .local/share/CoachDesk. Delete that too only if nobody will ever need them again: without an
archive or a backup elsewhere nothing brings them back. The keychain of your desktop then still has an entry named
CoachDesk; without the records it opens nothing, and you can delete it there.
"""


def make(frozen: Path, into: Path) -> list[Path]:
    """Pack a frozen folder; the same folder and date give the same bytes."""
    name = f"coachdesk-{__version__}"
    target = into / f"{name}-linux-{platform.machine()}.tar.xz"
    into.mkdir(parents=True, exist_ok=True)
    programs = {path for path in elf.files(frozen) if path.parent == frozen}
    with lzma.open(target, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(_entry(name, tarfile.DIRTYPE))
        for path in sorted(frozen.rglob("*")):
            _add(archive, path, f"{name}/{path.relative_to(frozen)}", path in programs)
        readme = README.encode()
        entry = _entry(f"{name}/README.txt")
        entry.size = len(readme)
        archive.addfile(entry, io.BytesIO(readme))
    return [target]


def _add(archive: tarfile.TarFile, path: Path, name: str, is_program: bool) -> None:
    if path.is_dir():
        archive.addfile(_entry(name, tarfile.DIRTYPE))
    else:
        entry = _entry(name)
        entry.size = path.stat().st_size
        entry.mode = 0o755 if is_program else 0o644
        with path.open("rb") as file:
            archive.addfile(entry, file)


def _entry(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    """Of nobody in particular, and of the date of the build."""
    entry = tarfile.TarInfo(name)
    entry.type = kind
    entry.mode = 0o755 if kind == tarfile.DIRTYPE else 0o644
    entry.mtime = origin.epoch()
    return entry
