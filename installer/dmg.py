"""The disk image for macOS: the application signed from the inside out, notarised, and laid beside Applications.

The tools are macOS' own, each explained by its man page; ``notarytool`` and ``stapler`` come with Xcode.
Not run on a real Mac: the tests look at the commands.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from coachdesk import NAME, __version__
from coachdesk.errors import Refused

ENTITLEMENTS = Path(__file__).parent / "macos" / "entitlements.plist"
IDENTITY = "COACHDESK_IDENTITY"
"""The variable that names the certificate in the keychain, such as "Developer ID Application: …"."""
NOTARY = "COACHDESK_NOTARY"
"""The variable that names the profile that ``notarytool store-credentials`` has kept in the keychain."""

Run = Callable[[Sequence[str]], None]
"""Runs one command; raises CalledProcessError when it fails."""


def run(command: Sequence[str]) -> None:
    """Run it, its output going where ours goes."""
    subprocess.run(command, check=True)


def make(frozen: Path, into: Path) -> list[Path]:
    """Write ``CoachDesk-VERSION-macos-MACHINE.dmg`` of the application that lies beside the frozen folder.

    Raises Refused on another system, and where there is no application; CalledProcessError where a tool fails.
    """
    if sys.platform != "darwin":
        raise Refused("The disk image for macOS can only be made on a Mac, by macOS' own tools.")
    target = into / f"{NAME}-{__version__}-macos-{platform.machine()}.dmg"
    with TemporaryDirectory() as work:
        Release(os.environ.get(IDENTITY, ""), os.environ.get(NOTARY, "")).pack(
            frozen.parent / f"{NAME}.app", target, Path(work)
        )
    return [target]


@dataclass(frozen=True)
class Release:
    """With whose certificate and account an application is released."""

    identity: str = ""
    """Empty: signed for this computer only, which Apple silicon asks of every program. Others are warned of it."""
    notary: str = ""
    """Empty: not notarised."""
    run: Run = run

    def pack(self, app: Path, target: Path, work: Path) -> None:
        """Sign, notarise and pack an application; ``work`` is an empty folder.

        Raises Refused where there is no application, or one is to be notarised that nobody has signed.
        """
        if not app.is_dir():
            raise Refused(f"There is no {app}; python -m installer freeze makes it on a Mac.")
        if self.notary and not self.identity:
            raise Refused(f"What is notarised must be signed by a certificate; please set {IDENTITY} too.")
        self.sign(app)
        if self.notary:
            self._notarise_app(app, work / f"{app.stem}.zip")
        self._image(app, target, work / "image")
        if self.identity:
            self.run(["codesign", "--force", "--timestamp", "--sign", self.identity, str(target)])
        if self.notary:
            self._notarise(target, target)

    def sign(self, app: Path) -> None:
        """Sign everything in it before what holds it, as a signature covers those inside; then look whether all fits.

        Not by ``codesign --deep``, which gives every part the rights of the whole and misses code in unusual places
        ("Creating distribution-signed code for macOS", developer.apple.com).
        """
        for path in inside_out(app):
            self._sign(path, rights=path == app or path.parent == app / "Contents" / "MacOS")
        self.run(["codesign", "--verify", "--deep", "--strict", "--verbose=2", str(app)])

    def _sign(self, path: Path, *, rights: bool) -> None:
        if self.identity:
            entitled = ("--entitlements", str(ENTITLEMENTS)) if rights else ()
            signing = ["--timestamp", "--options", "runtime", *entitled, "--sign", self.identity]
        else:
            signing = ["--sign", "-"]  # without a team, libraries would not be taken for those of the same maker
        self.run(["codesign", "--force", *signing, str(path)])

    def _notarise_app(self, app: Path, packed: Path) -> None:
        """With a ticket of its own, it opens without a network wherever it is copied to."""
        self.run(["ditto", "-c", "-k", "--keepParent", str(app), str(packed)])
        self._notarise(packed, app)
        self.run(["spctl", "--assess", "--type", "execute", "--verbose=2", str(app)])

    def _notarise(self, sent: Path, stapled: Path) -> None:
        """Wait for Apple, then attach the ticket; where Apple refused there is none, and stapler fails."""
        self.run(["xcrun", "notarytool", "submit", str(sent), "--keychain-profile", self.notary, "--wait"])
        self.run(["xcrun", "stapler", "staple", str(stapled)])
        self.run(["xcrun", "stapler", "validate", str(stapled)])

    def _image(self, app: Path, target: Path, folder: Path) -> None:
        """A compressed image that shows the application beside the folder it is to be dragged into."""
        folder.mkdir()
        self.run(["ditto", str(app), str(folder / app.name)])
        (folder / "Applications").symlink_to("/Applications")
        target.parent.mkdir(parents=True, exist_ok=True)
        source = ["-volname", NAME, "-srcfolder", str(folder)]
        self.run(["hdiutil", "create", *source, "-fs", "HFS+", "-format", "ULMO", "-ov", str(target)])


def inside_out(app: Path) -> Iterator[Path]:
    """All code in an application, the innermost first: libraries and programs, frameworks, and itself at last.

    Its first program is signed with the application, so it is not named by itself.
    """
    first = app / "Contents" / "MacOS" / "coachdesk-window"
    code = [path for path in _below(app) if path != first and (path.suffix == ".framework" or is_code(path))]
    yield from sorted(code, key=lambda path: (-len(path.parts), path))
    yield app


def _below(app: Path) -> Iterator[Path]:
    """Every file and folder, but for links, behind which nothing lies that is not found anyway."""
    return (path for path in app.rglob("*") if not path.is_symlink())


def is_code(path: Path) -> bool:
    """Whether a file is a program or a library of macOS, by its first bytes (mach-o/loader.h, mach-o/fat.h).

    A class of Java begins as one for several processors does, and goes on with a version of 45 or more.
    """
    if not path.is_file():
        return False
    with path.open("rb") as file:
        magic, count = file.read(4), int.from_bytes(file.read(4), "big")
    return magic in (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe") or (magic == b"\xca\xfe\xba\xbe" and count < 45)
