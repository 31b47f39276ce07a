"""Records that an earlier release wrote, opened by the program itself: unlocked, brought along, and shown on Today."""

import os
import shutil
from pathlib import Path
from uuid import uuid4

import pytest

from coachdesk.paths import Home
from coachdesk.storage import backup, header, keys
from tests.desktop.reader import Bus, Reader
from tests.display import Display
from tests.program.window import Window
from tests.storage.released import EARLIER, KEY
from tests.storage.test_upgrades import lost, values

pytestmark = [pytest.mark.program, pytest.mark.timeout(180)]

PASSPHRASE = "Quiet Lantern Upon Wide Stairs"


@pytest.mark.parametrize("released", EARLIER, ids=lambda path: path.stem)
def test_the_program_opens_them_keeps_a_copy_first_and_shows_today(
    released: Path, home: Home, screen: Display, bus: Bus, tmp_path: Path
) -> None:
    locked_by_a_passphrase(home)
    shutil.copyfile(released, home.records)
    before = values(home.records)
    with Window(screen, home, tmp_path / "output", given={"TZ": os.environ["TZ"]}) as window:
        window.unlock(PASSPHRASE)
        listed = {each["name"] for each in window.answer("client.list")["ok"]}
        reader = Reader(bus.address)
        try:
            assert "Today" == reader.wait("Today", role="label").name
        finally:
            reader.close()
        assert 0 == window.end()
    names = {row["name"] for row in before["client"].values() if row["archived_at"] is None}
    assert names == listed
    assert [] == lost(before, values(home.records))
    kept = [each for each in backup.backups(home.backups) if each.before_migration]
    assert [1, before] == [len(kept), values(kept[0].path)]
    assert "" == (tmp_path / "output").read_text()


def locked_by_a_passphrase(home: Home) -> None:
    """The key file of these records, with the key that all released records of the tests have."""
    locked = header.Header(uuid4().hex, keys._check_value(KEY), {})
    header.save(home.keys, locked.with_wrap("passphrase", keys._wrap_passphrase(locked, KEY, PASSPHRASE)))
