"""On Linux the desktop's own proxy settings keep websites away, unless a proxy is there already."""

from pathlib import Path

import pytest

from coachdesk.focus import pac
from coachdesk.focus.blockers import Failed, Support
from coachdesk.focus.linux import sites
from coachdesk.focus.linux.gsettings import FakeSettings
from coachdesk.focus.plan import Plan

PLAN = Plan(3600, ("sites",), ("news.test",), port=4711, nonce="n0nce")
LATER = Plan(3600, ("sites",), ("news.test",), port=4712, nonce="later")
URL, MODE = (sites.SCHEMA, "autoconfig-url"), (sites.SCHEMA, "mode")
IN_PART = (
    "Pages that are open already may keep updating until you reload them, and browsers with proxy settings of their "
    "own are not reached."
)
IN_USE = "This computer already uses a proxy, which focus mode leaves alone: websites stay open."
OURS = f"'{pac.data_url(pac.text(['news.test'], 4711, 'n0nce'))}'"


@pytest.fixture
def gnome() -> dict[str, str]:
    return {"XDG_CURRENT_DESKTOP": "GNOME"}


@pytest.mark.parametrize(
    "desktop", ["GNOME", "ubuntu:GNOME", "Unity", "X-Cinnamon", "Budgie:GNOME", "MATE", "Pantheon", "pop:GNOME"]
)
def test_desktops_like_gnome_take_the_way_of_gnome(desktop: str) -> None:
    blocker = sites.choose({"XDG_CURRENT_DESKTOP": desktop}, FakeSettings())
    assert ("sites", "gnome") == (blocker.name, blocker.way)
    assert Support("partly", IN_PART) == blocker.available()


def test_kde_takes_its_own_way() -> None:
    assert "kde" == sites.choose({"XDG_CURRENT_DESKTOP": "KDE"}, FakeSettings()).way


@pytest.mark.parametrize("desktop", ["XFCE", "LXQt", "sway", "", "Hyprland"])
def test_other_desktops_say_that_they_have_no_way(desktop: str) -> None:
    blocker = sites.choose({"XDG_CURRENT_DESKTOP": desktop}, FakeSettings())
    why = "This desktop has no proxy settings that browsers follow, so websites stay open."
    assert Support("no", why) == blocker.available()


def test_an_environment_that_names_no_desktop_has_no_way() -> None:
    assert not sites.choose({}, FakeSettings()).available()


def test_the_journal_finds_both_ways_again_on_any_desktop() -> None:
    assert ["gnome", "kde"] == [one.way for one in sites.every({}, FakeSettings())]
    assert {"sites"} == {one.name for one in sites.every({}, FakeSettings())}


@pytest.mark.parametrize("mode", ["'manual'", "'auto'"])
def test_a_proxy_that_is_set_already_is_left_alone(gnome: dict[str, str], mode: str) -> None:
    settings = FakeSettings({MODE: mode, URL: "'http://proxy.example/proxy.pac'"})
    assert Support("no", IN_USE) == sites.choose(gnome, settings).available()


def test_a_proxy_that_the_computer_came_with_is_left_alone_too(gnome: dict[str, str]) -> None:
    assert Support("no", IN_USE) == sites.choose(gnome, FakeSettings(defaults={MODE: "'auto'"})).available()


@pytest.mark.parametrize("name", ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_in_the_environment_is_left_alone(gnome: dict[str, str], name: str) -> None:
    for way in sites.every(gnome | {name: "http://proxy.example:8080"}, FakeSettings()):
        assert Support("no", IN_USE) == way.available()


def test_an_empty_proxy_in_the_environment_is_none(gnome: dict[str, str]) -> None:
    assert sites.choose(gnome | {"http_proxy": "", "no_proxy": "localhost"}, FakeSettings()).available()


def test_settings_that_are_locked_or_missing_are_told(gnome: dict[str, str]) -> None:
    locked = Support("no", "The administrator of this computer has locked a setting this needs.")
    assert locked == sites.choose(gnome, FakeSettings(missing={sites.SCHEMA: locked})).available()


def test_settings_that_cannot_be_read_are_told(gnome: dict[str, str]) -> None:
    class Mute(FakeSettings):
        def in_force(self, schema: str, key: str) -> str:  # noqa: ARG002
            raise Failed("They cannot be read.")

    assert Support("no", "They cannot be read.") == sites.choose(gnome, Mute()).available()


def test_while_ours_is_set_the_computer_is_still_found_able(gnome: dict[str, str]) -> None:
    settings = FakeSettings()
    blocker = sites.choose(gnome, settings)
    blocker.apply(PLAN, blocker.capture(PLAN))
    assert Support("partly", IN_PART) == blocker.available()


@pytest.mark.parametrize(
    "before",
    [
        {},
        {MODE: "'none'"},
        {URL: "'http://old.example/proxy.pac'"},
        {MODE: "'none'", URL: "''"},
        {("org.gnome.system.proxy", "ignore-hosts"): "['localhost']"},
    ],
)
def test_every_setting_is_afterwards_as_it_was(gnome: dict[str, str], before: dict[tuple[str, str], str]) -> None:
    settings = FakeSettings(dict(before))
    blocker = sites.choose(gnome, settings)
    noted = blocker.capture(PLAN)
    for _again in range(2):
        blocker.apply(PLAN, noted)
        assert (OURS, "'auto'") == (settings.kept[URL], settings.kept[MODE])
        assert blocker.is_ours(noted)
    for _again in range(2):
        sites.choose(gnome, settings).restore(noted)
        assert before == settings.kept


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({MODE: "'manual'"}, {MODE: "'manual'"}),
        ({MODE: "'none'"}, {MODE: "'none'"}),
        ({URL: "'http://new.example/'"}, {URL: "'http://new.example/'", MODE: "'auto'"}),
        ({URL: "'http://new.example/'", MODE: "'manual'"}, {URL: "'http://new.example/'", MODE: "'manual'"}),
    ],
)
def test_what_the_person_changed_meanwhile_stays(
    gnome: dict[str, str], changed: dict[tuple[str, str], str], left: dict[tuple[str, str], str]
) -> None:
    settings = FakeSettings()
    blocker = sites.choose(gnome, settings)
    noted = blocker.capture(PLAN)
    blocker.apply(PLAN, noted)
    settings.kept |= changed
    blocker.restore(noted)
    assert left == settings.kept


def test_the_settings_of_a_later_focus_mode_are_not_those_of_an_earlier(gnome: dict[str, str]) -> None:
    settings = FakeSettings()
    blocker = sites.choose(gnome, settings)
    earlier = blocker.capture(PLAN)
    blocker.apply(PLAN, earlier)
    blocker.restore(earlier)
    blocker.apply(LATER, blocker.capture(LATER))
    blocker.restore(earlier)
    assert not blocker.is_ours(earlier)
    assert pac.data_url(pac.text(["news.test"], 4712, "later")) == settings.kept[URL].strip("'")


def test_it_is_told_how_to_put_it_back_by_hand(gnome: dict[str, str], tmp_path: Path) -> None:
    ways = sites.every(gnome | {"XDG_CONFIG_HOME": str(tmp_path)}, FakeSettings())
    assert [
        "Open the settings of your desktop, then Network and Proxy, and switch the proxy off.",
        "Open the system settings of KDE, then Proxy, and choose no proxy.",
    ] == [way.by_hand(way.capture(PLAN)) for way in ways]
