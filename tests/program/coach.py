"""Coaches in processes of their own: each types, marks, promises, pauses, ends and closes, until the process is killed.

What has been taken by the desk is told on a pipe the moment it was, so that the test knows what must still be there.
Each line of the standard input, a number that chance grows from, makes one coach by a fork.
Keys go into the real drafted fields of the window, on Qt's offscreen platform.
"""

import json
import os
import random
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

WITH = (
    *("PySide6.QtTest", "coachdesk.ui.widgets.fields", "coachdesk.machine.here", "coachdesk.sitting"),
    *(f"coachdesk.practice.{name}" for name in ("clients", "commitments", "drafts", "marks", "notes", "sessions")),
)
"""What all coaches need; imported once, before the first is born."""
PLACES = (("session", "focus_line"), ("close", "what_mattered"), ("note", "body"))


class Coach:
    """Does one small thing after another, each chosen by chance."""

    def __init__(self, folder: Path, key: bytes, pipe: int, seed: int) -> None:
        from PySide6.QtWidgets import QApplication

        from coachdesk import paths
        from coachdesk.desk import Desk
        from coachdesk.machine.here import here
        from coachdesk.sitting import Sitting

        self._app = QApplication([])
        self._pipe, self._chance, self._count = pipe, random.Random(seed), 0
        self._machine = here()
        self.desk = Desk(self._machine, paths.Home(folder))
        self.desk.open(key)
        self.sitting = Sitting(self.desk, self._machine)
        self._fields: list[Any] = []

    def work(self) -> None:
        """Coach until killed."""
        from PySide6.QtTest import QTest

        self._take_up()
        self._sit_down()
        things = [self._type] * 8 + [self._mark, self._promise, self._jot, self._pause, self._tick, self._close]
        while True:
            self._chance.choice(things)()
            QTest.qWait(self._chance.randrange(5, 40))

    def tell(self, what: str, **facts: Any) -> None:
        """Say that something is done."""
        now = self._machine.now()
        line = json.dumps({"what": what, "awake": now.awake, "at": now.at.isoformat(), **facts})
        os.write(self._pipe, line.encode() + b"\n")

    def _take_up(self) -> None:
        from coachdesk.practice import clients, sessions

        row = self.desk.read(sessions.running)
        if row is not None:
            self.sitting.adopt()
            self.tell("resumed", elapsed=self.desk.read(sessions.clock_of, row).elapsed(self._machine.now()))
            return
        client = (self.desk.read(clients.present) or [self.desk.do(clients.add, "Planted Person")])[0]
        row = self.sitting.begin(client.id, minutes=50)
        self.tell("begun", session=row.id, client=client.id)

    def _sit_down(self) -> None:
        from coachdesk.practice import sessions
        from coachdesk.ui.widgets.fields import DraftText

        row = self.desk.read(sessions.running)
        assert row is not None
        self._session, self._client = row.id, row.client_id
        for screen, name in PLACES:
            field = DraftText(self.desk, screen, name, name)
            field.about(row.id)
            field.show()
            self.tell("found", place=[screen, row.id, name], text=field.typed_text)
            self._fields.append((field, [screen, row.id, name]))

    def _word(self) -> str:
        self._count += 1
        return self._chance.choice(["river", "מים", "вода", "水", "🌊"]) + f"-{os.getpid()}-{self._count}"

    def _type(self) -> None:
        from PySide6.QtTest import QTest

        field, place = self._chance.choice(self._fields)
        QTest.keyClicks(field, " w")
        field.insertPlainText(self._word())
        self.tell("typed", place=place, text=field.typed_text)

    def _mark(self) -> None:
        from coachdesk.practice import marks

        self.tell("marked", id=self.desk.do(marks.mark).id)

    def _promise(self) -> None:
        from coachdesk.practice import commitments

        row = self.desk.do(commitments.add, self._client, self._word(), session_id=self._session)
        self.tell("promised", id=row.id, text=row.text)

    def _jot(self) -> None:
        from coachdesk.practice import notes

        row = self.desk.do(notes.jot, self._word())
        self.tell("jotted", id=row.id, text=row.body)

    def _pause(self) -> None:
        from coachdesk.practice import sessions

        paused = self.desk.read(sessions.running)
        assert paused is not None
        self.desk.do(sessions.resume if paused.state == "paused" else sessions.pause)
        self.tell("resumed counting" if paused.state == "paused" else "paused")

    def _tick(self) -> None:
        self.sitting.tick()
        self.tell("ticked")

    def _close(self) -> None:
        """End the session, close it with what was typed, and begin the next."""
        from coachdesk.practice import sessions

        if self._chance.random() < 0.8:
            return
        row = self.sitting.end()
        self.tell("ended", session=row.id, elapsed=row.elapsed_seconds)
        words = {place[2]: field.typed_text.strip() for field, place in self._fields if place[2] != "body"}
        self.desk.do(sessions.close, row.id, **words)
        self.tell("closed", session=row.id, **words)
        for field, _place in self._fields:
            field.cleared()
            field.deleteLater()
        self._fields.clear()
        self.tell("cleared", session=row.id)
        self._take_up()
        self._sit_down()


def main(folder: Path, key: bytes) -> None:
    """Make coaches, one at a time, and tell when each is born and gone."""
    for name in WITH:
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                os.write(1, json.dumps({"what": "born", "pid": os.getpid()}).encode() + b"\n")
                Coach(folder, key, 1, int(line)).work()
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(3)
        _, status = os.waitpid(child, 0)
        gone = {"what": "gone", "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None}
        os.write(1, b"\n" + json.dumps(gone).encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
