"""A folder that looks like the frozen program, as far as packing goes."""

import shutil
from pathlib import Path


def frozen(folder: Path) -> Path:
    """A program, a library and a text; made with rights and dates that nobody wants to ship."""
    (folder / "_internal/resources").mkdir(parents=True, mode=0o700)
    shutil.copyfile("/bin/true", folder / "coachdesk")
    shutil.copyfile("/bin/true", folder / "_internal/libstand.so.1")
    (folder / "_internal/resources/prompts.txt").write_text("What else?\n", "utf-8")
    (folder / "NOTICES.txt").write_text("MIT\n", "utf-8")
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o700)
    return folder
