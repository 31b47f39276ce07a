"""No byte of a forgotten client stays: not in the records, their log, the search index, nor in a copy."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest
from sqlmodel import SQLModel, select

from coachdesk.clock import Now, Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.paths import Home
from coachdesk.practice import clients, duties_told, forget, notes, sessions
from coachdesk.practice.forget import Erasure
from coachdesk.practice.hours import HoursNoted
from coachdesk.storage import backup, cipher, erase, header, keys, removal, store
from tests import planted
from tests.conftest import KEY
from tests.storage.conftest import everything, killed_at_every_step, no_room

SHARES = 8
"""Among so many tests the steps of one long action are dealt out, so that several can run side by side."""
Planting = tuple[str, dict[str, str]]
"""A client's id, and the word in each text."""


@pytest.fixture
def planting(desk: Desk) -> Planting:
    """A client with a word in every text."""
    return desk.do(planted.plant)


def keep_copies(desk: Desk, clock: Still) -> None:
    """A backup, one before a migration, a file from before a restore, and one put aside as damaged that is whole."""
    backup.back_up(desk.store, desk.home.backups, clock.now())
    taken = backup.backups(desk.home.backups)[0].path
    shutil.copyfile(taken, desk.home.backups / "before-migration-0001-2026-01-01T00-00-00Z.db")
    for ending in (".before-restore-2026-01-02T00-00-00Z", ".damaged-2026-01-03T00-00-00Z"):
        shutil.copyfile(taken, desk.home.root / f"records.db{ending}")
    shutil.copyfile(taken, desk.home.backups / "copied by hand")
    clock.advance(1)


def churn(desk: Desk, client_id: str) -> None:
    """Write and remove again, so that pages are rearranged and freed."""
    with desk.store.session() as db:
        session = db.exec(select(sessions.Session).where(sessions.Session.client_id == client_id)).first()
    made = [
        desk.do(notes.add, session.id, f"{planted.word('churned')} {n} " + "more " * (n * 37 % 900)) for n in range(60)
    ]
    for note in made[::2]:
        desk.do(notes.remove, note.id)


class TestNoByteStays:
    def test_a_client_has_a_row_in_every_table_in_which_they_can(self, desk: Desk, planting: Planting) -> None:
        nobodys = {
            "checklist", "checklist_item", "prompt", "reflection", "reflection_answer", "setting_private", "erasure",
        }  # fmt: skip
        assert {*SQLModel.metadata.tables} - nobodys == {*everything_about(desk, planting[0])}

    def test_the_words_are_found_before_and_nowhere_after(self, desk: Desk, clock: Still, planting: Planting) -> None:
        client_id, words = planting
        words = {**words, "churned": planted.word("churned")}
        churn(desk, client_id)
        keep_copies(desk, clock)
        before = planted.found(desk.home.root, KEY, words)
        assert {*words} == set().union(*before.values())
        assert 7 <= len(before), "records, log, backup, before a migration, a restore, damaged, copied by hand"

        desk.do(forget.forget, client_id)
        assert [client_id] == erase.unfinished(desk.home, KEY)
        report = erase.finish(desk.home, KEY, clock.now())

        assert {} == planted.found(desk.home.root, KEY, words)
        assert (5, (), ()) == (len(report.rewritten), report.removed, report.left)
        assert [] == erase.unfinished(desk.home, KEY)
        assert [] == store.check(desk.store, quick=False)
        for path in report.rewritten:
            assert backup.verify(path, KEY)["client"] == 0

    def test_deleting_alone_would_leave_some(self, desk: Desk, planting: Planting) -> None:
        desk.do(forget.forget, planting[0])
        assert planted.found(desk.home.root, KEY, planting[1])

    def test_others_keep_everything(self, desk: Desk, clock: Still, planting: Planting) -> None:
        other, words = desk.do(planted.plant, 1)
        before = everything_about(desk, other)
        keep_copies(desk, clock)
        desk.do(forget.forget, planting[0])
        erase.finish(desk.home, KEY, clock.now())

        assert before == everything_about(desk, other)
        after = planted.found(desk.home.root, KEY, words)
        assert all({*words} == {*places} for places in after.values())
        assert 6 == len(after)


