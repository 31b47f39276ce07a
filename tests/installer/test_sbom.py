"""The list of contents: valid CycloneDX, complete down to each file, and the same for the same build."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cyclonedx.validation.json import JsonStrictValidator

from coachdesk import __version__
from installer import pieces, sbom
from tests.installer.frozen_folder import Frozen, made, of_wheel

MOMENT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def frozen(tmp_path: Path) -> Frozen:
    """A small frozen folder with two libraries in it."""
    frozen = made(tmp_path)
    frozen.holds("sqlcipher3/lib.so", of_wheel("sqlcipher3", ".so"))
    frozen.holds("libz.so.1", Path("/lib/x86_64-linux-gnu/libz.so.1"))
    return frozen


def listed(frozen: Frozen) -> str:
    """The list of the folder."""
    return sbom.written(pieces.of(frozen.folder, frozen.work), frozen.folder, MOMENT)


def files_of(component: dict) -> list[dict]:
    """The files of a component and of what is in it."""
    inner = component.get("components", [])
    return [each for each in inner if each["type"] == "file"] + [file for each in inner for file in files_of(each)]


def test_the_list_keeps_to_the_schema(frozen: Frozen) -> None:
    assert JsonStrictValidator(sbom.SCHEMA).validate_str(listed(frozen)) is None


def test_the_schema_is_asked_in_earnest(frozen: Frozen) -> None:
    spoiled = listed(frozen).replace('"type": "file"', '"type": "thing"')
    assert JsonStrictValidator(sbom.SCHEMA).validate_str(spoiled) is not None


def test_every_file_is_in_it_once_with_its_checksum(frozen: Frozen) -> None:
    files = [file for component in json.loads(listed(frozen))["components"] for file in files_of(component)]
    expected = {
        path.relative_to(frozen.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in frozen.folder.rglob("*")
        if path.is_file()
    }
    assert len(expected) == len(files)
    assert expected == {file["name"]: file["hashes"][0]["content"] for file in files}


def test_pieces_bear_version_licence_and_address(frozen: Frozen) -> None:
    there = {component["name"]: component for component in json.loads(listed(frozen))["components"]}
    assert [{"license": {"id": "Zlib"}}] == there["sqlcipher3"]["licenses"]
    assert "pkg:pypi/sqlcipher3@" + there["sqlcipher3"]["version"] == there["sqlcipher3"]["purl"]
    assert there["zlib1g"]["purl"].startswith("pkg:deb/debian/zlib1g@")
    inside = [part["name"] for part in there["sqlcipher3"]["components"] if part["type"] == "library"]
    assert ["OpenSSL", "SQLCipher", "SQLite"] == sorted(inside)


def test_it_names_the_release_and_its_date(frozen: Frozen) -> None:
    about = json.loads(listed(frozen))["metadata"]
    assert ("CoachDesk", __version__) == (about["component"]["name"], about["component"]["version"])
    assert "2026-03-01T09:30:00+00:00" == about["timestamp"]


def test_the_same_build_has_the_same_list(frozen: Frozen) -> None:
    assert listed(frozen) == listed(frozen)


def test_another_build_has_another_serial_number(frozen: Frozen) -> None:
    before = json.loads(listed(frozen))["serialNumber"]
    (frozen.folder / "coachdesk").write_text("changed", "utf-8")
    assert before != json.loads(listed(frozen))["serialNumber"]


def test_the_file_is_named_after_release_and_system(tmp_path: Path) -> None:
    assert sbom.target(tmp_path, "Linux", "x86_64").name == f"coachdesk-{__version__}-linux-x86_64.cdx.json"
