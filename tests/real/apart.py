"""A process that works the blockers of an environment, as the guardian does, told so line by line.

libgio reads the environment once for a process; a blocker that releases itself has to be seen to do so at a kill.
"""

import json
import select
import subprocess
import sys
from typing import Any

PATIENCE = 20.0


class Apart:
    """The near end. Each method does what the blocker's method of that name does; Failed comes as ``Refusal``."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.real.apart"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def chosen(self) -> list[list[str]]:
        """Name and way of the blockers that fit."""
        answer: list[list[str]] = self._ask(["chosen"])
        return answer

    def do(self, name: str, way: str, method: str, *arguments: Any) -> Any:
        """Call a method of a blocker, which stays the same as long as the process lives."""
        return self._ask([name, way, method, *arguments])

    def kill(self) -> None:
        """End it at once, so that it can put nothing back."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()

    def _ask(self, line: list[Any]) -> Any:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(line) + "\n")
        stdin.flush()
        assert select.select([stdout], [], [], PATIENCE)[0], f"nothing came back for {line}"
        answer, refused = json.loads(stdout.readline())
        if refused is not None:
            raise RefusedThere(refused)
        return answer


class RefusedThere(Exception):
    """The blocker raised Failed, with this sentence."""


def main() -> None:
    """The far end: answer ``[answer, None]`` or ``[None, sentence]`` to each line."""
    from coachdesk.focus.blockers import Failed
    from coachdesk.focus.linux import Linux

    system, held = Linux(), {}
    for line in sys.stdin:
        told = json.loads(line)
        try:
            if told == ["chosen"]:
                answer: Any = [[one.name, one.way] for one in system.blockers()]
            else:
                name, way, method, *arguments = told
                blocker = held.setdefault((name, way), system.find(name, way))
                answer = call(blocker, method, arguments)
            print(json.dumps([answer, None]), flush=True)
        except Failed as refused:
            print(json.dumps([None, refused.sentence]), flush=True)


def call(blocker: Any, method: str, arguments: list[Any]) -> Any:
    """The method's answer in JSON values; a plan comes and a support goes as JSON too."""
    from coachdesk.focus.blockers import Support
    from coachdesk.focus.plan import Plan

    if method in ("capture", "apply"):
        arguments[0] = Plan.of_json(arguments[0])
    answer = getattr(blocker, method)(*arguments)
    return [answer.level, answer.why] if isinstance(answer, Support) else answer


if __name__ == "__main__":
    main()
