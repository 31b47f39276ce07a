"""The sealed file: any content comes back from any place, and nothing that was changed opens."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.errors import RecordsDamaged, RecordsNewer, Refused, WrongKey
from coachdesk.exchange import archive_seal
from coachdesk.exchange.archive_seal import CHUNK, TAG, Sealing, Unsealed, is_sealed

SECRET = "a bridge over quiet water"


def seal(content: bytes, step: int = 50_000) -> bytes:
    """A sealed file in memory."""
    file = io.BytesIO()
    sealing = Sealing(file, SECRET)
    for at in range(0, len(content), step):
        sealing.write(content[at : at + step])
    sealing.finish()
    return file.getvalue()


def opened(sealed: bytes, secret: str = SECRET) -> bytes:
    """Everything in a sealed file."""
    return io.BufferedReader(Unsealed(io.BytesIO(sealed), secret)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 77])
def test_any_length_comes_back(size: int) -> None:
    content = random.Random(size).randbytes(size)
    sealed = seal(content)
    assert content == opened(sealed)
    assert (True, False) == (is_sealed(io.BytesIO(sealed)), is_sealed(io.BytesIO(content)))


CONTENT = random.Random(1).randbytes(3 * CHUNK + 500)
SEALED = seal(CONTENT)
BEGINNING = len(SEALED) - len(CONTENT) - 4 * TAG


@settings(max_examples=5)
@given(places=st.lists(st.tuples(st.integers(0, len(CONTENT)), st.integers(0, 2 * CHUNK)), max_size=6))
def test_it_is_read_at_any_place(places: list[tuple[int, int]]) -> None:
    file = io.BufferedReader(Unsealed(io.BytesIO(SEALED), SECRET))
    for at, length in places:
        assert at == file.seek(at)
        assert CONTENT[at : at + length] == file.read(length)


def test_two_files_of_the_same_content_have_nothing_in_common() -> None:
    other = seal(CONTENT)
    start = BEGINNING
    assert not set(_blocks(SEALED[start:])) & set(_blocks(other[start:]))


def _blocks(data: bytes) -> list[bytes]:
    return [data[at : at + 16] for at in range(0, len(data) - 16, 16)]


def _swapped(sealed: bytes) -> bytes:
    one, two = BEGINNING, BEGINNING + CHUNK + TAG
    return sealed[:one] + sealed[two : two + CHUNK + TAG] + sealed[one:two] + sealed[two + CHUNK + TAG :]


CHANGED = {
    "one bit of the content": lambda sealed: sealed[:-900] + bytes([sealed[-900] ^ 1]) + sealed[-899:],
    "the last chunk cut away": lambda sealed: sealed[: BEGINNING + 3 * (CHUNK + TAG)],
    "one byte cut away": lambda sealed: sealed[:-1],
    "one byte more": lambda sealed: sealed + b"\0",
    "two chunks in each other's place": _swapped,
    "a chunk left out": lambda sealed: sealed[:BEGINNING] + sealed[BEGINNING + CHUNK + TAG :],
    "nothing but the beginning": lambda sealed: sealed[:BEGINNING],
    "half of the header": lambda sealed: sealed[:100],
    "the header of another": lambda sealed: seal(b"")[:BEGINNING] + sealed[BEGINNING:],
    "a bit of the salt": lambda sealed: sealed.replace(b'"salt": "', b'"salt": "A', 1),
    "nothing": lambda _sealed: b"",
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_was_changed_does_not_open(what: str) -> None:
    with pytest.raises(RecordsDamaged, match="not whole"):
        opened(CHANGED[what](SEALED))


def test_another_passphrase_is_told_from_that() -> None:
    with pytest.raises(WrongKey):
        opened(SEALED, "another bridge altogether")


def test_the_same_letters_from_another_keyboard_open_it() -> None:
    file = io.BytesIO()
    Sealing(file, "caf\u00e9 au bord du quai").finish()
    assert b"" == opened(file.getvalue(), "cafe\u0301 au bord du quai")


def test_a_newer_form_and_a_cost_beyond_reason_are_said() -> None:
    import json

    length = int.from_bytes(SEALED[12:16], "big")
    header = json.loads(SEALED[16 : 16 + length])

    def with_header(**changed: object) -> bytes:
        content = {**header, **changed}
        content["checksum"] = archive_seal._checksum(content)
        encoded = json.dumps(content).encode()
        return SEALED[:12] + len(encoded).to_bytes(4, "big") + encoded + SEALED[16 + length :]

    with pytest.raises(RecordsNewer):
        opened(with_header(version=2))
    for changed in ({"memory_kib": 2**40}, {"passes": 10**9}, {"salt": "?"}, {"check": None}):
        with pytest.raises(RecordsDamaged):
            opened(with_header(**changed))


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="at least 12"):
        Sealing(io.BytesIO(), "short")
