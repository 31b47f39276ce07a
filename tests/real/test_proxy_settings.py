"""The proxy settings of GNOME and KDE, set for real and afterwards byte for byte as before.

Whoever sets is a process of its own that is killed; what it left, a fresh one puts back from what was noted alone.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coachdesk.focus import pac
from coachdesk.focus.block_server import BlockServer
from coachdesk.focus.plan import Plan
from tests.desktop.reader import until
from tests.real.apart import Apart
from tests.real.browsers.chromium import Chromium
from tests.real.browsers.firefox import Firefox
from tests.real.browsers.ground import Ground
from tests.real.browsers.sites import CALL, DISTRACTING, GREETING, Sites
from tests.real.conftest import Desktop

pytestmark = [pytest.mark.machine, pytest.mark.timeout(180)]

PLAN = Plan(3600, ("sites",), ("news.test",), port=4711, nonce="n0nce").as_json()
OURS = pac.data_url(pac.text(["news.test"], 4711, "n0nce"))
PROXY = "org.gnome.system.proxy"
GNOME, KDE = ("sites", "gnome"), ("sites", "kde")

Start = Callable[[dict[str, str]], Apart]


def run(environment: dict[str, str], *command: str) -> str:
    """What a command prints; raises CalledProcessError."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=True)
    return done.stdout


def kept(environment: dict[str, str]) -> str:
    """Everything that dconf holds."""
    return run(environment, "dconf", "dump", "/")


def applied(apart: Start, environment: dict[str, str], way: tuple[str, str]) -> Any:
    """What was noted before, by a process that has set ours and was killed."""
    process = apart(environment)
    noted = process.do(*way, "capture", PLAN)
    for _again in range(2):
        process.do(*way, "apply", PLAN, noted)
    assert process.do(*way, "is_ours", noted)
    process.kill()
    return noted


def restored(apart: Start, environment: dict[str, str], way: tuple[str, str], noted: Any) -> None:
    """Put back by a fresh process, which finds nothing more to do the second time."""
    process = apart(environment)
    for _again in range(2):
        process.do(*way, "restore", noted)
    assert not process.do(*way, "is_ours", noted)
    process.kill()


# --- GNOME and its kin ------------------------------------------------------------------------------------------------

OLD = """\
[org/gnome/desktop/interface]
clock-show-seconds=true

[system/proxy]
autoconfig-url="http://old.example/it's.pac"
ignore-hosts=['localhost', 'intra.example']
mode='none'
"""


@pytest.fixture
def gnome(desktop: Desktop) -> dict[str, str]:
    return desktop("GNOME")


@pytest.mark.parametrize("before", ["", OLD], ids=["nothing set", "an old address kept"])
@pytest.mark.parametrize("name", ["GNOME", "X-Cinnamon", "MATE"])
def test_gnomes_settings_are_afterwards_as_they_were(desktop: Desktop, apart: Start, name: str, before: str) -> None:
    environment = desktop(name)
    subprocess.run(["dconf", "load", "/"], env=environment, input=before, text=True, timeout=20, check=True)
    was = kept(environment)
    process = apart(environment)
    assert list(GNOME) in process.chosen()
    assert "partly" == process.do(*GNOME, "available")[0]
    process.kill()
    assert before == was
    noted = applied(apart, environment, GNOME)
    assert "'auto'\n" == run(environment, "gsettings", "get", PROXY, "mode")
    assert f"'{OURS}'\n" == run(environment, "gsettings", "get", PROXY, "autoconfig-url")
    restored(apart, environment, GNOME, noted)
    assert was == kept(environment)


@pytest.mark.parametrize(
    ("key", "value", "left"),
    [
        ("mode", "manual", ["mode='manual'"]),
        ("autoconfig-url", "http://own/", ["autoconfig-url='http://own/'", "mode='auto'"]),
    ],
)
def test_what_the_person_sets_in_gnome_meanwhile_stays(
    gnome: dict[str, str], apart: Start, key: str, value: str, left: list[str]
) -> None:
    noted = applied(apart, gnome, GNOME)
    run(gnome, "gsettings", "set", PROXY, key, value)
    restored(apart, gnome, GNOME, noted)
    assert left == sorted(kept(gnome).splitlines()[1:])


