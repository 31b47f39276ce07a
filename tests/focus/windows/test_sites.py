"""The proxy script in the connection settings of a made-up Windows."""

import json

import pytest

from coachdesk.focus.blockers import Blocker, Failed, Values
from coachdesk.focus.plan import Plan
from coachdesk.focus.windows.sites import DETECT, DIRECT, PROXY, SCRIPT, FakeWinInet, blocker
from coachdesk.machine.registry import COMPUTER, USER, FakeRegistry

PLAN = Plan(60, port=4711, nonce="c0ffee")
OURS = "http://127.0.0.1:4711/focus-c0ffee.pac"
SETTINGS = r"Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings"
PANEL = r"Software\Policies\Microsoft\Internet Explorer\Control Panel"


def over(net: FakeWinInet, registry: FakeRegistry | None = None) -> Values:
    """The blocker over this Windows."""
    return blocker(net, registry or FakeRegistry())


def test_it_is_a_blocker() -> None:
    made: Blocker = over(FakeWinInet())
    assert ("sites", "wininet", "yes") == (made.name, made.way, made.available().level)


@pytest.mark.parametrize("flags", [DIRECT, DIRECT | DETECT])
@pytest.mark.parametrize("script", ["", "http://old.example/proxy.pac"])
def test_the_script_is_set_and_everything_is_put_back_exactly(flags: int, script: str) -> None:
    net = FakeWinInet(flags, script)
    made = over(net)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    assert (flags | SCRIPT, OURS) == (net.now, net.script)
    assert made.is_ours(before)
    made.restore(before)
    assert (flags, script) == (net.now, net.script)


def test_after_a_kill_another_process_puts_it_back() -> None:
    net = FakeWinInet(DIRECT | DETECT)
    first = over(net)
    before = json.loads(json.dumps(first.capture(PLAN)))
    first.apply(PLAN, before)
    over(net).restore(before)
    assert (DIRECT | DETECT, "") == (net.now, net.script)


def test_a_kill_between_the_two_writes_is_put_back_too() -> None:
    net = FakeWinInet()
    before = over(net).capture(PLAN)
    net.script = OURS
    over(net).restore(before)
    assert (DIRECT, "") == (net.now, net.script)


def test_other_flags_that_a_person_changed_meanwhile_stay() -> None:
    net = FakeWinInet(DIRECT | DETECT)
    made = over(net)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    net.now &= ~DETECT
    made.restore(before)
    assert (DIRECT, "") == (net.now, net.script)


def test_an_address_that_a_person_set_meanwhile_stays_in_use() -> None:
    net = FakeWinInet()
    made = over(net)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    net.script = "http://new.example/proxy.pac"
    made.restore(before)
    assert (DIRECT | SCRIPT, "http://new.example/proxy.pac") == (net.now, net.script)


@pytest.mark.parametrize(
    "net", [FakeWinInet(DIRECT | PROXY), FakeWinInet(DIRECT | SCRIPT, "http://work.example/proxy.pac")]
)
def test_a_proxy_that_is_there_already_is_left_alone(net: FakeWinInet) -> None:
    support = over(net).available()
    assert "This computer already uses a proxy, which focus mode leaves alone: websites stay open." == support.why
    assert not support


def test_our_own_script_is_no_proxy_that_is_there_already() -> None:
    assert over(FakeWinInet(DIRECT | SCRIPT, OURS)).available()


@pytest.mark.parametrize(
    ("root", "path", "name", "value"),
    [
        (COMPUTER, SETTINGS, "ProxySettingsPerUser", 0),
        (COMPUTER, SETTINGS, "ProxyServer", "proxy.work.example:8080"),
        (USER, SETTINGS, "AutoConfigURL", "http://work.example/proxy.pac"),
        (USER, PANEL, "Proxy", 1),
        (COMPUTER, PANEL, "Autoconfig", 1),
    ],
)
def test_a_proxy_settled_by_an_organisation_is_left_alone(root: str, path: str, name: str, value: str | int) -> None:
    support = over(FakeWinInet(), FakeRegistry({(root, path, name): value})).available()
    assert "The proxy of this computer is managed by an organisation, so websites stay open." == support.why


@pytest.mark.parametrize(("name", "value"), [("ProxySettingsPerUser", 1), ("ProxyEnable", 0)])
def test_a_policy_that_leaves_the_person_free_is_no_hindrance(name: str, value: int) -> None:
    assert "yes" == over(FakeWinInet(), FakeRegistry({(COMPUTER, SETTINGS, name): value})).available().level


def test_over_a_dial_up_or_vpn_connection_it_works_only_in_part() -> None:
    support = over(FakeWinInet(dialled=True)).available()
    assert ("partly", "Over this dial-up or VPN connection websites stay open: it has its own settings.") == (
        *(support.level, support.why),
    )


def test_settings_that_cannot_be_read_or_changed_are_refusals() -> None:
    net = FakeWinInet(closed=True)
    made = over(net)
    assert "Windows does not tell its proxy settings, so websites stay open." == made.available().why
    with pytest.raises(Failed, match="Windows did not let CoachDesk change its proxy settings"):
        made.capture(PLAN)


def test_a_change_that_windows_did_not_take_is_noticed() -> None:
    made = over(FakeWinInet(deaf=True))
    with pytest.raises(Failed, match="this computer did not take the change"):
        made.apply(PLAN, made.capture(PLAN))


def test_what_cannot_be_put_back_is_told_with_the_way_to_do_it() -> None:
    net = FakeWinInet()
    made = over(net)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    net.deaf = True
    with pytest.raises(Failed, match="ms-settings:network-proxy"):
        made.restore(before)
