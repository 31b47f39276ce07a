"""An archive that comes from another computer."""

from pathlib import Path

from coachdesk.clock import Now
from coachdesk.exchange import archive
from coachdesk.paths import Home
from coachdesk.practice import clients
from coachdesk.storage import keys, store


def sealed_archive(folder: Path, passphrase: str, now: Now) -> Path:
    """Its records, which hold Ada, in one file that opens with a passphrase of its own."""
    home = Home(folder / "another")
    key, _code = keys.create(home.keys, passphrase="that of the other computer")
    opened = store.create(home.records, key)
    with opened.session() as db:
        clients.add(db, "Ada", now=now)
        db.commit()
    path = folder / "All of it.coachdesk"
    archive.write(opened, path, passphrase, now, progress=lambda _share: None)
    opened.close()
    return path
