"""The bundle and the disk image for macOS, by what would be told to macOS and its tools."""

import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from coachdesk.errors import Refused
from coachdesk.exchange.archive import ENDING
from installer import ARCHIVE_MIME, dmg
from installer.__main__ import main
from installer.macos import plist

MACH_O = b"\xcf\xfa\xed\xfe\x0c\x00\x00\x01"
FOR_TWO_PROCESSORS = b"\xca\xfe\xba\xbe\x00\x00\x00\x02"
JAVA = b"\xca\xfe\xba\xbe\x00\x00\x00\x41"
IDENTITY = "Developer ID Application: The CoachDesk authors (ABCDE12345)"


class Tools:
    """Stands for macOS' tools: keeps what they were asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, command: Sequence[str]) -> None:
        """Keep a command."""
        self.asked.append(tuple(command))

    def names(self) -> list[str]:
        """The tools in the order in which they were asked, those of Xcode by their own name, without repetition."""
        named = [one[1] if one[0] == "xcrun" else one[0] for one in self.asked]
        return [name for number, name in enumerate(named) if number == 0 or named[number - 1] != name]

    def signed(self) -> list[str]:
        """The last part of each path that was signed."""
        return [Path(one[-1]).name for one in self.asked if one[0] == "codesign" and "--sign" in one]


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A bundle laid out as PyInstaller does."""
    bundle = tmp_path / "CoachDesk.app"
    contents = {
        "MacOS/coachdesk-window": MACH_O,
        "MacOS/coachdesk": MACH_O,
        "Frameworks/libpython3.11.dylib": MACH_O,
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore": FOR_TWO_PROCESSORS,
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/Resources/Info.plist": b"<plist/>",
        "Frameworks/cryptography/_rust.abi3.so": MACH_O,
        "Resources/resources/icons/coachdesk.svg": b"<svg/>",
        "Resources/Code.class": JAVA,
        "Info.plist": b"<plist/>",
    }
    for name, content in contents.items():
        path = bundle / "Contents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (bundle / "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework/QtCore").symlink_to("Versions/A/QtCore")
    return bundle


@pytest.fixture
def tools() -> Tools:
    """Tools that have not been asked anything."""
    return Tools()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def test_the_keys_of_the_application_are_a_valid_property_list() -> None:
    assert plist.KEYS == plistlib.loads(plistlib.dumps(plist.KEYS))


def test_the_application_declares_the_type_of_its_archives_and_opens_it() -> None:
    declared = plist.KEYS["UTExportedTypeDeclarations"][0]
    opened = plist.KEYS["CFBundleDocumentTypes"][0]
    assert [declared["UTTypeIdentifier"]] == opened["LSItemContentTypes"]
    assert ENDING == "." + declared["UTTypeTagSpecification"]["public.filename-extension"][0]
    assert [ARCHIVE_MIME] == declared["UTTypeTagSpecification"]["public.mime-type"]


def test_the_application_opens_its_window_and_asks_for_no_permission() -> None:
    assert ("coachdesk-window", False) == (plist.KEYS["CFBundleExecutable"], plist.KEYS["LSBackgroundOnly"])
    assert [] == [key for key in plist.KEYS if key.endswith("UsageDescription") or key == "LSUIElement"]


def test_the_hardened_runtime_is_opened_for_nothing_but_code_that_python_writes() -> None:
    rights = plistlib.loads(dmg.ENTITLEMENTS.read_bytes())
    assert {"com.apple.security.cs.allow-unsigned-executable-memory": True} == rights


def test_code_is_signed_from_the_inside_out_and_the_application_last(app: Path) -> None:
    inside = ["QtCore", "QtCore.framework", "_rust.abi3.so", "libpython3.11.dylib", "coachdesk", "CoachDesk.app"]
    assert inside == [path.name for path in dmg.inside_out(app)]


def test_what_is_no_code_is_not_signed(app: Path) -> None:
    assert not dmg.is_code(app / "Contents" / "Resources" / "Code.class")
    assert not dmg.is_code(app / "Contents" / "Info.plist")
    assert not dmg.is_code(app / "Contents")


