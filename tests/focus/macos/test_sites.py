"""The proxy script of a made-up Mac, and how its programs write what they tell."""

import json

import pytest

from coachdesk.focus.blockers import YES, Blocker, Failed, Values
from coachdesk.focus.macos.commands import Ran
from coachdesk.focus.macos.sites import ALLOWED, FakeNetwork, blocker, in_admin_group, in_use, of
from coachdesk.focus.plan import Plan

PLAN = Plan(60, port=4711, nonce="c0ffee")
OURS = "http://127.0.0.1:4711/focus-c0ffee.pac"
ONLY_ADMINISTRATORS = "macOS lets only an administrator change the network settings, so websites stay open."
USES_A_PROXY = "This computer already uses a proxy, which focus mode leaves alone: websites stay open."
ODD = """(1) USB 10/100/1000 LAN
(Hardware Port: USB 10/100/1000 LAN, Device: en7)

(*) Thunderbolt Bridge
(Hardware Port: Thunderbolt Bridge, Device: bridge0)

(2) Wi-Fi (home) 2
(Hardware Port: Wi-Fi, Device: en0)

(3) Work VPN
(Hardware Port: com.example.vpn (IKEv2), Device: )

(4) Büro, Device: en5
(Hardware Port: Ethernet (a), b, Device: en5)
"""


def over(network: FakeNetwork, admin: bool = True) -> Values:
    """The blocker over this Mac."""
    return blocker(network.run, lambda: admin)


def test_it_is_a_blocker_for_the_service_in_use() -> None:
    made: Blocker = over(FakeNetwork())
    assert ("sites", "networksetup:Wi-Fi", YES) == (made.name, made.way, made.available())


@pytest.mark.parametrize("url", ["(null)", "", " ", "http://old.example/proxy.pac"])
def test_address_and_switch_are_set_and_put_back(url: str) -> None:
    network = FakeNetwork(urls={"Wi-Fi": url})
    made = over(network)
    earlier, before = made.observe(), made.capture(PLAN)
    made.apply(PLAN, before)
    assert ({"Wi-Fi": OURS}, {"Wi-Fi"}) == (network.urls, network.on)
    assert made.is_ours(before)
    made.restore(before)
    assert (earlier, set()) == (made.observe(), network.on)


def test_the_script_is_not_used_before_the_address_is_noted_as_ours() -> None:
    network = FakeNetwork()
    made = over(network)
    made.values[0].write(OURS)
    assert ({"Wi-Fi": OURS}, set()) == (network.urls, network.on)


def test_a_kill_between_the_two_writes_is_put_back_too() -> None:
    network = FakeNetwork()
    before = json.loads(json.dumps(over(network).capture(PLAN)))
    network.urls["Wi-Fi"] = OURS
    over(network).restore(before)
    assert ({"Wi-Fi": " "}, set()) == (network.urls, network.on)


def test_after_a_kill_the_service_of_then_is_put_back_whatever_is_in_use_now() -> None:
    network = FakeNetwork(urls={"Wi-Fi": "(null)", "Ethernet": "(null)"})
    first = over(network)
    before = json.loads(json.dumps(first.capture(PLAN)))
    first.apply(PLAN, before)
    network.device = "en5"
    second = of("networksetup:Wi-Fi", network.run)
    assert second.is_ours(before)
    second.restore(before)
    assert ({"Wi-Fi": " ", "Ethernet": "(null)"}, set()) == (network.urls, network.on)


def test_an_address_that_a_person_set_meanwhile_stays() -> None:
    network = FakeNetwork()
    made = over(network)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    network.urls["Wi-Fi"] = "http://new.example/proxy.pac"
    made.restore(before)
    assert ({"Wi-Fi": "http://new.example/proxy.pac"}, {"Wi-Fi"}) == (network.urls, network.on)


@pytest.mark.parametrize(
    ("device", "expected"),
    [("en7", "USB 10/100/1000 LAN"), ("en0", "Wi-Fi (home) 2"), ("en5", "Büro, Device: en5")],
)
def test_services_are_found_whatever_they_are_called(device: str, expected: str) -> None:
    assert expected == in_use(FakeNetwork(ODD, device).run)


