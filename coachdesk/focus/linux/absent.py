"""The blocker of a desktop that offers no way."""

from dataclasses import dataclass

from coachdesk.focus.blockers import Before, Failed, Support
from coachdesk.focus.plan import Plan


@dataclass(frozen=True)
class Absent:
    """Stays loud, and says why."""

    name: str
    why: str
    way: str = "none"

    def available(self) -> Support:
        """Never."""
        return Support("no", self.why)

    def observe(self) -> Before:
        """Nothing that could be changed."""
        return {}

    def capture(self, plan: Plan) -> Before:  # noqa: ARG002
        """Raises Failed."""
        raise Failed(self.why)

    def apply(self, plan: Plan, before: Before) -> None:  # noqa: ARG002
        """Raises Failed."""
        raise Failed(self.why)

    def is_ours(self, before: Before) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def restore(self, before: Before) -> None:
        """Does nothing."""

    def by_hand(self, before: Before) -> str:  # noqa: ARG002
        """Nothing is to be put back."""
        return ""
