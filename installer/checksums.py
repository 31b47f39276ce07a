"""SHA256SUMS: one line for each file of a release, as ``sha256sum -c`` reads it."""

import hashlib
from pathlib import Path

FILE = "SHA256SUMS"


def make(_: Path, into: Path) -> list[Path]:
    """Write the checksums of all files in a release's folder, in the order of their names; folders are left out."""
    released = sorted(path for path in into.iterdir() if path.is_file() and path.name != FILE)
    target = into / FILE
    target.write_text("".join(f"{of(path)}  {path.name}\n" for path in released), "utf-8", newline="\n")
    return [target]


def of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
