"""A computer in a file, so that a guardian in another process, and the test, see the same settings.

``python -m tests.focus.stand_in FOLDER COMPUTER`` is a guardian for it, as ``coachdesk --guardian`` is for a real one;
with ``undo`` or ``recover`` after it, it is another CoachDesk that is asked for this.
"""

import json
import sys
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from coachdesk.focus import guardian, recovery
from coachdesk.focus.blockers import FakeSystem
from coachdesk.storage import disk


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
    """Starts a guardian for it, or another CoachDesk."""
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent.parent)!r}); "
    return [
        sys.executable, "-P", "-c", start + "from tests.focus import stand_in; sys.exit(stand_in.main(sys.argv[1:]))",
        str(folder), str(path), *asked,
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Be what the arguments ask for."""
    folder, path, *asked = arguments
    system = computer(Path(path))
    if asked:
        getattr(recovery, asked[0])(Path(folder), system)
        return 0
    return guardian.run(system, Path(folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
