"""The package, made once of the frozen program, and a clean Debian that is ready for it."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import deb
from tests.installed.clean import Clean

FROZEN = Path(__file__).parent.parent.parent / "dist" / "coachdesk"
"""Where ``make test-installed`` has it made."""


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the frozen program."""
    return deb.make(FROZEN, tmp_path_factory.mktemp("package"))[0]


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Iterator[Clean]:
    """A clean Debian with what the package depends on, and nothing it merely recommends."""
    tree = Clean(tmp_path_factory.mktemp("debian") / "tree")
    tree.run("apt-get", "-qy", "--no-install-recommends", "satisfy", field(package, "Depends"))
    yield tree
    tree.remove()


def field(package: Path, name: str) -> str:
    """A field of the package's description."""
    done = subprocess.run(["dpkg-deb", "--field", str(package), name], capture_output=True, text=True, check=True)
    return done.stdout.strip()
