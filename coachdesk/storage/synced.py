"""Whether a folder is one that another program copies to other computers, told from names and marks.

Such a program copies files while they are written and puts back older ones, which a database does not survive; and it
sends what is confidential elsewhere, although encrypted. Names and marks are the ones these programs make themselves.
"""

from collections.abc import Mapping
from pathlib import Path

from coachdesk.words import _

NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "syncthing": "Syncthing",
    "seafile": "Seafile",
    "tresorit": "Tresorit",
    "box": "Box",
    "box sync": "Box",
}
"""The usual name of a folder, or its beginning before a dash or a bracket → the service."""
MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".megaignore": "MEGA",
}
"""What these programs leave in the folder they copy → the service."""
VARIABLES = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
"""Variables of the environment that name such a folder (OneDrive on Windows) → the service."""


def service(folder: Path, environment: Mapping[str, str]) -> str | None:
    """The service that copies this folder, by the name people know it; None if none can be told."""
    real = Path(folder.resolve())
    for variable, name in VARIABLES.items():
        place = environment.get(variable)
        if place and real.is_relative_to(Path(place).resolve()):
            return name
    for part in (real, *real.parents):
        found = _by_name(part.name) or _by_mark(part)
        if found is not None:
            return found
    return None


def warning(name: str) -> str:
    """Why a folder that a service of that name copies elsewhere is no good place."""
    return _(
        "The folder of your records is copied to other computers by {service}. That can damage records that are open, "
        "and takes them elsewhere, although encrypted. Another folder is safer: Settings, Records, moves them there."
    ).format(service=name)


def _by_name(name: str) -> str | None:
    plain = name.casefold()
    if plain.startswith("googledrive-"):  # macOS: ~/Library/CloudStorage/GoogleDrive-name@example.org
        return "Google Drive"
    begun = plain.partition(" - ")[0].partition(" (")[0].strip()  # "OneDrive - Firm", "Dropbox (Personal)"
    return NAMES.get(begun)


def _by_mark(folder: Path) -> str | None:
    for mark, name in MARKS.items():
        try:
            # in the Dropbox folder it is a file; the folder of that name is the program's own, in the person's home
            if any(mark != ".dropbox" or found.is_file() for found in folder.glob(mark)):
                return name
        except OSError:  # a folder above that may not be read
            return None
    return None
