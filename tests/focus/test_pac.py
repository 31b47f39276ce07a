"""The script sends the chosen websites to us, everything else nowhere, and no call ever."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtQml import QJSEngine
from PySide6.QtWidgets import QApplication

from coachdesk.focus import pac, spared

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=2, max_size=4).map(".".join)
OURS = "PROXY 127.0.0.1:4711; DIRECT"


@pytest.fixture(autouse=True)
def program(qapp: QApplication) -> QApplication:
    """Qt's JavaScript engine needs a program to run in."""
    return qapp


def evaluated(script: str) -> Callable[[str, str], str]:
    """FindProxyForURL as Qt's JavaScript engine runs it, without any of the helpers a browser offers a PAC."""
    engine = QJSEngine()
    loaded = engine.evaluate(script)
    assert not loaded.isError(), loaded.toString()

    def find(url: str, host: str) -> str:
        answer = engine.evaluate(f"FindProxyForURL({json.dumps(url)}, {json.dumps(host)})")
        assert not answer.isError(), answer.toString()
        return answer.toString()

    return find


def proxy_of(host: str, *hosts: str) -> str:
    """What the script for these hosts answers for a page of another."""
    return evaluated(pac.text(hosts, 4711, "n0nce"))(f"https://{host}/", host)


def expected(host: str, chosen: set[str]) -> str:
    """The rule again, in other words: of all known names the host ends with, the longest decides."""
    host = re.sub(r"\.+\Z", "", host.lower())
    ends = [name for name in chosen | set(spared.always_open()) if ("." + host).endswith("." + name)]
    longest = max(ends, key=len, default="")
    return OURS if longest in chosen - set(spared.always_open()) else "DIRECT"


@pytest.mark.parametrize(
    "host", ["news.test", "www.news.test", "a.b.c.news.test", "NEWS.test", "news.test.", "news.test.."]
)
def test_a_chosen_website_and_all_below_it_come_to_us_or_else_go_directly(host: str) -> None:
    assert OURS == proxy_of(host, "news.test")


@pytest.mark.parametrize("host", ["example.org", "badnews.test", "test", "", ".", "news.test.example.org", "localhost"])
def test_every_other_website_is_left_alone(host: str) -> None:
    assert "DIRECT" == proxy_of(host, "news.test")


def test_a_call_below_a_chosen_website_is_left_alone() -> None:
    assert "DIRECT" == proxy_of("accounts.youtube.com", "youtube.com")
    assert OURS == proxy_of("www.youtube.com", "youtube.com")


def test_a_chosen_part_of_a_shared_host_is_kept_away_and_the_rest_is_not() -> None:
    assert OURS == proxy_of("mail.google.com", "mail.google.com")
    assert ["DIRECT"] * 3 == [proxy_of(f"{each}google.com", "mail.google.com") for each in ("", "www.", "meet.")]


@pytest.mark.parametrize("host", ["zoom.us", "us02web.zoom.us", "meet.google.com"])
def test_a_list_that_names_a_call_against_the_rules_still_blocks_none(host: str) -> None:
    assert "DIRECT" == proxy_of(host, "zoom.us", "meet.google.com", "us")


@pytest.mark.parametrize(
    "host", ["constructor", "__proto__", "toString", "a.hasOwnProperty", "x.__proto__", "valueOf."]
)
def test_the_words_of_the_language_are_no_hosts(host: str) -> None:
    assert "DIRECT" == proxy_of(host, "news.test")


def test_a_host_called_like_a_word_of_the_language_can_be_chosen() -> None:
    assert OURS == proxy_of("www.constructor", "constructor")


@given(st.sets(HOST, max_size=8), HOST, st.sampled_from(["{}", "{}.", "www.{}", "x{}", "{}.example"]))
def test_the_script_does_what_the_rule_says(chosen: set[str], other: str, form: str) -> None:
    find = evaluated(pac.text(chosen, 4711, "n0nce"))
    asked = [form.format(host) for host in (*chosen, other, *sorted(spared.always_open())[::17])]
    assert [expected(host, chosen) for host in asked] == [find(f"http://{host}/", host) for host in asked]


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_address_and_no_name_makes_the_script_fail(url: str, host: str) -> None:
    assert evaluated(pac.text(["news.test"], 4711, "n0nce"))(url, host) in (OURS, "DIRECT")


@pytest.mark.parametrize("word", ["dnsResolve", "isInNet", "myIpAddress", "isResolvable", "alert"])
def test_the_script_never_looks_a_name_up(word: str) -> None:
    assert word not in pac.text(["news.test"], 4711, "n0nce")


@pytest.mark.parametrize(
    "host", ['"};alert(1)//', "a'b", "a\\b", "a\nb", "NEWS.TEST", "ä.test", "", "</script>", "a b"]
)
def test_what_is_no_cleaned_host_gets_into_no_script(host: str) -> None:
    with pytest.raises(ValueError, match="4711"):
        pac.text([host], 4711, "n0nce")


@pytest.mark.parametrize(
    ("port", "nonce"), [(0, "n"), (65536, "n"), (-1, "n"), (1, ""), (1, "a\nb"), (1, "*/"), (1, "é")]
)
def test_what_is_no_port_or_no_nonce_gets_into_no_script(port: int, nonce: str) -> None:
    with pytest.raises(ValueError, match=r"news\.test"):
        pac.text(["news.test"], port, nonce)


def test_the_script_says_whose_it_is() -> None:
    assert pac.text(["news.test"], 4711, "n0nce").startswith("// CoachDesk focus mode n0nce\n")


def test_our_addresses_are_known_again_and_are_new_each_time() -> None:
    urls = [pac.data_url(pac.text(["news.test"], 4711, nonce)) for nonce in ("one", "two")]
    urls += [pac.http_url(port, "one") for port in (4711, 4712)]
    assert 4 == len(set(urls))
    assert all(pac.is_ours(url) for url in urls)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://proxy.example/focus-one.pac",
        "http://127.0.0.1:4711/proxy.pac",
        "http://127.0.0.1:4711/focus-one.pac?x",
        "http://127.0.0.1:4711/focus-one.pac\n",
        "file:///etc/proxy.pac",
        "data:application/x-ns-proxy-autoconfig;base64,!",
        "data:application/x-ns-proxy-autoconfig;base64,/////w==",
        "data:application/x-ns-proxy-autoconfig;base64,ZnVuY3Rpb24=",
        "data:,function FindProxyForURL(){return 'DIRECT'}",
    ],
)
def test_the_address_of_another_is_not_taken_for_ours(url: str) -> None:
    assert not pac.is_ours(url)


def test_the_address_carries_the_whole_script() -> None:
    import urllib.request

    script = pac.text(["news.test"], 4711, "n0nce")
    with urllib.request.urlopen(pac.data_url(script)) as opened:
        assert script == opened.read().decode()


def test_a_long_list_makes_an_address_that_settings_can_hold() -> None:
    hosts = [f"site-{number}.example.org" for number in range(500)]
    assert 40_000 > len(pac.data_url(pac.text(hosts, 4711, "n0nce")))
