"""Whatever a person types becomes one host name or a sentence, and no list ever names a call."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coachdesk.errors import Refused
from coachdesk.focus import sites, spared

ROOT = Path(__file__).parent.parent.parent
PLAIN = set("abcdefghijklmnopqrstuvwxyz0123456789.-")


def refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        sites.clean(text)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("example.com", "example.com"),
        ("  Example.COM \n", "example.com"),
        ("https://www.example.com/a/b?c=d#e", "example.com"),
        ("http://ada:secret@example.com:8080/", "example.com"),
        ("HTTPS://user@EXAMPLE.com", "example.com"),
        ("//example.com/x", "example.com"),
        ("ftp://example.com", "example.com"),
        ("example.com:443", "example.com"),
        ("example.com:", "example.com"),
        ("example.com/", "example.com"),
        ("example.com?x=1", "example.com"),
        ("example.com#top", "example.com"),
        ("example.com\\path", "example.com"),
        ("example.com.", "example.com"),
        ("www.example.com", "example.com"),
        ("www.www.example.com", "example.com"),
        ("*.example.com", "example.com"),
        ("*.www.example.com", "example.com"),
        (".example.com", "example.com"),
        ("www.com.example.org", "com.example.org"),
        ("news.example.co.uk", "news.example.co.uk"),
        ("www2.example.com", "www2.example.com"),
        ("m.example.com", "m.example.com"),
        ("a-b--c.example.com", "a-b--c.example.com"),
        ("r3---sn.example.com", "r3---sn.example.com"),
        ("mail.google.com", "mail.google.com"),
        ("https://x.com/?next=https://zoom.us/", "x.com"),
        ("https://evil.test/@example.com", "evil.test"),
        ("https://example.com/?" + "x" * 7_000, "example.com"),
        ("www.co.uk", "www.co.uk"),
    ],
)
def test_what_a_person_types_or_pastes_becomes_the_host_that_is_meant(typed: str, host: str) -> None:
    assert host == sites.clean(typed)


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("https://www.MÜNCHEN.example/über", "xn--mnchen-3ya.example"),
        ("mu\u0308nchen.example", "xn--mnchen-3ya.example"),
        ("faß.de", "xn--fa-hia.de"),
        ("яндекс.рф", "xn--d1acpjx3f.xn--p1ai"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
        ("موقع.مصر", "xn--4gbrim.xn--wgbh1c"),
        ("XN--MNCHEN-3YA.example", "xn--mnchen-3ya.example"),
        ("a---b.münchen.example", "a---b.xn--mnchen-3ya.example"),
    ],
)
def test_names_in_other_scripts_are_kept_as_browsers_ask_for_them(typed: str, host: str) -> None:
    assert host == sites.clean(typed)


@pytest.mark.parametrize("typed", ["", "   ", "\n\t"])
def test_nothing_typed_is_answered_with_what_to_type(typed: str) -> None:
    assert "Type the name of a website, such as example.com." == refusal(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "not a website",
        "example .com",
        "exam_ple.com",
        "-example.com",
        "example-.com",
        "example..com",
        ".",
        "https://",
        "https:///x",
        "exa*mple.com",
        "*.*.com",
        "*.com",
        "ex%61mple.com",
        "<b>.com",
        "a'b.com",
        "javascript:alert(1)",
        "😀.com",
        "example.com:80a",
        "a" * 64 + ".com",
        ".".join(["a" * 60] * 5) + ".com",
        "xn--a.com",
        "xn--.com",
        "ℂ₨／.com",
        "a\u2024b…c.com",
        "exa\u0301\u0301mple\u0640.com",
    ],
)
def test_what_is_no_website_is_answered_with_what_to_type(typed: str) -> None:
    told = typed if len(typed) <= 60 else f"{typed[:59]}…"
    assert f"“{told}” is not the name of a website; type one such as example.com." == refusal(typed)


@pytest.mark.parametrize("sign", ["\u200f", "\u202e", "\u200b", "\u00ad", "\x00", "\x1b", "\ufeff", "\ud800", "\u2028"])
def test_signs_that_are_not_seen_are_refused_and_not_repeated(sign: str) -> None:
    assert "“example.com” is not the name of a website; type one such as example.com." == refusal(f"exa{sign}mple.com")


@pytest.mark.parametrize("typed", ["ada@example.com", "mailto:ada@example.com", "ada@example.com/x", "@example.com"])
def test_an_e_mail_address_is_told_from_a_website(typed: str) -> None:
    sentence = f"“{typed}” is an e-mail address; type the name of a website, such as example.com."
    assert sentence == refusal(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "127.0.0.1",
        "http://192.168.1.1:80/x",
        "[::1]",
        "http://[2001:db8::1]:443/",
        "2001:db8::1",
        "1.2.3",
        "0x7f.1",
        "10",
        "0x7f.0x0.0x0.0x1",
        "１２７.0.0.1",
    ],
)
def test_the_number_of_a_computer_is_told_from_a_website(typed: str) -> None:
    sentence = f"“{typed}” is the number of a computer; type the name of a website, such as example.com."
    assert sentence == refusal(typed)


@pytest.mark.parametrize("typed", ["localhost", "Youtube", "com", "http://intranet/", "рф", "localhost:8080"])
def test_a_name_without_ending_is_told_so(typed: str) -> None:
    assert refusal(typed).endswith("” has no ending; type the whole name of a website, such as example.com.")


@pytest.mark.parametrize(
    "typed", ["https://zoom.us/j/123", "www.google.com", "teams.microsoft.com", "*.co.uk", "ＺＯＯＭ.us"]
)
def test_what_carries_calls_or_stands_for_too_much_is_refused(typed: str) -> None:
    assert refusal(typed)


def test_ten_thousand_signs_of_junk_are_refused_at_once_and_in_short() -> None:
    began = time.monotonic()
    for junk in (
        "x" * 10_000,
        "a." * 5_000,
        "ü." * 5_000,
        "@" * 10_000,
        "://" * 3_000,
        "https://x.example/" + "x" * 10_000,
        "*." * 900 + "com",
        "[" * 10_000,
    ):
        assert 200 > len(refusal(junk))
    assert 1.0 > time.monotonic() - began


TYPED = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="aZ09.-*/:@?#[]\\ %_xnw٣ßÜ。ａا\u200d\u0301", max_size=30),
    st.lists(st.text(alphabet="abwxn-üß0", min_size=1, max_size=6), min_size=2, max_size=4).map(".".join),
    st.sampled_from(sorted(spared.CALL | spared.SHARED)).flatmap(
        lambda host: st.sampled_from(["{}", "www.{}", "x.{}", "https://{}/", "*.{}"]).map(
            lambda form: form.format(host)
        )
    ),
)


@given(TYPED)
@example("www.www.com")
@example("www.*.example.com")
@example("xn--fa-hia.de")
def test_a_cleaned_name_is_plain_and_cleans_to_itself(typed: str) -> None:
    try:
        host = sites.clean(typed)
    except Refused:
        return
    assert host == sites.clean(host)
    assert set(host) <= PLAIN
    assert "." in host.strip(".")
    assert "" == spared.host(host)


@given(st.sets(st.sampled_from([*sites.NAMES, "gone"])), st.lists(TYPED, max_size=6))
@example({"mail"}, ["google.com", "zoom.us", "us", "com"])
def test_no_list_ever_names_what_is_spared(group_ids: set[str], own: list[str]) -> None:
    found = sites.hosts(group_ids, own)
    assert list(found) == sorted(set(found))
    assert [] == [host for host in found if spared.host(host) or not set(host) <= PLAIN]
    assert [] == [host for host in found if spared.parents(host) & (set(found) - {host})]
    assert len(sites.problems(own)) <= len(own)


def test_groups_and_own_websites_come_together_without_what_is_covered_twice() -> None:
    found = sites.hosts(["video"], ["m.youtube.com", "Example.ORG", "www.example.org", "blog.example.org"])
    assert "example.org" in found
    assert "youtube.com" in found
    assert not {"m.youtube.com", "blog.example.org", "www.example.org"} & set(found)


def test_nothing_chosen_is_nothing_kept_away() -> None:
    assert () == sites.hosts([], [])


def test_what_a_hand_edited_file_must_not_name_is_left_out_and_told() -> None:
    own = ["zoom.us", "example.org", "not a website"]
    assert ("example.org",) == sites.hosts(["no such group"], own)
    assert (
        "zoom.us carries video calls, so focus mode leaves it alone.",
        "“not a website” is not the name of a website; type one such as example.com.",
    ) == sites.problems(own)


def test_several_are_cleaned_together_each_once() -> None:
    assert ("a.example", "b.example") == sites.cleaned(["https://b.example", "a.example", "www.B.example"])


def test_the_first_that_is_none_refuses_all() -> None:
    with pytest.raises(Refused, match="nonsense"):
        sites.cleaned(["a.example", "nonsense", "b.example"])


def test_a_plain_name_is_shown_as_it_is() -> None:
    assert "example.com" == sites.shown("example.com")


def test_a_name_in_another_script_is_shown_in_both_ways_since_letters_look_alike() -> None:
    assert "\u2068münchen.example\u2069 (xn--mnchen-3ya.example)" == sites.shown("xn--mnchen-3ya.example")
    assert "(xn--pple-43d.example)" in sites.shown(sites.clean("аpple.example"))


def test_a_name_that_says_nothing_readable_is_shown_as_it_is() -> None:
    assert "xn--a.example" == sites.shown("xn--a.example")


def test_the_groups_are_shown_in_their_order_under_their_names() -> None:
    assert list(sites.NAMES) == [group.id for group in sites.groups()]
    assert "Social networks" == sites.groups()[0].title


@pytest.mark.parametrize("group", sites.groups(), ids=lambda group: group.id)
def test_a_group_is_neither_poor_nor_endless(group: sites.Group) -> None:
    assert 15 <= len(group.hosts) <= 40


@pytest.mark.parametrize("host", [host for group in sites.groups() for host in group.hosts])
def test_every_website_of_a_group_is_clean_and_carries_no_call(host: str) -> None:
    assert host == sites.clean(host)


def test_no_website_is_in_two_groups_or_below_another_of_its_own() -> None:
    everything = [host for group in sites.groups() for host in group.hosts]
    assert len(everything) == len(set(everything))
    for group in sites.groups():
        assert sorted(group.hosts) == list(sites.hosts([group.id], []))


def test_no_group_disturbs_a_call_of_outlook_or_messenger() -> None:
    everything = {host for group in sites.groups() for host in group.hosts}
    assert not everything & {"outlook.live.com", "outlook.office.com", "outlook.com", "messenger.com"}


def test_the_file_has_no_group_that_is_not_shown() -> None:
    assert set(sites.NAMES) == set(tomllib.loads((ROOT / "resources/sites/groups.toml").read_text("utf-8")))
