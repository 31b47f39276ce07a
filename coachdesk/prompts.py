"""The prompt library: words that come with CoachDesk and one's own; draw one without repeating."""

import os
import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coachdesk.errors import Refused
from coachdesk.paths import resources
from coachdesk.words import N_, _

CATEGORIES: Mapping[str, str] = {
    "opening": N_("Opening"),
    "process_check": N_("Process check"),
    "reflective_listening": N_("Listening and saying back"),
    "open_question": N_("Open questions"),
    "naming_emotion": N_("Giving it a name"),
    "silence": N_("Silence"),
    "strain_repair": N_("Strain and repair"),
    "sharing": N_("Sharing something of one's own"),
    "commitment": N_("Commitment"),
    "closing": N_("Closing"),
    "arrival": N_("Arriving (to oneself)"),
    "self": N_("For oneself"),
}
"""Categories in the order of the library, with their titles; ``_`` them where they are shown."""

LONGEST_SHORT = 60
"""Characters the presence bar has room for."""
LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class Prompt:
    """Words to say in a session, or to oneself."""

    id: str
    category: str
    short: str
    """At most 60 characters: what the presence bar shows."""
    text: str
    """The full wording."""
    own: bool = False
    off: bool = False
    """Switched off by the coach: shown in the library, never drawn."""


def shipped(language: str = "") -> tuple[Prompt, ...]:
    """The prompts that came with CoachDesk, in a language such as ``de`` or ``pt_BR``; empty follows the system.

    Where a language, or a prompt in it, is missing, the English one is given.
    """
    codes = [language] if language else _system_languages()
    names = [name for code in codes for name in (code.partition(".")[0], code.partition("_")[0])]
    translated = next((found for name in names if (found := _read(name))), {})
    return tuple(translated.get(prompt.id, prompt) for prompt in _read("en").values())


def _system_languages() -> list[str]:
    """Asked in the same order as gettext asks."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].split(":")
    return []


@lru_cache
def _read(language: str) -> dict[str, Prompt]:
    path = resources() / "prompts" / f"{language}.toml"
    if not re.fullmatch(r"[A-Za-z_]{2,12}", language) or not path.is_file():
        return {}
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        entry["id"]: Prompt(entry["id"], category, entry["short"], entry["text"])
        for category in CATEGORIES
        for entry in document.get(category, [])
    }


def library(language: str = "", off: Iterable[str] = (), own: Iterable[Prompt] = ()) -> tuple[Prompt, ...]:
    """All prompts by category: the shipped ones, those in ``off`` marked as switched off, then one's own."""
    unwanted = frozenset(off)
    everything = [*(replace(prompt, off=prompt.id in unwanted) for prompt in shipped(language)), *own]
    order = list(CATEGORIES)
    return tuple(sorted(everything, key=lambda prompt: order.index(prompt.category)))


def choose(prompts: Iterable[Prompt], category: str, used: Sequence[str], seed: object) -> Prompt | None:
    """Draw a prompt of the category; the same arguments always draw the same one. None if there is none to draw.

    ``seed`` is anything with a lasting text, such as the session's id; ``used`` holds the ids drawn before, earliest
    first. Every prompt comes once before any comes again, and a new round does not begin with the one that ended the
    last.
    """
    there = {prompt.id: prompt for prompt in prompts if prompt.category == category and not prompt.off}
    before = [one for one in used if one in there]
    waiting = sorted(there.keys() - _this_round(before, len(there)))
    if len(waiting) > 1 and before and before[-1] in waiting:
        waiting.remove(before[-1])
    return there[random.Random(str(seed)).choice(waiting)] if waiting else None


def _this_round(before: Sequence[str], size: int) -> set[str]:
    """What was drawn since all were drawn last."""
    drawn: set[str] = set()
    for one in before:
        drawn.add(one)
        if len(drawn) == size:
            drawn = set()
    return drawn


def own_prompt(prompt_id: str, category: str, short: str, text: str, off: bool = False) -> Prompt:
    """One's own prompt, its words tidied. Raises Refused with a sentence.

    Left empty, the short line is taken from the full wording if that is short enough.
    """
    if category not in CATEGORIES:
        raise Refused(_("Choose where the prompt belongs."))
    full = text.strip()
    if not full:
        raise Refused(_("A prompt needs its words."))
    if len(full) > LONGEST_TEXT:
        raise Refused(_("A prompt has room for {longest} characters.").format(longest=LONGEST_TEXT))
    line = " ".join((short.strip() or full).split())
    if len(line) > LONGEST_SHORT:
        wording = _("The bar has room for {longest} characters; the short line has {length}.")
        raise Refused(wording.format(longest=LONGEST_SHORT, length=len(line)))
    return Prompt(prompt_id, category, line, full, own=True, off=off)
