"""The eight ICF core competencies: their names unchanged, a sentence of ours about each.

Source of the names: ICF Core Competencies, updated 2025 (coachingfederation.org). They are something to notice a week
by; ICF itself says that they are no checklist, so nothing here counts or scores them.
"""

from dataclasses import dataclass

from coachdesk.words import N_, _

NUMBERS = range(1, 9)


@dataclass(frozen=True)
class Competency:
    """One of the eight: its number, its name as ICF has it, what it is about in our words (to be translated)."""

    number: int
    name: str
    sentence: str

    @property
    def about(self) -> str:
        """What it is about, in the person's language."""
        return _(self.sentence)


EVERY = (
    Competency(
        1,
        "Demonstrates Ethical Practice",
        N_("Honest about what coaching is, careful with what is confided, and ready to send someone elsewhere."),
    ),
    Competency(
        2,
        "Embodies a Coaching Mindset",
        N_("Curious, still learning, and looking after myself so that I arrive with room for somebody else."),
    ),
    Competency(
        3,
        "Establishes and Maintains Agreements",
        N_("Clear together about the work as a whole, and about what this one conversation is for."),
    ),
    Competency(
        4,
        "Cultivates Trust and Safety",
        N_("A place in which a person can be as they are, and say so when something is not right between us."),
    ),
    Competency(5, "Maintains Presence", N_("All here, at ease with silence and with not knowing.")),
    Competency(
        6,
        "Listens Actively",
        N_("Hearing what is said, how it is said and what is left out, and giving it back."),
    ),
    Competency(
        7,
        "Evokes Awareness",
        N_("A question, a silence or an image after which something is seen that was not seen before."),
    ),
    Competency(
        8,
        "Facilitates Client Growth",
        N_("What was seen becomes a step the client chooses, and progress is acknowledged."),
    ),
)


def name_of(number: int) -> str:
    """The name of a competency, 1 to 8."""
    return EVERY[number - 1].name
