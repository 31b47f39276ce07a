"""KDE's proxy settings are afterwards byte for byte as before, and what somebody else changed meanwhile stays."""

import resource
from pathlib import Path

import pytest
from jeepney import HeaderFields, MatchRule, message_bus
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

from coachdesk.focus import pac
from coachdesk.focus.blockers import Blocker, Failed, Support
from coachdesk.focus.linux import sites
from coachdesk.focus.linux.gsettings import FakeSettings
from coachdesk.focus.plan import Plan
from tests.machine.bus import PATIENCE, Bus

PLAN = Plan(3600, ("sites",), ("news.test",), port=4711, nonce="n0nce")
ABSENT = Support("no", "This desktop has no such setting.")
IN_USE = "This computer already uses a proxy, which focus mode leaves alone: websites stay open."
OURS = "[Proxy Settings]\nProxy Config Script=http://127.0.0.1:4711/focus-n0nce.pac\nProxyType=2\n"
KEPT = b"""\
# mine
PersistentProxyConnection=false\r

[Proxy Settings]
AuthMode=0
NoProxyFor=caf\xc3\xa9, \xff\x85
ProxyType=0
Proxy Config Script=http://old.example/proxy.pac

[Cache Settings]
cache=verify"""
"""A file with all that an orderly writer would change: comments, line ends, bytes of no encoding, no end."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "kioslaverc"


@pytest.fixture
def environment(tmp_path: Path, file: Path) -> dict[str, str]:
    file.parent.mkdir()
    return {
        "XDG_CURRENT_DESKTOP": "KDE",
        "XDG_CONFIG_HOME": str(file.parent),
        "XDG_CONFIG_DIRS": str(tmp_path / "shared"),
    }


@pytest.fixture
def settings() -> FakeSettings:
    """A desktop without GNOME's settings."""
    return FakeSettings(missing={sites.SCHEMA: ABSENT})


@pytest.fixture
def blocker(environment: dict[str, str], settings: FakeSettings) -> Blocker:
    return sites.choose(environment, settings)


def test_it_works_in_part(blocker: Blocker, file: Path) -> None:
    file.write_text("[Proxy Settings]\nProxyType=0\n")
    assert "partly" == blocker.available().level
    assert blocker.available().why.endswith("browsers with proxy settings of their own are not reached.")


def test_where_no_proxy_was_ever_chosen_it_tells_that_chromium_has_to_be_opened_again(blocker: Blocker) -> None:
    assert "partly" == blocker.available().level
    assert "follow once they are opened again; choose “No proxy”" in blocker.available().why


def test_the_address_is_short_enough_for_chromium_and_the_file_ends_with_a_line(blocker: Blocker, file: Path) -> None:
    many = Plan(3600, ("sites",), tuple(f"site-{n}.example" for n in range(500)), port=65535, nonce="f" * 32)
    blocker.apply(many, blocker.capture(many))
    assert all(len(line) < 512 for line in file.read_bytes().splitlines())
    assert file.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("before", [None, b"", b"\n", b"[Proxy Settings]\nProxyType=0\n", KEPT])
def test_the_file_is_afterwards_as_it_was(blocker: Blocker, file: Path, before: bytes | None) -> None:
    if before is not None:
        file.write_bytes(before)
        file.chmod(0o640)
    was = blocker.observe()
    noted = blocker.capture(PLAN)
    assert was == blocker.observe()
    for _again in range(2):
        blocker.apply(PLAN, noted)
        assert blocker.is_ours(noted)
        assert b"ProxyType=2" in file.read_bytes()
    for _again in range(2):
        blocker.restore(noted)
        assert not blocker.is_ours(noted)
        assert before == (file.read_bytes() if file.exists() else None)
    assert was == blocker.observe()
    if before is not None:
        assert 0o640 == file.stat().st_mode & 0o777
    assert [] == [each.name for each in file.parent.iterdir() if each != file]