def everything_about(desk: Desk, client_id: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a client, by table."""
    connection = desk.store.connection()
    try:
        gone = removal.belonging(connection, "client", client_id)
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table} WHERE id IN ({','.join('?' * len(ids))})", [*ids]))
            for table, ids in gone.items()
        }
    finally:
        connection.close()


class TestCopies:
    def test_a_backup_without_the_client_is_not_touched(self, desk: Desk, clock: Still) -> None:
        taken = backup.back_up(desk.store, desk.home.backups, clock.now())
        ada = desk.do(clients.add, "Ada")
        before = taken.read_bytes()
        desk.do(forget.forget, ada.id)
        assert () == erase.finish(desk.home, KEY, clock.now()).rewritten
        assert before == taken.read_bytes()

    def test_a_rewritten_backup_keeps_its_date_and_knows_of_the_erasure_and_the_hours(
        self, desk: Desk, clock: Still, planting: Planting
    ) -> None:
        keep_copies(desk, clock)
        taken = backup.backups(desk.home.backups)[0]
        written = taken.path.stat().st_mtime_ns
        desk.do(forget.forget, planting[0], keep_hours=True)
        erase.finish(desk.home, KEY, clock.now())

        assert (taken.path, taken.at) == (
            backup.backups(desk.home.backups)[0].path,
            backup.backups(desk.home.backups)[0].at,
        )
        assert written == taken.path.stat().st_mtime_ns
        with desk.store.session() as db:
            kept = sorted(row.id for row in db.exec(select(HoursNoted)))
        opened = cipher.connect(taken.path, KEY, "ro")
        assert [(planting[0], 1)] == opened.execute("SELECT client_id, done_at IS NOT NULL FROM erasure").fetchall()
        assert [(each,) for each in kept] == opened.execute("SELECT id FROM hours_noted ORDER BY id").fetchall()
        opened.close()

    def test_one_taken_before_the_erasure_was_done_is_rewritten_too(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        desk.do(forget.forget, ada.id)
        taken = backup.back_up(desk.store, desk.home.backups, clock.now())
        assert (taken,) == erase.finish(desk.home, KEY, clock.now()).rewritten

    def test_a_file_that_cannot_be_read_is_told_and_the_erasure_stays_open(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        keep_copies(desk, clock)
        damaged = desk.home.root / "records.db.damaged-2026-01-03T00-00-00Z"
        damaged.write_bytes(damaged.read_bytes()[:5000])
        desk.do(forget.forget, ada.id)

        report = erase.finish(desk.home, KEY, clock.now())
        assert ((damaged,), 4) == (report.left, len(report.rewritten))
        assert [ada.id] == erase.unfinished(desk.home, KEY)
        assert [] == [kept for kept in erase.look(desk.home, KEY, [ada.id]) if kept.holds]

    def test_it_is_removed_once_the_coach_chose_so(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        damaged = desk.home.root / "records.db.damaged-2026-01-03T00-00-00Z"
        damaged.write_bytes(b"nothing that opens" * 300)
        damaged.with_name(damaged.name + "-wal").write_bytes(b"its log")
        desk.do(forget.forget, ada.id)

        report = erase.finish(desk.home, KEY, clock.now(), remove=[damaged])
        assert ((damaged,), ()) == (report.removed, report.left)
        assert [] == list(desk.home.root.glob("records.db.damaged*"))
        assert [] == erase.unfinished(desk.home, KEY)

    def test_or_it_is_left_and_the_erasure_is_done(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        damaged = desk.home.root / "records.db.damaged-2026-01-03T00-00-00Z"
        damaged.write_bytes(b"nothing that opens" * 300)
        desk.do(forget.forget, ada.id)
        assert (damaged,) == erase.finish(desk.home, KEY, clock.now(), leave=True).left
        assert [] == erase.unfinished(desk.home, KEY)
        assert damaged.exists()

    def test_a_log_put_aside_alone_cannot_be_read_either(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        log = desk.home.root / "records.db.damaged-log"
        log.write_bytes(b"a log of something")
        desk.do(forget.forget, ada.id)
        assert (log,) == erase.finish(desk.home, KEY, clock.now()).left

    def test_a_log_beside_a_file_put_aside_is_folded_in(self, desk: Desk, clock: Still, planting: Planting) -> None:
        aside = desk.home.root / "records.db.before-restore-2026-01-02T00-00-00Z"
        for log in ("", "-wal"):
            shutil.copyfile(desk.home.records.with_name(f"records.db{log}"), aside.with_name(aside.name + log))
        assert aside.with_name(aside.name + "-wal").stat().st_size
        desk.do(forget.forget, planting[0])
        assert (aside,) == erase.finish(desk.home, KEY, clock.now()).rewritten
        assert {} == planted.found(desk.home.root, KEY, planting[1])
        assert ["records.db.before-restore-2026-01-02T00-00-00Z"] == [p.name for p in desk.home.root.glob("*.before-*")]

    def test_a_second_name_of_the_records_is_taken_away_and_never_opened(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        twin = desk.home.root / "records.db.before-restore-2026-01-02T00-00-00Z"
        twin.hardlink_to(desk.home.records)
        desk.do(forget.forget, ada.id)
        assert erase.Report() == erase.finish(desk.home, KEY, clock.now())
        assert not twin.exists()

    def test_an_older_form_is_rewritten_as_well(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        keep_copies(desk, clock)
        older = desk.home.backups / "before-migration-0001-2026-01-01T00-00-00Z.db"
        connection = cipher.connect(older, KEY)
        connection.execute("DROP TABLE erasure")
        connection.execute("DROP TABLE hours_noted")
        connection.close()
        desk.do(forget.forget, ada.id, keep_hours=True)
        assert older in erase.finish(desk.home, KEY, clock.now()).rewritten
        assert 0 == backup.verify(older, KEY)["client"]

    def test_files_that_are_none_of_ours_are_left_alone(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        desk.home.backups.mkdir()
        (desk.home.backups / "reading.txt").write_text("a text")
        (desk.home.root / "settings.toml").write_text("")
        desk.do(forget.forget, ada.id)
        assert erase.Report() == erase.finish(desk.home, KEY, clock.now())
        assert "a text" == (desk.home.backups / "reading.txt").read_text()


class TestBrokenOff:
    def test_nothing_is_done_where_nobody_was_forgotten(self, desk: Desk, clock: Still) -> None:
        desk.close()
        before = everything(desk.home.root)
        assert erase.Report() == erase.finish(desk.home, KEY, clock.now())
        assert before == everything(desk.home.root)

    def test_no_folder_of_the_persons_own_is_looked_into_where_nobody_was_forgotten(
        self, desk: Desk, clock: Still, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (desk.home.backups / "2024" / "spring").mkdir(parents=True)
        looked_into: list[Path] = []
        scan = os.scandir

        def look_into(folder: str) -> Iterator[os.DirEntry[str]]:
            looked_into.append(Path(folder))
            return scan(folder)

        monkeypatch.setattr(os, "scandir", look_into)
        erase.finish(desk.home, KEY, clock.now())
        assert {desk.home.root, desk.home.backups} == {*looked_into}

    def test_what_a_restore_left_that_was_killed_goes_where_nobody_was_forgotten(
        self, desk: Desk, clock: Still
    ) -> None:
        left = [desk.home.root / f"records.db.restoring{ending}" for ending in ("", ".rewriting", ".rewriting.new")]
        for path in left:
            shutil.copyfile(desk.home.records, path)
        erase.finish(desk.home, KEY, clock.now())
        assert [] == [path for path in left if path.exists()]

    def test_a_full_disk_leaves_every_file_whole_and_the_erasure_open(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        keep_copies(desk, clock)
        desk.do(forget.forget, ada.id)
        with no_room(), pytest.raises(Refused, match=r"disk is full|reported an error"):
            erase.finish(desk.home, KEY, clock.now())
        assert [ada.id] == erase.unfinished(desk.home, KEY)
        assert [] == list(desk.home.root.rglob("*rewriting*"))
        erase.finish(desk.home, KEY, clock.now())
        assert [] == erase.unfinished(desk.home, KEY)

    def test_a_copy_in_a_folder_of_the_persons_own_is_reached_and_other_things_there_are_left(
        self, desk: Desk, clock: Still, planting: Planting
    ) -> None:
        taken = backup.back_up(desk.store, desk.home.backups, clock.now())
        folder = desk.home.backups / "2024" / "spring"
        folder.mkdir(parents=True)
        taken = taken.rename(folder / taken.name)
        shutil.copyfile(taken, folder / f"{taken.name}.rewriting")  # as a kill leaves it
        others = {"music.db", "records.db.zip"}
        for name in others:
            (folder / name).write_bytes(b"of another program" * 100)
        desk.do(forget.forget, planting[0])
        assert (taken,) == erase.finish(desk.home, KEY, clock.now()).rewritten
        assert {} == planted.found(desk.home.root, KEY, planting[1])
        assert {taken.name, *others} == {each.name for each in folder.iterdir()}
        assert [] == erase.unfinished(desk.home, KEY)

    @pytest.mark.usefixtures("junctions")
    def test_what_a_junction_leads_to_is_left(self, desk: Desk, clock: Still, tmp_path: Path) -> None:
        ada = desk.do(clients.add, "Ada")
        taken = backup.back_up(desk.store, tmp_path / "elsewhere", clock.now())
        before = taken.read_bytes()
        desk.home.backups.mkdir()
        (desk.home.backups / "old").symlink_to(taken.parent)
        desk.do(forget.forget, ada.id)
        assert erase.Report() == erase.finish(desk.home, KEY, clock.now())
        assert before == taken.read_bytes()

    def test_it_tells_how_far_it_is_and_can_be_broken_off(self, desk: Desk, clock: Still) -> None:
        ada = desk.do(clients.add, "Ada")
        keep_copies(desk, clock)
        desk.do(forget.forget, ada.id)
        told: list[float] = []

        def tell(share: float) -> None:
            told.append(share)
            if len(told) == 3:
                raise Refused("enough")

        with pytest.raises(Refused, match="enough"):
            erase.finish(desk.home, KEY, clock.now(), progress=tell)
        assert told == sorted(told)
        assert all(0 < share < 1 for share in told)
        assert 3 == len(erase.finish(desk.home, KEY, clock.now()).rewritten)

    @pytest.mark.parametrize("first", range(1, 1 + SHARES))
    def test_killed_at_any_step_a_client_is_there_or_forgotten_and_the_next_start_goes_on(
        self, desk: Desk, clock: Still, tmp_path: Path, first: int
    ) -> None:
        client_id, all_words = desk.do(planted.plant)
        words = {place: all_words[place] for place in ("client.name", "note.body", "canvas_line.text", "draft.text")}
        backup.back_up(desk.store, desk.home.backups, clock.now())
        shutil.copyfile(
            backup.backups(desk.home.backups)[0].path, desk.home.root / "records.db.before-restore-2026-01-02T00-00-00Z"
        )
        desk.close()
        template, now = tmp_path / "template", clock.now()
        shutil.copytree(desk.home.root, template)
        seen = {"there": 0, "forgotten": 0, "erased": 0}

        def again() -> None:
            shutil.rmtree(desk.home.root)
            shutil.copytree(template, desk.home.root)

        def forget_wholly() -> None:
            opened = Desk(clock, desk.home)
            opened.open(KEY)
            opened.do(forget.forget, client_id)
            erase.finish(desk.home, KEY, now)
            opened.close()

        for _step in killed_at_every_step(forget_wholly, again, may_write, range(first, 500, SHARES)):
            seen[state_after(desk.home, client_id, words, clock)] += 1
        assert "erased" == state_after(desk.home, client_id, words, clock), "the last one was not killed"
        assert seen["there"], seen
        assert seen["forgotten"], seen


WRITING = {"take_out", "scrub", "rewrite", "_change", "clear_away", "fold_log"}
READING = {"check", "readable", "stored", "connect", "get_isolation_level", "_safe_close_cursor"}
READING |= {name for name in vars(removal) if name not in WRITING}
READING |= {"_has", "_rows", "_has_client", "_holds", "check"}
"""Functions that ask the database and change nothing."""


def may_write(frame: FrameType) -> bool:
    """Whether a call made here can change a file; there are hundreds of questions between two that do."""
    said = str(frame.f_locals.get("statement", ""))
    return frame.f_code.co_name not in READING and not said.startswith(("SELECT", "PRAGMA"))


def state_after(home: Home, client_id: str, words: dict[str, str], clock: Still) -> str:
    """How far it was; in every case the next start ends it."""
    after = Desk(clock, home)
    after.open(KEY)
    try:
        assert [] == store.check(after.store, quick=False)
        with after.store.session() as db:
            there, noted = db.get(clients.Client, client_id) is not None, list(db.exec(select(Erasure)))
        assert there != bool(noted), "between"
        if there:
            connection = after.store.connection()
            assert len(planted.ALONE) < len(removal.belonging(connection, "client", client_id)), "a part of it"
            connection.close()
            return "there"
        state = "erased" if noted[0].done_at else "forgotten"
        erase.finish(home, KEY, clock.now())
        assert {} == planted.found(home.root, KEY, words)
        for path in (*home.backups.glob("*"), *home.root.glob("*.before-restore-*")):
            assert 0 == backup.verify(path, KEY)["client"]
        return state
    finally:
        after.close()


class TestCarry:
    def test_a_client_forgotten_here_is_forgotten_in_what_takes_its_place(
        self, desk: Desk, clock: Still, tmp_path: Path, planting: Planting
    ) -> None:
        elsewhere = tmp_path / "stick"
        elsewhere.mkdir()
        taken = backup.back_up(desk.store, elsewhere, clock.now())
        desk.do(forget.forget, planting[0], keep_hours=True)
        erase.finish(desk.home, KEY, clock.now())
        erase.carry(desk.home.records, taken, KEY)

        assert {} == planted.found(elsewhere, KEY, planting[1])
        counts = backup.verify(taken, KEY)
        assert (0, 1) == (counts["client"], counts["erasure"])
        assert counts["hours_noted"] > 0

    def test_a_backup_restored_from_elsewhere_brings_nobody_back(
        self, desk: Desk, clock: Still, tmp_path: Path, planting: Planting
    ) -> None:
        elsewhere = tmp_path / "stick"
        ben = desk.do(clients.add, "Ben")
        taken = backup.back_up(desk.store, elsewhere, clock.now())
        desk.do(forget.forget, planting[0], keep_hours=True)
        erase.finish(desk.home, KEY, clock.now())
        desk.close()
        fitting = header.Header("an id", keys._check_value(KEY), {})
        header.save(desk.home.keys, fitting)

        backup.restore(desk.home, taken, KEY, clock.now())

        desk.open(KEY)
        assert [ben.id] == [client.id for client in desk.read(clients.every)]
        assert {} == planted.found(desk.home.root, KEY, planting[1])
        assert [] == list(desk.read(forget.pending))
        with desk.store.session() as db:
            assert 2 == len(list(db.exec(select(HoursNoted)))), "of sessions, and of an imported log"

    def test_what_was_told_before_a_restore_is_not_told_again(self, desk: Desk, clock: Still, tmp_path: Path) -> None:
        old, new = ("backup", "", "2026-W09"), ("backup", "", "2026-W10")
        desk.do(duties_told.note, [old])
        taken = backup.back_up(desk.store, tmp_path / "stick", clock.now())
        desk.do(duties_told.note, [new])
        desk.close()
        header.save(desk.home.keys, header.Header("an id", keys._check_value(KEY), {}))

        backup.restore(desk.home, taken, KEY, clock.now())

        desk.open(KEY)
        assert () == desk.read(duties_told.untold, [old, new])

    def test_what_was_not_finished_here_stays_unfinished_there(self, desk: Desk, clock: Still, tmp_path: Path) -> None:
        ada = desk.do(clients.add, "Ada")
        taken = backup.back_up(desk.store, tmp_path / "stick", clock.now())
        desk.do(forget.forget, ada.id)
        erase.carry(desk.home.records, taken, KEY)
        opened = cipher.connect(taken, KEY, "ro")
        assert [(ada.id, None)] == opened.execute("SELECT client_id, done_at FROM erasure").fetchall()
        opened.close()

    def test_where_nobody_was_forgotten_the_other_file_stays_as_it_is(
        self, desk: Desk, clock: Still, tmp_path: Path
    ) -> None:
        desk.do(clients.add, "Ada")
        taken = backup.back_up(desk.store, tmp_path, clock.now())
        before = taken.read_bytes()
        erase.carry(desk.home.records, taken, KEY)
        erase.carry(tmp_path / "not there", taken, KEY)
        (tmp_path / "damaged").write_bytes(b"?" * 8000)
        erase.carry(tmp_path / "damaged", taken, KEY)
        assert before == taken.read_bytes()


def test_a_moment_is_written_as_the_records_write_it(desk: Desk, clock: Still, now: Now) -> None:
    ada = desk.do(clients.add, "Ada")
    desk.do(forget.forget, ada.id)
    clock.advance(60)
    erase.finish(desk.home, KEY, clock.now())
    with desk.store.session() as db:
        assert [now.at + timedelta(seconds=60)] == [row.done_at for row in db.exec(select(Erasure))]
