"""``python -m tests.storage.released``: records in the form of a release, kept so that later ones can climb from it.

The example practice, and random rows in every table beside it. Run once, when a release is tagged whose form of the
records no earlier release had; the file is then never changed.
"""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from coachdesk import example
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.paths import Home
from coachdesk.storage import migrate, store
from tests import every_table

KEY = bytes(range(32))
"""With which all of them are written."""
FOLDER = Path(__file__).parent.parent / "fixtures" / "databases"
FORMS = sorted(FOLDER.glob("*.db"))
"""One file for each form that was released, named after its revision."""
EARLIER = [path for path in FORMS if path.stem != migrate.revisions()[-1]]
MOMENT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def write(into: Path = FOLDER) -> Path:
    """Write ``NNNN.db`` for the present form; raises FileExistsError where it was released before."""
    target = into / f"{migrate.revisions()[-1]}.db"
    if target.exists():
        raise FileExistsError(f"{target.name} is the form of an earlier release, and stays as it is.")
    with tempfile.TemporaryDirectory() as place:
        home = Home(Path(place, "home"))
        desk = Desk(Still.at(MOMENT), home)
        desk.adopt(store.create(home.records, KEY))
        example.fill(desk)
        connection = desk.store.connection()
        every_table.fill(connection, seed=1)
        connection.close()
        desk.close()
        shutil.copyfile(home.records, target)
    return target


if __name__ == "__main__":
    print(write())