def test_a_new_file_says_what_is_needed_and_only_the_person_can_read_it(blocker: Blocker, file: Path) -> None:
    blocker.apply(PLAN, blocker.capture(PLAN))
    assert OURS == file.read_text()
    assert 0o600 == file.stat().st_mode & 0o777


def test_a_folder_that_is_not_there_is_made(tmp_path: Path, settings: FakeSettings) -> None:
    blocker = sites.choose({"XDG_CURRENT_DESKTOP": "KDE", "HOME": str(tmp_path / "new")}, settings)
    assert blocker.available()
    blocker.apply(PLAN, blocker.capture(PLAN))
    assert OURS == (tmp_path / "new" / ".config" / "kioslaverc").read_text()


def test_a_file_that_is_kept_elsewhere_stays_a_link(blocker: Blocker, file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles"
    kept.write_bytes(KEPT)
    file.symlink_to(kept)
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    assert b"ProxyType=2" in kept.read_bytes()
    blocker.restore(noted)
    assert KEPT == kept.read_bytes()
    assert file.is_symlink()


def test_what_another_program_wrote_meanwhile_stays_and_ours_goes(blocker: Blocker, file: Path) -> None:
    file.write_bytes(KEPT)
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    file.write_bytes(file.read_bytes().replace(b"cache=verify", b"cache=none"))
    blocker.restore(noted)
    assert KEPT.replace(b"cache=verify", b"cache=none") == file.read_bytes()


@pytest.mark.parametrize(
    ("ours", "own"),
    [
        (b"ProxyType=2", b"ProxyType=1"),
        (b"ProxyType=2", b"ProxyType=0"),
        (b"http://127.0.0.1:4711/focus-n0nce.pac", b"http://own.example/"),
    ],
)
def test_what_the_person_chose_meanwhile_stays(blocker: Blocker, file: Path, ours: bytes, own: bytes) -> None:
    file.write_bytes(KEPT)
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    file.write_bytes(file.read_bytes().replace(ours, own))
    blocker.restore(noted)
    assert own in file.read_bytes()
    assert b"focus-n0nce" not in file.read_bytes()


def test_the_choice_of_an_address_of_ones_own_also_keeps_what_belongs_to_it(blocker: Blocker, file: Path) -> None:
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    own = OURS.replace("http://127.0.0.1:4711/focus-n0nce.pac", "http://own.example/proxy.pac")
    file.write_text(own)
    assert not blocker.is_ours(noted)
    blocker.restore(noted)
    assert own == file.read_text()


def test_a_file_that_was_removed_meanwhile_stays_away(blocker: Blocker, file: Path) -> None:
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    file.unlink()
    blocker.restore(noted)
    assert not file.exists()


def test_what_changed_between_noting_and_writing_is_kept(blocker: Blocker, file: Path) -> None:
    noted = blocker.capture(PLAN)
    file.write_text("[Cache Settings]\ncache=none\n")
    blocker.apply(PLAN, noted)
    blocker.restore(noted)
    assert file.read_text().startswith("[Cache Settings]\ncache=none\n")
    assert "focus-n0nce" not in file.read_text()


@pytest.mark.parametrize("kind", ["1", "2", "3", "4"])
@pytest.mark.parametrize("shared", [False, True])
def test_a_proxy_that_is_set_already_is_left_alone(
    blocker: Blocker, file: Path, tmp_path: Path, kind: str, shared: bool
) -> None:
    place = tmp_path / "shared" / "kioslaverc" if shared else file
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"[Proxy Settings]\nProxyType={kind}\nProxy Config Script=http://own.example/\n")
    assert Support("no", IN_USE) == blocker.available()


@pytest.mark.parametrize(
    "text", ["[$i]\n", "[Proxy Settings][$i]\nProxyType=0\n", "[Proxy Settings]\nProxyType[$i]=0\n"]
)
def test_what_the_administrator_locked_is_left_alone(blocker: Blocker, tmp_path: Path, text: str) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "kioslaverc").write_text(text)
    assert Support("no", "The administrator of this computer has locked a setting this needs.") == blocker.available()


