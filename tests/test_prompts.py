"""Prompts come from the shipped files and from the coach, and none repeats before all were used."""

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk import prompts
from coachdesk.errors import Refused
from coachdesk.paths import resources
from coachdesk.prompts import CATEGORIES, Prompt

FILES = sorted((resources() / "prompts").glob("*.toml"))
TO_ONESELF = ("arrival", "self")
SHIPPED = prompts.shipped("en")


def deck(count: int, category: str = "opening") -> tuple[Prompt, ...]:
    """So many prompts of a category."""
    return tuple(Prompt(f"{category}-{n}", category, f"short {n}", f"text {n}") for n in range(count))


# ----------------------------------------------------------------------------------------------------- what comes along


def test_there_are_enough_prompts_of_every_kind() -> None:
    counted = Counter(prompt.category for prompt in SHIPPED)
    assert set(CATEGORIES) == set(counted)
    assert min(counted.values()) >= 5
    assert counted["process_check"] >= 12
    assert len(SHIPPED) >= 80


@pytest.mark.parametrize("prompt", SHIPPED, ids=lambda prompt: prompt.id)
def test_a_shipped_prompt_is_well_made(prompt: Prompt) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", prompt.id)
    assert 5 < len(prompt.short) <= 60
    for words in (prompt.short, prompt.text):
        assert words == " ".join(words.split())
        assert words.endswith((".", "?", "…"))
        assert "!" not in words
        assert "'" not in words.replace("time's", "")
    assert 1 <= len(re.findall(r"[.?](?:\s|$)", prompt.text)) <= 3
    assert (prompt.own, prompt.off) == (False, False)


@pytest.mark.parametrize("words", ["short", "text"])
def test_no_two_shipped_prompts_are_alike(words: str) -> None:
    assert [] == [
        text for text, count in Counter(getattr(one, words).casefold() for one in SHIPPED).items() if count > 1
    ]


def test_ids_are_unique() -> None:
    assert len(SHIPPED) == len({prompt.id for prompt in SHIPPED})


def test_no_prompt_leads_judges_or_presumes() -> None:
    said = " ".join(f"{prompt.short} {prompt.text}" for prompt in SHIPPED).casefold()
    unwanted = (
        "why",
        "don't you think",
        "have you considered",
        "should you",
        "you must",
        "you need to",
        "how does that",
    )
    presumed = ("angry", "afraid", "anxious", "sad ", "ashamed", "upset", "your fear", "your anger", "disappointed")
    assert [] == [word for word in (*unwanted, *presumed) if re.search(rf"\b{word}\b", said)]


def test_openings_of_the_sentences_vary() -> None:
    begun = Counter(" ".join(prompt.short.split()[:3]).casefold() for prompt in SHIPPED)
    assert [] == [words for words, count in begun.items() if count > 4]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_language_holds_only_prompts_the_english_one_has(file: Path) -> None:
    document = tomllib.loads(file.read_text("utf-8"))
    assert set(document) <= set(CATEGORIES)
    assert {entry["id"] for group in document.values() for entry in group} <= {prompt.id for prompt in SHIPPED}
    assert all(len(entry["short"]) <= 60 for group in document.values() for entry in group)


@pytest.mark.parametrize("language", ["en", "en_GB", "tlh", "../en", "", "x" * 99])
def test_a_language_that_does_not_ship_gives_english(language: str) -> None:
    assert SHIPPED == prompts.shipped(language)


@pytest.mark.parametrize("set_to", ["de_DE.UTF-8", "tlh:en", "C", ""])
def test_the_system_s_language_is_followed(monkeypatch: pytest.MonkeyPatch, set_to: str) -> None:
    monkeypatch.setenv("LANGUAGE", set_to)
    assert [one.id for one in SHIPPED] == [one.id for one in prompts.shipped()]


def test_a_system_that_names_no_language_gets_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert SHIPPED == prompts.shipped()


# ---------------------------------------------------------------------------------------------------------- the library


def test_the_library_holds_shipped_and_own_prompts_by_category() -> None:
    mine = prompts.own_prompt("mine", "opening", "", "What brings you?")
    whole = prompts.library("en", own=[mine])
    assert {*SHIPPED, mine} == set(whole)
    order = list(CATEGORIES)
    places = [order.index(one.category) for one in whole]
    assert sorted(places) == places


def test_a_prompt_switched_off_stays_in_the_library_and_is_never_drawn() -> None:
    silence = [one.id for one in SHIPPED if one.category == "silence"]
    whole = prompts.library("en", off=[*silence[1:], "no-such-prompt"])
    assert len(SHIPPED) == len(whole)
    assert [silence[0]] * 9 == [drawn.id for seed in range(9) if (drawn := prompts.choose(whole, "silence", [], seed))]


# -------------------------------------------------------------------------------------------------------------- drawing


def test_the_same_seed_draws_the_same_prompt() -> None:
    first = prompts.choose(SHIPPED, "process_check", ["check-pace"], "session-7")
    assert first == prompts.choose(reversed(SHIPPED), "process_check", ["check-pace"], "session-7")


