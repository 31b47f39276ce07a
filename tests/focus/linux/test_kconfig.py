"""A line of a KDE settings file can be changed and put back, and every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.focus.linux.kconfig import is_locked, line_of, value_of, with_line

GROUP, KEY = "Proxy Settings", "ProxyType"
FILE = """\
# written by hand
PersistentProxyConnection=true

[Cookies]
ProxyType=9

[Proxy Settings]
AuthMode=0
ProxyType=0
ProxyType[de]=7
#ProxyType=5
NoProxyFor=caf\xc3\x85

[Proxy Settings][More]
ProxyType=8
"""


def test_an_entry_is_found_in_its_own_group_only() -> None:
    assert "ProxyType=0" == line_of(FILE, GROUP, KEY)
    assert "0" == value_of(FILE, GROUP, KEY)
    assert "9" == value_of(FILE, "Cookies", KEY)
    assert "8" == value_of(FILE, "Proxy Settings/More", KEY)
    assert "true" == value_of(FILE, "", "PersistentProxyConnection")


def test_what_is_not_there_is_nothing() -> None:
    assert None is line_of(FILE, GROUP, "Proxy Config Script")
    assert "" == value_of(FILE, GROUP, "Proxy Config Script")
    assert None is line_of("", GROUP, KEY)


def test_the_last_of_several_counts_and_is_the_one_changed() -> None:
    twice = "[Proxy Settings]\nProxyType=1\n[Other]\n[Proxy Settings]\nProxyType[$e]=4\n"
    assert "4" == value_of(twice, GROUP, KEY)
    assert "ProxyType[$e]=4" == line_of(twice, GROUP, KEY)
    assert twice.replace("ProxyType[$e]=4", "ProxyType=2") == with_line(twice, GROUP, KEY, "ProxyType=2")


def test_a_line_is_exchanged_and_nothing_else() -> None:
    assert FILE.replace("ProxyType=0", "ProxyType=2") == with_line(FILE, GROUP, KEY, "ProxyType=2")


def test_a_new_line_goes_to_the_end_of_its_group() -> None:
    changed = with_line(FILE, GROUP, "Proxy Config Script", "Proxy Config Script=x")
    assert FILE.replace("caf\xc3\x85\n", "caf\xc3\x85\nProxy Config Script=x\n") == changed
    assert FILE == with_line(changed, GROUP, "Proxy Config Script", None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "[Proxy Settings]\nProxyType=2\n"),
        ("[A]\nb=1", "[A]\nb=1\n[Proxy Settings]\nProxyType=2\n"),
        ("[A]\nb=1\n", "[A]\nb=1\n\n[Proxy Settings]\nProxyType=2\n"),
        ("[A]\r\nb=1\r\n", "[A]\r\nb=1\r\n\r\n[Proxy Settings]\r\nProxyType=2\r\n"),
        ("[Proxy Settings]", "[Proxy Settings]\nProxyType=2\n"),
    ],
)
def test_a_group_that_is_not_there_is_added_at_the_end(before: str, after: str) -> None:
    assert after == with_line(before, GROUP, KEY, "ProxyType=2")


@pytest.mark.parametrize(
    "text",
    [
        "[$i]\n[Proxy Settings]\nProxyType=0\n",
        "[Proxy Settings][$i]\n",
        "[Proxy Settings]\nProxyType[$i]=0\n",
        "[Proxy Settings]\nProxyType[$ei]=0\n",
    ],
)
def test_what_an_administrator_has_locked_is_seen(text: str) -> None:
    assert is_locked(text, GROUP, KEY)


@pytest.mark.parametrize(
    "text", ["", FILE, "[Other][$i]\nProxyType=0\n", "[Proxy Settings]\nAuthMode[$i]=0\nProxyType[$e]=x\n"]
)
def test_what_is_locked_elsewhere_locks_nothing_here(text: str) -> None:
    assert not is_locked(text, GROUP, KEY)


LINE = st.sampled_from(
    [
        "[Proxy Settings]",
        "[A]",
        "[Proxy Settings][B]",
        "ProxyType=0",
        "ProxyType[de]=1",
        "x",
        "# ProxyType=3",
        "",
        " [A] ",
        "ProxyType[$e]=4",
        " ProxyType = 5 ",
        "\xc3\x85=\x85",
        "[broken",
        "=",
        "[$i]",
    ]
)


@given(st.lists(LINE, max_size=8).map("\n".join), st.sampled_from(["", "\n"]))
def test_a_line_put_in_is_read_back_and_taken_out_leaves_the_rest(text: str, end: str) -> None:
    text += end
    changed = with_line(text, GROUP, "Proxy Config Script", "Proxy Config Script=x")
    assert "x" == value_of(changed, GROUP, "Proxy Config Script")
    left = with_line(changed, GROUP, "Proxy Config Script", None)
    assert [line for line in text.split("\n") if line] == [
        line for line in left.split("\n") if line and not (line == "[Proxy Settings]" and line not in text.split("\n"))
    ]


@given(st.lists(LINE, max_size=8).map("\n".join))
def test_exchanging_a_line_and_back_leaves_every_byte(text: str) -> None:
    text += "\n"
    old = line_of(text, GROUP, KEY)
    if old is not None:
        assert text == with_line(with_line(text, GROUP, KEY, "ProxyType=2"), GROUP, KEY, old)