@pytest.mark.parametrize("device", ["utun4", "bridge0", ""])
def test_over_a_vpn_a_disabled_service_or_nothing_websites_stay_open(device: str) -> None:
    made = over(FakeNetwork(ODD, device))
    assert "The internet is reached through a VPN, or not at all, so websites stay open." == made.available().why
    assert "no" == made.available().level


@pytest.mark.parametrize("name", ["HTTP", "HTTPS", "SOCKS", "ProxyAutoConfig", "ProxyAutoDiscovery"])
def test_a_proxy_that_is_there_already_is_left_alone(name: str) -> None:
    network = FakeNetwork(proxies=f"<dictionary> {{\n  FTPPassive : 1\n  {name}Enable : 1\n}}\n")
    assert USES_A_PROXY == over(network).available().why


def test_a_proxy_that_is_set_but_switched_off_is_no_hindrance() -> None:
    network = FakeNetwork(proxies="<dictionary> {\n  HTTPEnable : 0\n  HTTPProxy : proxy.example\n}\n")
    assert YES == over(network).available()


def test_our_own_script_is_no_proxy_that_is_there_already() -> None:
    ours = f"<dictionary> {{\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : {OURS}\n}}\n"
    assert YES == over(FakeNetwork(proxies=ours)).available()
    theirs = ours.replace(OURS, "http://work.example/proxy.pac")
    assert USES_A_PROXY == over(FakeNetwork(proxies=theirs)).available().why


def rule(words: str) -> str:
    """What ``security`` writes of a right."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>{words}</dict></plist>\nYES (0)\n'


@pytest.mark.parametrize(
    ("right", "admin", "expected"),
    [
        (ALLOWED, True, True),
        (ALLOWED, False, False),
        (rule("<key>class</key><string>user</string><key>shared</key><false/>"), True, False),
        (rule("<key>class</key><string>user</string>"), True, False),
        (rule("<key>class</key><string>allow</string>"), False, True),
        (
            rule("<key>class</key><string>rule</string><key>rule</key><array><string>allow</string></array>"),
            False,
            True,
        ),
        (rule("<key>class</key><string>rule</string><key>rule</key><array><string>x</string></array>"), True, True),
        ("NO (-60005)\n", True, False),
        ("<?xml version='1.0'?><plist><dict></plist>", True, False),
        ("<?xml version='1.0'?><plist", True, False),
    ],
)
def test_only_who_may_change_the_network_without_a_password_is_offered_it(
    right: str, admin: bool, expected: bool
) -> None:
    support = over(FakeNetwork(right=right), admin).available()
    assert (expected, "" if expected else ONLY_ADMINISTRATORS) == (bool(support), support.why)


def test_a_refusal_that_ends_with_code_0_is_noticed() -> None:
    network = FakeNetwork(locked=True)
    made = over(network)
    with pytest.raises(Failed) as told:
        made.apply(PLAN, made.capture(PLAN))
    assert ONLY_ADMINISTRATORS == told.value.sentence
    assert [] == network.changes


def test_a_service_that_has_gone_is_a_refusal() -> None:
    with pytest.raises(Failed):
        of("networksetup:Gone", FakeNetwork().run).is_ours({"script url": [None, OURS]})


def test_what_networksetup_writes_in_an_unknown_form_is_a_refusal() -> None:
    with pytest.raises(Failed):
        of("networksetup:Wi-Fi", lambda _command, _patience: Ran(0, "Something new\n")).observe()


def test_proxies_that_macos_does_not_tell_are_a_reason_to_leave_them_alone() -> None:
    network = FakeNetwork()
    made = blocker(
        lambda command, patience: Ran(None) if "scutil" in command[0] else network.run(command, patience),
        lambda: True,
    )
    assert "macOS does not tell its proxy settings, so websites stay open." == made.available().why


def test_how_to_switch_it_off_by_hand_names_the_service() -> None:
    expected = "In System Settings under Network, Wi-Fi, Details, Proxies, switch off “Automatic proxy configuration”."
    assert expected == over(FakeNetwork()).by_hand({})


def test_a_system_without_the_group_of_administrators_has_none() -> None:
    assert not in_admin_group()