def test_the_id_of_a_session_is_a_seed() -> None:
    session_id = UUID(int=7)
    first = prompts.choose(SHIPPED, "process_check", [], session_id)
    assert first == prompts.choose(SHIPPED, "process_check", [], UUID(int=7))
    assert first == prompts.choose(SHIPPED, "process_check", [], str(session_id))


def test_different_seeds_draw_different_prompts() -> None:
    assert len({prompts.choose(SHIPPED, "process_check", [], seed) for seed in range(40)}) > 8


def test_only_the_category_asked_for_is_drawn() -> None:
    both = deck(3) + deck(3, "closing")
    assert {"closing"} == {one.category for seed in range(20) if (one := prompts.choose(both, "closing", [], seed))}


def test_with_nothing_to_draw_nothing_is_drawn() -> None:
    assert None is prompts.choose(deck(3), "closing", [], 1)
    assert None is prompts.choose([], "opening", ["opening-1"], 1)


def test_a_single_prompt_is_drawn_again_and_again() -> None:
    assert deck(1)[0] == prompts.choose(deck(1), "opening", ["opening-0", "opening-0"], 1)


def test_asking_again_for_a_prompt_does_not_begin_a_new_round() -> None:
    used = ["opening-0", "opening-1", "opening-0", "opening-0"]
    assert "opening-2" == getattr(prompts.choose(deck(3), "opening", used, 5), "id", None)


def test_a_prompt_that_is_gone_does_not_disturb_the_round() -> None:
    used = ["gone", "opening-0", "closing-1", "opening-1", "gone"]
    assert "opening-2" == getattr(prompts.choose(deck(3), "opening", used, 5), "id", None)


@given(st.integers(1, 9), st.lists(st.integers(), min_size=1, max_size=40))
def test_all_are_used_before_any_comes_again_and_none_twice_in_a_row(count: int, seeds: list[int]) -> None:
    used: list[str] = []
    for seed in seeds:
        drawn = prompts.choose(deck(count), "opening", used, seed)
        assert drawn is not None
        used.append(drawn.id)
    for start in range(0, len(used), count):
        round_ = used[start : start + count]
        assert len(round_) == len(set(round_))
    if count > 1:
        assert [] == [one for one, following in pairwise(used) if one == following]


@given(st.lists(st.sampled_from([*(one.id for one in deck(5)), "gone"]), max_size=30), st.integers())
def test_whatever_was_used_something_is_drawn_and_not_the_last_again(used: list[str], seed: int) -> None:
    drawn = prompts.choose(deck(5), "opening", used, seed)
    assert drawn in deck(5)
    assert drawn is not None
    assert [drawn.id] != [one for one in used if one != "gone"][-1:]


# -------------------------------------------------------------------------------------------------------- one's own


def test_an_own_prompt_is_tidied() -> None:
    expected = Prompt("mine", "closing", "What now?", "What now,\nafter all?", own=True)
    assert expected == prompts.own_prompt("mine", "closing", "  What \n now? ", " What now,\nafter all? ")


def test_a_short_full_wording_serves_as_the_short_line() -> None:
    assert "What brings you?" == prompts.own_prompt("mine", "opening", " ", "What brings\nyou?").short


@pytest.mark.parametrize(
    ("category", "short", "text", "sentence"),
    [
        ("weather", "a", "b", "Choose where the prompt belongs."),
        ("opening", "What brings you?", " \n", "A prompt needs its words."),
        ("opening", "x" * 61, "b", "The bar has room for 60 characters; the short line has 61."),
        ("opening", "", "x" * 75, "The bar has room for 60 characters; the short line has 75."),
        ("opening", "a", "x" * 100_001, "A prompt has room for 100000 characters."),
    ],
)
def test_an_impossible_own_prompt_is_refused(category: str, short: str, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        prompts.own_prompt("mine", category, short, text)
    assert sentence == caught.value.sentence


def test_sixty_characters_still_fit() -> None:
    assert "x" * 60 == prompts.own_prompt("mine", "opening", "x" * 60, "b").short


# ------------------------------------------------------------------------------------------------------ checklist texts

CHECKLISTS = sorted((resources() / "checklists").glob("*.toml"))
EVIDENCE = {"", "promises_kept", "promises_released", "process_checks", "focus_used", "sessions_held"}


@pytest.mark.parametrize("file", CHECKLISTS, ids=lambda file: file.stem)
def test_the_checklists_hold_their_items_with_keys_and_evidence(file: Path) -> None:
    document = tomllib.loads(file.read_text("utf-8"))
    items = {name: [(item["key"], item["evidence"]) for item in table["item"]] for name, table in document.items()}
    assert ["confidentiality", "role", "needs", "frame"] == [key for key, _evidence in items["first_session"]]
    assert ["", "promises_kept", "process_checks", "", "focus_used"] == [one for _key, one in items["weekly_clients"]]
    assert 5 == len(items["weekly_self"])
    for name, table in document.items():
        keys = [key for key, _evidence in items[name]]
        assert len(keys) == len(set(keys))
        assert {evidence for _key, evidence in items[name]} <= EVIDENCE
        assert table["title"]
        assert table["intro"]
        assert all(item["text"].endswith((".", "?")) for item in table["item"])


def test_the_checklists_ship() -> None:
    assert "en" in [file.stem for file in CHECKLISTS]