def test_while_ours_is_set_the_computer_is_still_found_able(blocker: Blocker) -> None:
    blocker.apply(PLAN, blocker.capture(PLAN))
    assert blocker.available()


def test_a_file_that_cannot_be_read_is_left_alone(blocker: Blocker, file: Path) -> None:
    file.mkdir()
    assert Support("no", "The proxy settings of KDE cannot be read, so websites stay open.") == blocker.available()
    with pytest.raises(Failed, match="cannot be read"):
        blocker.capture(PLAN)


def test_a_file_that_cannot_be_written_is_told(blocker: Blocker, file: Path) -> None:
    noted = blocker.capture(PLAN)
    file.parent.rmdir()
    file.parent.write_text("no folder")
    with pytest.raises(Failed, match="KDE"):
        blocker.apply(PLAN, noted)


def test_a_full_disk_is_told_and_the_file_stays_whole(blocker: Blocker, file: Path) -> None:
    file.write_bytes(KEPT)
    noted = blocker.capture(PLAN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
        with pytest.raises(Failed, match="could not be written"):
            blocker.apply(PLAN, noted)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert KEPT == file.read_bytes()
    assert [file] == list(file.parent.iterdir())


def test_a_home_in_which_nothing_can_be_kept_is_told(settings: FakeSettings, tmp_path: Path) -> None:
    (tmp_path / "no folder").touch()
    blocker = sites.choose({"XDG_CURRENT_DESKTOP": "KDE", "HOME": str(tmp_path / "no folder")}, settings)
    assert Support("no", "The proxy settings of KDE cannot be written, so websites stay open.") == blocker.available()


def test_firefox_is_reached_by_the_settings_of_gnome_where_they_are(environment: dict[str, str], file: Path) -> None:
    settings = FakeSettings({(sites.SCHEMA, "mode"): "'none'"})
    blocker = sites.choose(environment, settings)
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    assert "'auto'" == settings.kept[sites.SCHEMA, "mode"]
    assert pac.is_ours(settings.kept[sites.SCHEMA, "autoconfig-url"].strip("'"))
    file.unlink()
    assert blocker.is_ours(noted)
    sites.choose(environment, settings).restore(noted)
    assert {(sites.SCHEMA, "mode"): "'none'"} == settings.kept


def test_settings_of_gnome_that_name_a_proxy_stay_out_of_it(environment: dict[str, str]) -> None:
    kept = {(sites.SCHEMA, "mode"): "'manual'"}
    settings = FakeSettings(dict(kept))
    blocker = sites.choose(environment, settings)
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    assert kept == settings.kept
    blocker.restore(noted)
    assert kept == settings.kept


def test_running_programs_of_kde_are_told_of_each_change(
    environment: dict[str, str], settings: FakeSettings, tmp_path: Path
) -> None:
    bus = Bus(tmp_path / "bus.conf")
    with DBusConnection(prep_socket(next(get_connectable_addresses(bus.address)))) as hearing:
        rule = MatchRule(type="signal", interface="org.kde.KIO.Scheduler", path="/KIO/Scheduler")
        hearing.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
        blocker = sites.choose(environment | {"DBUS_SESSION_BUS_ADDRESS": bus.address}, settings)
        noted = blocker.capture(PLAN)
        blocker.apply(PLAN, noted)
        blocker.restore(noted)
        told = []
        while len(told) < 2:
            message = hearing.receive(timeout=PATIENCE)
            if rule.matches(message):
                told.append((message.header.fields[HeaderFields.member], message.body))
    bus.end()
    assert [("reparseSlaveConfiguration", ("",))] * 2 == told


def test_a_change_that_fails_leaves_no_other_file_behind(blocker: Blocker, file: Path) -> None:
    noted = blocker.capture(PLAN)
    file.mkdir()
    (file / "in the way").touch()
    with pytest.raises(Failed):
        blocker.apply(PLAN, noted)
    assert [file] == list(file.parent.iterdir())