def test_a_crash_between_the_two_settings_is_put_back(gnome: dict[str, str], apart: Start) -> None:
    process = apart(gnome)
    noted = process.do(*GNOME, "capture", PLAN)
    process.kill()
    run(gnome, "gsettings", "set", PROXY, "autoconfig-url", OURS)
    restored(apart, gnome, GNOME, noted)
    assert "" == kept(gnome)


def test_a_crash_before_anything_was_set_changes_nothing(gnome: dict[str, str], apart: Start) -> None:
    process = apart(gnome)
    noted = process.do(*GNOME, "capture", PLAN)
    process.kill()
    restored(apart, gnome, GNOME, noted)
    assert "" == kept(gnome)


@pytest.mark.parametrize("mode", ["manual", "auto"])
def test_a_proxy_in_gnome_is_left_alone(gnome: dict[str, str], apart: Start, mode: str) -> None:
    run(gnome, "gsettings", "set", PROXY, "mode", mode)
    assert "already uses a proxy" in apart(gnome).do(*GNOME, "available")[1]


@pytest.mark.parametrize(
    ("locks", "mode", "sentence"),
    [("mode", "none", "locked"), ("autoconfig-url", "none", "locked"), ("", "auto", "proxy")],
)
def test_what_an_administrator_has_settled_is_left_alone(
    gnome: dict[str, str], apart: Start, tmp_path: Path, locks: str, mode: str, sentence: str
) -> None:
    settled = tmp_path / "settled.d"
    (settled / "locks").mkdir(parents=True)
    (settled / "all").write_text(f"[system/proxy]\nmode='{mode}'\n")
    if locks:
        (settled / "locks" / "all").write_text(f"/system/proxy/{locks}\n")
    run(gnome, "dconf", "compile", str(tmp_path / "settled"), str(settled))
    (tmp_path / "profile").write_text(f"user-db:user\nfile-db:{tmp_path}/settled\n")
    level, why = apart(gnome | {"DCONF_PROFILE": str(tmp_path / "profile")}).do(*GNOME, "available")
    assert "no" == level
    assert sentence in why


# --- KDE --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kde(desktop: Desktop) -> dict[str, str]:
    return desktop("KDE")


@pytest.fixture
def file(kde: dict[str, str]) -> Path:
    return Path(kde["XDG_CONFIG_HOME"]) / "kioslaverc"


def told(environment: dict[str, str], key: str) -> str:
    """What KDE itself reads."""
    where = ("--file", "kioslaverc", "--group", "Proxy Settings", "--key", key)
    return run(environment, "kreadconfig5", *where).strip()


def tell(environment: dict[str, str], key: str, value: str, group: str = "Proxy Settings") -> None:
    """Have KDE itself write."""
    run(environment, "kwriteconfig5", "--file", "kioslaverc", "--group", group, "--key", key, value)


