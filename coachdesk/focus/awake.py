"""Keeping the screen on while focus mode lasts, in a way that ends with the process that asked for it.

wakepy 1.0 asks Windows by SetThreadExecutionState, which ends with its thread; macOS by ``caffeinate -d cat``, whose
``cat`` ends when the pipe from us does; Linux by ``Inhibit`` of the session manager or the screen saver, which watch
who asked (idle-inhibit specification, chapter 3). So there is nothing to put back for a process that was killed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coachdesk.focus.blockers import YES, Before, Failed, Support
from coachdesk.focus.plan import Plan
from coachdesk.words import _

if TYPE_CHECKING:
    from wakepy import DBusAdapter

Release = Callable[[], None]
"""Lets the screen go dark again; called once."""


def by_wakepy(dbus: "type[DBusAdapter] | None" = None) -> Release:
    """Keep the screen on by what wakepy finds here; raises Failed where it finds nothing.

    ``dbus`` is how it is to reach the bus on Linux. wakepy is imported here and not before: it takes 60 ms.
    """
    from wakepy import keep

    mode = keep.presenting(on_fail="pass", dbus_adapter=dbus)
    mode.__enter__()
    if not mode.active:
        mode.__exit__(None, None, None)
        raise Failed(may_go_dark())

    def release() -> None:
        mode.__exit__(None, None, None)

    return release


def may_go_dark() -> str:
    """What is to be known where the screen cannot be kept on."""
    return _("The screen may go dark by itself; this system offers no way to prevent it.")


class Awake:
    """The blocker "awake": holds the wish that the screen stay on."""

    name = "awake"
    way = "wakepy"

    def __init__(self, support: Callable[[], Support] = lambda: YES, hold: Callable[[], Release] = by_wakepy) -> None:
        """``support`` is what the system knows of itself; ``hold`` how it keeps the screen on, or raises Failed."""
        self._support = support
        self._hold = hold
        self._release: Release | None = None

    def available(self) -> Support:
        """As the system says."""
        return self._support()

    def observe(self) -> Before:
        """Whether we hold it on; who else does, no system tells."""
        return {"held": self._release is not None}

    def capture(self, plan: Plan) -> Before:  # noqa: ARG002
        """Nothing: it ends with this process."""
        return {}

    def apply(self, plan: Plan, before: Before) -> None:  # noqa: ARG002
        """Hold the screen on; holding it twice is holding it once. Raises Failed."""
        if self._release is None:
            self._release = self._hold()

    def is_ours(self, before: Before) -> bool:  # noqa: ARG002
        """Whether we hold it on."""
        return self._release is not None

    def restore(self, before: Before) -> None:  # noqa: ARG002
        """Let go. Raises Failed where the system does not let us; then the end of this process does it."""
        release, self._release = self._release, None
        if release is None:
            return
        try:
            release()
        except RuntimeError:
            raise Failed(_("The screen stays on until CoachDesk ends.")) from None

    def by_hand(self, before: Before) -> str:  # noqa: ARG002
        """Nothing to do: it ends with the process that held it."""
        return ""
