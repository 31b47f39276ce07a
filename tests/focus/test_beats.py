"""The beats of the block server tell a loop that turns from one that hangs, and an end from a silence."""

import socket
import threading
from collections.abc import Iterator

import pytest

from coachdesk.focus import beats, mode
from coachdesk.focus.block_server import BlockServer

NONCE = "c0ffee"
PATIENCE = 20.0
"""Seconds for any answer; only a fault takes as long."""


@pytest.fixture
def server() -> Iterator[BlockServer]:
    opened = BlockServer(["news.test"], NONCE)
    yield opened
    opened.close()


def heard(sock: socket.socket, wanted: int) -> bytes:
    """The next so many bytes, or fewer at the end."""
    got = b""
    while len(got) < wanted and (said := sock.recv(wanted - len(got))):
        got += said
    return got


def listener(port: int) -> socket.socket:
    """A connection on which the beats are asked for."""
    sock = socket.create_connection(("127.0.0.1", port), PATIENCE)
    sock.sendall(f"GET {beats.path(NONCE)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    return sock


def test_they_come_again_and_again_for_as_long_as_the_server_is_open(
    server: BlockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beats, "BEAT", 0.01)
    with listener(server.start()) as sock:
        assert beats.BEGUN + 20 * beats.SIGN == heard(sock, len(beats.BEGUN) + 20)
        server.close()
        while said := sock.recv(99):
            assert not said.strip(beats.SIGN)


def test_whoever_hears_them_stays_although_every_other_connection_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beats, "BEAT", 0.01)
    server = BlockServer(["news.test"], NONCE, patience=0.05)
    port = server.start()
    with listener(port) as sock, socket.create_connection(("127.0.0.1", port), PATIENCE) as other:
        assert b"" == other.recv(1)
        assert b".........." == heard(sock, len(beats.BEGUN) + 10)[-10:]
    server.close()


def test_the_first_comes_at_once(server: BlockServer) -> None:
    with listener(server.start()) as sock:
        sock.settimeout(beats.BEAT / 2)
        assert beats.BEGUN + beats.SIGN == heard(sock, len(beats.BEGUN) + 1)


def test_nobody_hears_them_without_the_nonce(server: BlockServer) -> None:
    port = server.start()
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as sock:
        sock.sendall(f"GET {beats.path('other')} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert b"HTTP/1.1 403 " == heard(sock, 13)


def test_who_listened_and_went_away_is_forgotten(server: BlockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beats, "BEAT", 0.01)
    port = server.start()
    with listener(port) as second:
        with listener(port) as first:
            heard(first, len(beats.BEGUN) + 1)
        assert b".........." == heard(second, len(beats.BEGUN) + 10)[-10:]
        assert 1 == len(server._hearers)


def listened(port: int) -> bool | None:
    """Whether the beats were heard until the connection ended; None where they fell silent."""
    try:
        return beats.listen(port, NONCE)
    except TimeoutError:
        return None


def test_a_server_that_is_closed_has_not_fallen_silent(server: BlockServer) -> None:
    port, found = server.start(), list[bool | None]()
    listening = threading.Thread(target=lambda: found.append(listened(port)))
    with listener(port) as sock:  # so that it hears them too by then
        listening.start()
        heard(sock, len(beats.BEGUN) + 2)
    server.close()
    listening.join(PATIENCE)
    assert [True] == found
    assert listened(port) is False


def test_whoever_has_the_port_now_is_not_listened_to(server: BlockServer) -> None:
    assert not beats.listen(server.start(), "of another")


def test_a_server_that_lets_nobody_in_has_fallen_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beats, "SILENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as hung:
        assert listened(hung.getsockname()[1]) is None


def test_a_server_that_stops_beating_has_fallen_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beats, "SILENCE", 0.05)
    found = list[bool | None]()
    with socket.create_server(("127.0.0.1", 0)) as hung:
        port = hung.getsockname()[1]
        listening = threading.Thread(target=lambda: found.append(listened(port)))
        listening.start()
        with hung.accept()[0] as sock:
            sock.sendall(beats.BEGUN + beats.SIGN)
            listening.join(PATIENCE)
    assert [None] == found


class Late(socket.socket):
    """A connection whose time is over before what was said is found, as when the whole computer stood still."""

    late = True

    def recv(self, most: int, flags: int = 0) -> bytes:
        """Too late at first."""
        if self.late:
            self.late = False
            raise TimeoutError
        return super().recv(most, flags)


def test_where_everything_stood_still_it_is_looked_once_more() -> None:
    near, far = socket.socketpair()
    with far, Late(near.family, near.type, near.proto, near.detach()) as app:
        far.sendall(beats.SIGN)
        assert beats.SIGN == beats._heard(app)


def test_a_healthy_server_is_never_taken_for_silent_and_one_that_hangs_is_out_of_the_way_within_two_seconds() -> None:
    assert beats.BEAT + 0.35 <= beats.SILENCE + beats.AGAIN
    assert round(beats.SILENCE + beats.AGAIN + mode.HUNG + beats.AGAIN, 6) <= 1.75  # the rest is for putting back
