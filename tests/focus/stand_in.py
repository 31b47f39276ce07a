"""A computer in a file, so that a guardian in another process, and the test, see the same settings.

With FOLDER COMPUTER --guardian it is a guardian, as ``coachdesk --guardian`` is; with ``undo``, ``recover``,
``status`` or ``end`` after these, another CoachDesk that is asked for this; with ``app``, the app itself, which enters
focus mode, tells how it stands line by line, and does what it is told: ``leave``, ``fail`` (with an exception) and
``quit``.
"""

import json
import sys
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from coachdesk.errors import Refused
from coachdesk.focus import guardian, recovery
from coachdesk.focus.blockers import FakeSystem
from coachdesk.focus.mode import Mode
from coachdesk.focus.plan import App, Plan
from coachdesk.focus.recovery import GUARDIAN
from coachdesk.storage import disk
from tests import program_under_test

BEFORE = {"banners": "on", "proxy mode": "none", "own": "thing"}
"""A computer before focus mode."""
PLAN = Plan(3600.0, ("notifications", "awake", "apps"), apps=(App("chat", "Chat"),), at_login=False)


class Settings(MutableMapping[str, str]):
    """A dictionary in a file, read anew each time and written in one step."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _all(self) -> dict[str, str]:
        return json.loads(self.path.read_text("utf-8")) if self.path.exists() else {}

    def __getitem__(self, key: str) -> str:
        return self._all()[key]

    def __setitem__(self, key: str, value: str) -> None:
        disk.write(self.path, json.dumps({**self._all(), key: value}).encode())

    def __delitem__(self, key: str) -> None:
        left = self._all()
        del left[key]
        disk.write(self.path, json.dumps(left).encode())

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def computer(path: Path) -> FakeSystem:
    """The computer in a file."""
    return FakeSystem(Settings(path))


def command(folder: Path, path: Path, *asked: str) -> list[str]:
    """Starts a guardian for it, or another CoachDesk; from source wherever it is started."""
    if program_under_test.frozen() is not None:
        return program_under_test.module("tests.focus.stand_in", str(folder), str(path), *(asked or [GUARDIAN]))
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent.parent)!r}); "
    return [
        sys.executable, "-P", "-c", start + "from tests.focus import stand_in; sys.exit(stand_in.main(sys.argv[1:]))",
        str(folder), str(path), *(asked or [GUARDIAN]),
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Be what the arguments ask for."""
    folder, path, *asked = arguments
    system = computer(Path(path))
    if asked == [GUARDIAN]:
        return guardian.run(system, Path(folder))
    if asked == ["app"]:
        return app(Mode(Path(folder), command(Path(folder), Path(path)), system))
    try:
        if asked[0] in ("status", "end"):
            return 0 if getattr(recovery, asked[0])(Path(folder)) is not None else 1
        getattr(recovery, asked[0])(Path(folder), system)
    except Refused:
        return 1
    return 0


def app(focus: Mode) -> int:
    """Be the app."""
    focus.listeners.append(lambda state: print(state.phase, state.sentence, flush=True))
    focus.enter(PLAN)
    for line in sys.stdin:
        if line.strip() == "leave":
            focus.leave()
        elif line.strip() == "fail":
            raise ZeroDivisionError
        elif line.strip() == "quit":
            focus.close()
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