def content(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def by_kde(environment: dict[str, str]) -> None:
    tell(environment, "NoProxyFor", "café.example")
    tell(environment, "ProxyType", "0")
    tell(environment, "cache", "verify", "Cache Settings")


def by_hand(environment: dict[str, str]) -> None:
    text = b"# mine\n\n[Proxy Settings]\nProxyType=0\n\n\n[A]\nb=\xff\n"
    (Path(environment["XDG_CONFIG_HOME"]) / "kioslaverc").write_bytes(text)


@pytest.mark.parametrize("write", [None, by_kde, by_hand], ids=["no file", "written by KDE", "written by hand"])
def test_kdes_file_is_afterwards_as_it_was(
    kde: dict[str, str], file: Path, apart: Start, write: Callable[[dict[str, str]], None] | None
) -> None:
    if write:
        write(kde)
    was = content(file), kept(kde)
    process = apart(kde)
    assert list(KDE) in process.chosen()
    assert "partly" == process.do(*KDE, "available")[0]
    process.kill()
    noted = applied(apart, kde, KDE)
    assert ("2", "http://127.0.0.1:4711/focus-n0nce.pac") == (told(kde, "ProxyType"), told(kde, "Proxy Config Script"))
    assert "'auto'\n" == run(kde, "gsettings", "get", PROXY, "mode")  # for Firefox
    restored(apart, kde, KDE, noted)
    assert was == (content(file), kept(kde))


def test_what_kde_writes_meanwhile_stays_and_ours_goes(kde: dict[str, str], file: Path, apart: Start) -> None:
    by_hand(kde)
    noted = applied(apart, kde, KDE)
    tell(kde, "cache", "none", "Cache Settings")  # which writes the whole file anew
    restored(apart, kde, KDE, noted)
    assert ("0", "") == (told(kde, "ProxyType"), told(kde, "Proxy Config Script"))
    assert b"cache=none" in file.read_bytes()


@pytest.mark.parametrize(
    ("key", "value", "left"),
    [("ProxyType", "1", ("1", "")), ("Proxy Config Script", "http://own/", ("2", "http://own/"))],
)
def test_what_the_person_sets_in_kde_meanwhile_stays(
    kde: dict[str, str], apart: Start, key: str, value: str, left: tuple[str, str]
) -> None:
    noted = applied(apart, kde, KDE)
    tell(kde, key, value)
    restored(apart, kde, KDE, noted)
    assert left == (told(kde, "ProxyType"), told(kde, "Proxy Config Script"))


def test_a_proxy_in_kde_is_left_alone(kde: dict[str, str], apart: Start) -> None:
    tell(kde, "ProxyType", "1")
    assert "already uses a proxy" in apart(kde).do(*KDE, "available")[1]


@pytest.fixture
def ground() -> Iterator[Ground]:
    """KDE, as far as a browser can tell."""
    with Ground() as ground:
        (Path(ground.home) / ".config").symlink_to("config")  # Chromium looks there, whatever XDG_CONFIG_HOME says
        ground.environment |= {"XDG_CURRENT_DESKTOP": "KDE", "KDE_SESSION_VERSION": "5"}
        yield ground


class Trial:
    """A browser, as a person sees it."""

    def __init__(self, browser: Any, sites: Sites) -> None:
        self._browser, self._sites = browser, sites
        self._tab = browser.open()

    def opens(self) -> None:
        """Wait until the distracting site is there."""
        until(lambda: GREETING.format(name=DISTRACTING) == self._visit(DISTRACTING).text, lambda: "still closed")

    def closes(self) -> None:
        """Wait until it is refused, and see that the call is not."""
        until(lambda: self._visit(DISTRACTING).error, lambda: "still open")
        assert GREETING.format(name=CALL) == self._visit(CALL).text

    def _visit(self, host: str) -> Any:
        return self._browser.visit(self._tab, self._sites.url(host), 20)


@pytest.fixture
def server() -> Iterator[BlockServer]:
    server = BlockServer([DISTRACTING], "n0nce")
    yield server
    server.close()


def plan_of(server: BlockServer) -> dict[str, Any]:
    return Plan(3600, ("sites",), (DISTRACTING,), port=server.start(), nonce="n0nce").as_json()


@pytest.mark.parametrize(
    ("kind", "chosen"), [(Chromium, True), (Firefox, True), (Firefox, False)], ids=["chromium", "firefox", "no file"]
)
def test_an_open_browser_on_kde_is_reached_and_let_go(
    ground: Ground, server: BlockServer, apart: Start, kind: Any, chosen: bool
) -> None:
    if chosen:
        tell(ground.environment, "ProxyType", "0")
    plan, process = plan_of(server), apart({**os.environ, **ground.environment})
    with Sites(ground.folder) as sites, kind(ground, (DISTRACTING, CALL)) as browser:
        trial = Trial(browser, sites)
        trial.opens()
        noted = process.do(*KDE, "capture", plan)
        process.do(*KDE, "apply", plan, noted)
        trial.closes()
        process.do(*KDE, "restore", noted)
        trial.opens()


def test_where_kde_has_no_proxy_settings_chromium_is_reached_once_opened_again(
    ground: Ground, server: BlockServer, apart: Start
) -> None:
    plan, process = plan_of(server), apart({**os.environ, **ground.environment})
    assert "once they are opened again" in process.do(*KDE, "available")[1]
    noted = process.do(*KDE, "capture", plan)
    process.do(*KDE, "apply", plan, noted)
    with Sites(ground.folder) as sites, Chromium(ground, (DISTRACTING, CALL)) as browser:
        trial = Trial(browser, sites)
        trial.closes()
        process.do(*KDE, "restore", noted)
        server.close()
        trial.opens()