def test_with_a_certificate_every_part_is_hardened_and_only_programs_have_rights(app: Path, tools: Tools) -> None:
    dmg.Release(IDENTITY, run=tools).sign(app)
    *signing, looking = tools.asked
    assert all(("--options", "runtime") == one[3:5] and IDENTITY == one[-2] for one in signing)
    assert ["coachdesk", "CoachDesk.app"] == [Path(one[-1]).name for one in signing if "--entitlements" in one]
    assert ("codesign", "--verify", "--deep", "--strict", "--verbose=2", str(app)) == looking


def test_without_a_certificate_every_part_is_signed_for_this_computer_only(app: Path, tools: Tools) -> None:
    dmg.Release(run=tools).sign(app)
    assert {("codesign", "--force", "--sign", "-")} == {one[:4] for one in tools.asked[:-1]}
    assert all(len(one) == 5 for one in tools.asked[:-1])


def test_the_application_is_notarised_before_it_is_packed_and_the_image_after(
    app: Path, tools: Tools, work: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "CoachDesk.dmg"
    dmg.Release(IDENTITY, "coachdesk", tools).pack(app, target, work)
    assert [
        *("codesign", "ditto", "notarytool", "stapler", "spctl"),
        *("ditto", "hdiutil", "codesign", "notarytool", "stapler"),
    ] == tools.names()
    sent = [one for one in tools.asked if one[1] == "notarytool"]
    assert [str(work / "CoachDesk.zip"), str(target)] == [one[3] for one in sent]
    assert all(("--keychain-profile", "coachdesk", "--wait") == one[4:] for one in sent)
    stapled = [(one[2], Path(one[3]).name) for one in tools.asked if one[1] == "stapler"]
    assert [
        *(("staple", "CoachDesk.app"), ("validate", "CoachDesk.app")),
        *(("staple", "CoachDesk.dmg"), ("validate", "CoachDesk.dmg")),
    ] == stapled


def test_the_image_shows_the_application_beside_the_folder_it_goes_into(
    app: Path, tools: Tools, work: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "CoachDesk.dmg"
    dmg.Release(run=tools).pack(app, target, work)
    assert Path("/Applications") == (work / "image" / "Applications").readlink()
    copying, packing = tools.asked[-2:]
    assert ("ditto", str(app), str(work / "image" / "CoachDesk.app")) == copying
    assert ("hdiutil", "create") == packing[:2]
    assert ("CoachDesk", str(work / "image"), str(target)) == (packing[3], packing[5], packing[-1])
    assert target.parent.is_dir()


def test_unsigned_and_not_notarised_is_the_way_without_a_certificate(
    app: Path, tools: Tools, work: Path, tmp_path: Path
) -> None:
    dmg.Release(run=tools).pack(app, tmp_path / "CoachDesk.dmg", work)
    assert ["codesign", "ditto", "hdiutil"] == tools.names()
    assert "CoachDesk.dmg" not in tools.signed()


def test_notarising_without_a_certificate_is_refused_before_anything_is_done(
    app: Path, tools: Tools, work: Path
) -> None:
    with pytest.raises(Refused, match="please set COACHDESK_IDENTITY too"):
        dmg.Release("", "coachdesk", tools).pack(app, work / "CoachDesk.dmg", work)
    assert [] == tools.asked


def test_a_missing_application_is_named(tools: Tools, work: Path) -> None:
    with pytest.raises(Refused, match="python -m installer freeze makes it on a Mac"):
        dmg.Release(run=tools).pack(work / "CoachDesk.app", work / "CoachDesk.dmg", work)


def test_on_another_system_a_sentence_says_that_it_takes_a_mac(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert 1 == main(["dmg", "--frozen", str(tmp_path), "--into", str(tmp_path)])
    assert "The disk image for macOS can only be made on a Mac, by macOS' own tools.\n" == capsys.readouterr().err
