"""The list of everything bundled in CycloneDX: pieces of software, what is in them, and each file with its checksum."""

import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from coachdesk import NAME, __version__
from installer import checksums, origin, pieces
from installer.piece import Piece

SCHEMA = SchemaVersion.V1_6


def make(frozen: Path, into: Path) -> list[Path]:
    """Write the list of a frozen folder; raises what ``pieces.of`` raises rather than leave something out."""
    path = target(into, platform.system(), platform.machine())
    moment = datetime.fromtimestamp(origin.epoch(), UTC)
    path.write_text(written(pieces.of(frozen), frozen, moment), "utf-8", newline="\n")
    return [path]


def target(into: Path, system: str, machine: str) -> Path:
    """The file's name, from those of the system and of its processors."""
    return into / f"coachdesk-{__version__}-{system}-{machine}.cdx.json".lower()


def written(everything: Iterable[Piece], folder: Path, moment: datetime) -> str:
    """The list as JSON; its serial number follows from what it says, so that the same build has the same list."""
    listed = _listed([_component(it, folder) for it in everything], moment)
    listed.serial_number = uuid5(NAMESPACE_URL, _json(listed))
    return _json(listed)


def _listed(components: list[Component], moment: datetime) -> Bom:
    whole = Component(type=ComponentType.APPLICATION, name=NAME, version=__version__, bom_ref="release")
    listed = Bom(
        components=components,
        metadata=BomMetaData(component=whole, timestamp=moment),
        serial_number=UUID(int=0),
    )
    listed.register_dependency(whole, components)
    return listed


def _json(listed: Bom) -> str:
    return make_outputter(listed, OutputFormat.JSON, SCHEMA).output_as_string(indent=1) + "\n"


def _component(it: Piece, folder: Path, within: str = "") -> Component:
    reference = f"{within}{it.name}@{it.version}"
    parts = [_component(part, folder, f"{reference}/") for part in it.inside]
    return Component(
        name=it.name,
        version=it.version or None,
        bom_ref=reference,
        licenses=[LicenseFactory().make_from_string(it.licence)],
        purl=PackageURL.from_string(it.purl) if it.purl else None,
        components=[*parts, *(_file(folder, place) for place in it.files)],
    )


def _file(folder: Path, place: str) -> Component:
    checksum = HashType(alg=HashAlgorithm.SHA_256, content=checksums.of(folder / place))
    return Component(type=ComponentType.FILE, name=place, bom_ref=f"file:{place}", hashes=[checksum])
