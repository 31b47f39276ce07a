"""The recovery code, as it is printed and typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import WrongKey
from coachdesk.storage import recovery_code

secrets = st.binary(min_size=20, max_size=20)


def test_a_code_is_nine_groups_of_four() -> None:
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}", recovery_code.write(bytes(range(20))))


def test_the_form_of_codes_never_changes() -> None:
    """People have it on paper."""
    assert "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-1R71" == recovery_code.write(bytes(range(20)))
    assert bytes(range(20)) == recovery_code.read("000G-40R4-0M30-E209-185G-R38E-1W81-24GK-1R71")


def test_every_code_drawn_is_another() -> None:
    assert 20 == len({recovery_code.draw() for _number in range(20)})


@given(secrets)
def test_what_was_written_is_read(secret: bytes) -> None:
    assert secret == recovery_code.read(recovery_code.write(secret))


@given(secrets, st.sampled_from(["-", "", " ", " – ", "\n", "—", "\t", "\u00a0"]), st.data())
def test_case_dashes_and_letters_that_look_alike_do_not_matter(secret: bytes, dash: str, data: st.DataObject) -> None:
    alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    typed = [data.draw(st.sampled_from(alike.get(c, c + c.lower()))) for c in recovery_code.write(secret) if c != "-"]
    groups = ["".join(typed[at : at + 4]) for at in range(0, len(typed), 4)]
    assert secret == recovery_code.read(f" {dash.join(groups)} ")


def test_full_width_letters_are_read() -> None:
    code = recovery_code.write(bytes(range(20)))
    wide = "".join(chr(ord(c) + 0xFEE0) if c != "-" else c for c in code)
    assert bytes(range(20)) == recovery_code.read(wide)


@given(secrets, st.integers(0, 35), st.integers(1, 31))
def test_one_wrong_letter_is_a_typing_slip(secret: bytes, place: int, off: int) -> None:
    letters = list(recovery_code.write(secret).replace("-", ""))
    letters[place] = recovery_code.ALPHABET[(recovery_code.ALPHABET.index(letters[place]) + off) % 32]
    with pytest.raises(WrongKey, match="typing slip"):
        recovery_code.read("".join(letters))


@pytest.mark.parametrize("typed", ["", "QGV3-ZN6R", recovery_code.write(bytes(20)) + "0"])
def test_too_few_or_too_many_letters_are_counted(typed: str) -> None:
    count = len(typed.replace("-", ""))
    with pytest.raises(WrongKey, match=f"has 36 letters and digits, this one has {count}"):
        recovery_code.read(typed)


def test_a_strange_letter_is_named() -> None:
    with pytest.raises(WrongKey, match="“Ü”"):
        recovery_code.read("ÜGV3-ZN6R")
