"""Which packages the Debian package asks for: those of libraries that do not come along."""

import shutil
import sysconfig
from pathlib import Path

from installer import needed

LZMA = Path("/lib", sysconfig.get_config_var("MULTIARCH"), "liblzma.so.5")


def names(folder: Path) -> set[str]:
    """The packages without their versions."""
    return {relation.split()[0] for relation in needed.packages(folder)}


def test_a_library_of_the_system_is_asked_for(tmp_path: Path) -> None:
    shutil.copy("/usr/bin/xz", tmp_path / "coachdesk")
    assert {"libc6", "liblzma5", *needed.BY_NAME} == names(tmp_path)


def test_a_library_that_comes_along_is_not(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    shutil.copy("/usr/bin/xz", tmp_path / "coachdesk")
    shutil.copy(LZMA, tmp_path / "_internal" / LZMA.name)
    assert {"libc6", *needed.BY_NAME} == names(tmp_path)
