"""Programs and libraries are known by what is in them."""

import shutil
import sys
from pathlib import Path

from installer import elf


def test_only_programs_and_libraries_count_each_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    shutil.copyfile(sys.executable, tmp_path / "deep" / "python")
    (tmp_path / "text").write_text("ELF")
    (tmp_path / "link").symlink_to("deep/python")
    (tmp_path / "empty").touch()
    assert [tmp_path / "deep" / "python"] == list(elf.files(tmp_path))
