"""Throw-away records: an example practice that only this person can open, and that is gone afterwards."""

import sqlite3
from pathlib import Path

import pytest

from coachdesk import settings
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.practice import brief, clients, commitments, sessions
from coachdesk.rehearse.stage import throw_away


def test_five_made_up_people_have_a_history(clock: Still) -> None:
    with throw_away(clock, minutes=60) as stage:
        desk = Desk(clock, stage.home)
        desk.open(stage.key)
        try:
            known = desk.read(brief.brief, stage.client_id)
            assert 5 == len(desk.read(clients.present))
            assert 1 == len(desk.read(sessions.to_close))
            assert desk.read(sessions.running) is None
            assert {"coach", "client"} == {each.owner for each in desk.read(commitments.open_ones)}
        finally:
            desk.close()
    assert (4, 60, ["strain"]) == (
        known.session_number, known.coming.planned_minutes, [mark.kind for mark in known.strains],
    )  # fmt: skip
    assert all([known.promises, known.steps, known.threads, known.lines, known.agreement, known.client.call_link])


def test_nobody_else_can_look_into_them(clock: Still) -> None:
    with throw_away(clock) as stage:
        assert 0o700 == stage.home.root.stat().st_mode & 0o777
        assert not stage.home.keys.exists()
        assert b"Mara" not in b"".join(path.read_bytes() for path in stage.home.root.rglob("*") if path.is_file())
        plain = sqlite3.connect(stage.home.records)
        with pytest.raises(sqlite3.DatabaseError):
            plain.execute("SELECT * FROM client")
        plain.close()


def test_they_are_gone_afterwards_whatever_happened(clock: Still) -> None:
    seen: list[Path] = []

    def break_off() -> None:
        with throw_away(clock) as stage:
            seen.append(stage.home.root)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert [False] == [root.exists() for root in seen]


def test_the_coachs_own_settings_come_along(clock: Still) -> None:
    own = settings.changed(settings.Settings(), "shortcuts.mark", "Ctrl+Alt+F9")
    with throw_away(clock, settings=own) as stage:
        assert "Ctrl+Alt+F9" == settings.load(stage.home.settings).shortcuts.mark
