"""Words are said in the chosen language, and in English where there is none."""

from collections.abc import Iterator

import pytest

from coachdesk import words


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.speak("en")


def test_a_language_that_is_not_there_is_english() -> None:
    words.speak("xx")

    assert "Promise" == words._("Promise")
    assert ["1 step", "2 steps"] == [words.ngettext("{n} step", "{n} steps", n).format(n=n) for n in (1, 2)]


def test_without_a_language_the_system_is_followed() -> None:
    words.speak()

    assert "Promise" == words._(words.N_("Promise"))


def test_english_comes_first_of_the_languages() -> None:
    assert "en" == words.languages()[0]
