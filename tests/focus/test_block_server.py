"""Chosen websites are turned away at once, whatever is sent to the server, and nothing else is told or done."""

import contextlib
import re
import resource
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coachdesk.focus import pac
from coachdesk.focus.block_server import MOST, BlockServer, page
from coachdesk.focus.blockers import Failed

NONCE = "c0ffee"
PATIENCE = 20.0
"""Seconds for any answer; only a fault takes as long."""


class Door:
    """A running server, and a browser's end of the talk."""

    def __init__(self, server: BlockServer) -> None:
        self.server = server
        self.port = server.start()

    def connect(self) -> socket.socket:
        """A connection that waits."""
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE)

    def says(self, request: bytes) -> bytes:
        """Everything it answers until it ends the connection."""
        with self.connect() as sock:
            sock.sendall(request)
            return everything(sock)

    def asked(self, path: str, host: str = "") -> bytes:
        """The answer to a request of our own pages."""
        return self.says(f"GET {path} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{self.port}'}\r\n\r\n".encode())

    @property
    def answers(self) -> bool:
        """Whether the script can be had."""
        return "200" == status(self.asked(f"/focus-{NONCE}.pac"))


def everything(sock: socket.socket) -> bytes:
    """What comes until the other side ends it or breaks it off."""
    heard = b""
    with contextlib.suppress(ConnectionError):
        while said := sock.recv(65_536):
            heard += said
    return heard


def ended(sock: socket.socket) -> bool:
    """Whether the other side has let go of it altogether; only sending shows that, to who does not listen."""
    try:
        sock.send(b"x")
    except ConnectionError:
        return True
    return False


def status(answer: bytes) -> str:
    """The code, or what came instead."""
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return found[1].decode() if found else repr(answer[:80])


@pytest.fixture
def door() -> Iterator[Door]:
    opened = Door(BlockServer(["news.test", "mail.google.com"], NONCE))
    yield opened
    opened.server.close()


@pytest.fixture
def hasty() -> Iterator[Door]:
    """A server that ends every connection after a tenth of a second."""
    opened = Door(BlockServer(["news.test"], NONCE, patience=0.1))
    yield opened
    opened.server.close()


def test_the_script_is_there_for_who_knows_the_nonce(door: Door) -> None:
    head, _, body = door.asked(f"/focus-{NONCE}.pac").partition(b"\r\n\r\n")
    assert pac.text(["news.test", "mail.google.com"], door.port, NONCE) == body.decode()
    assert b"\r\nContent-Type: application/x-ns-proxy-autoconfig\r\n" in head
    assert b"\r\nConnection: close\r\n" in head
    assert f"\r\nContent-Length: {len(body)}\r\n".encode() in head


def test_the_address_of_the_script_is_the_one_that_settings_are_given(door: Door) -> None:
    path = pac.http_url(door.port, NONCE).removeprefix(f"http://127.0.0.1:{door.port}")
    assert "200" == status(door.asked(path))


@pytest.mark.parametrize(
    "path", ["/", "/focus-.pac", "/focus-other.pac", "/beats-other", f"/focus-{NONCE}.pac?x", "/%00"]
)
def test_who_does_not_know_the_nonce_learns_nothing(door: Door, path: str) -> None:
    answer = door.asked(path)
    assert "403" == status(answer)
    assert b"\r\nContent-Length: 0\r\n" in answer


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:{port}", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "\xff"]
)
def test_a_name_that_was_pointed_at_this_computer_learns_nothing(door: Door, host: str) -> None:
    assert "403" == status(door.asked(f"/focus-{NONCE}.pac", host.format(port=door.port)))


def test_a_request_without_a_host_learns_nothing(door: Door) -> None:
    assert "403" == status(door.says(f"GET /focus-{NONCE}.pac HTTP/1.0\r\n\r\n".encode()))


@pytest.mark.parametrize("target", ["news.test:443", "zoom.us:443", "127.0.0.1:22", "x"])
def test_a_tunnel_is_refused_at_once_and_the_connection_ended(door: Door, target: str) -> None:
    answer = door.says(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    assert "403" == status(answer)
    assert b"\r\nConnection: close\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "PUT"])
def test_a_plain_page_of_a_chosen_website_becomes_our_own(door: Door, method: str) -> None:
    answer = door.says(f"{method} http://www.news.test/a?b HTTP/1.1\r\nHost: www.news.test\r\n\r\n".encode())
    assert "403" == status(answer)
    assert "You asked CoachDesk to keep news.test away while you listen." in answer.decode()
    assert b"Access-Control" not in answer


def test_only_the_head_of_the_page_comes_when_only_that_is_asked_for(door: Door) -> None:
    answer = door.says(b"HEAD http://news.test/ HTTP/1.1\r\nHost: news.test\r\n\r\n")
    assert "403" == status(answer)
    assert answer.endswith(b"\r\n\r\n")
    assert b"Not now" not in answer


@pytest.mark.parametrize(
    "target",
    [
        "http://NEWS.test/",
        "HTTP://news.test",
        "http://news.test.:80/",
        "http://ada:secret@news.test/",
        "http://a.b.news.test?x",
        "http://news.test#x",
    ],
)
def test_a_chosen_website_is_known_however_it_is_written(door: Door, target: str) -> None:
    assert b"keep news.test away" in door.says(f"GET {target} HTTP/1.1\r\n\r\n".encode())


@pytest.mark.parametrize(
    "target",
    [
        "http://example.org/",
        "http://badnews.test/",
        "http://news.test@example.org/",
        "http://google.com/",
        "http:///",
        "http://<b>.news.test/",
        "https://news.test/",
        "ftp://news.test/",
        "*",
        "http://127.0.0.1/",
        "http://" + "a." * 4000 + "news.test/",  # longer than any name (RFC 1035), and slow to go through
    ],
)
def test_what_is_not_on_the_list_gets_a_bare_refusal(door: Door, target: str) -> None:
    answer = door.says(f"GET {target} HTTP/1.1\r\n\r\n".encode())
    assert "403" == status(answer)
    assert answer.endswith(b"\r\n\r\n")


def test_a_page_that_brings_a_body_is_answered_without_being_broken_off(door: Door) -> None:
    body = b"x" * 300_000
    asked = b"POST http://news.test/ HTTP/1.1\r\nContent-Length: 300000\r\n\r\n" + body
    assert b"Not now" in door.says(asked)


def test_the_page_is_calm_and_complete_in_itself() -> None:
    shown = page("news.test")
    assert "prefers-color-scheme: dark" in shown
    assert [] == re.findall(r"<script|src=|href=|url\(|@import|https?:", shown)
    assert "It opens again afterwards." in shown


def test_the_page_tells_the_end_when_it_is_known() -> None:
    assert "It is quiet until 14:30." in page("news.test", "14:30")


def test_the_page_repeats_nothing_as_markup() -> None:
    assert "&lt;b&gt;" in page("<b>", "<i>")
    assert "<b>" not in page("<b>", "<i>")
    assert "<i>" not in page("<b>", "<i>")


def test_the_end_can_move_while_it_runs(door: Door) -> None:
    door.server.until = "15:00"
    assert b"It is quiet until 15:00." in door.says(b"GET http://news.test/ HTTP/1.1\r\n\r\n")


@pytest.mark.parametrize(
    "junk", [b"\x16\x03\x01\x02\x00\x01" + bytes(600), b"\n\n", b"\r\n\r\n", b"GET\r\n\r\n", b"\xff" * 99]
)
def test_what_is_no_request_is_refused(hasty: Door, junk: bytes) -> None:
    assert status(hasty.says(junk)) in ("400", "b''")
    assert hasty.answers


def test_a_head_without_end_is_refused_and_not_kept(door: Door) -> None:
    asked = b"GET /focus-" + NONCE.encode() + b".pac HTTP/1.1\r\n" + b"X: " + b"y" * 2_000_000
    assert "403" == status(door.says(asked))
    assert door.answers


@pytest.mark.parametrize("tail", [b"", b"x\r\n\r\n"])
def test_a_line_full_of_blanks_keeps_nobody_waiting(door: Door, tail: bytes) -> None:
    asked = f"GET /focus-{NONCE}.pac HTTP/1.1\r\nHost:".encode() + b" " * 16_384 + tail
    assert "403" == status(door.says(asked))
    assert door.answers


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=300))
@example(junk=b"GET http://news.test/ HTTP/1.1\r\nHost: x\r\n\r\n" * 40)
def test_nothing_that_is_sent_stops_it(hasty: Door, junk: bytes) -> None:
    with hasty.connect() as sock, contextlib.suppress(OSError):
        sock.sendall(junk)
        sock.shutdown(socket.SHUT_WR)
        everything(sock)
    assert hasty.answers


def test_who_says_nothing_or_too_little_is_sent_away(hasty: Door) -> None:
    with hasty.connect() as silent, hasty.connect() as slow:
        slow.sendall(b"GET http://news.test/ HT")
        assert [b"", b""] == [everything(silent), everything(slow)]


def test_who_does_not_listen_is_sent_away(hasty: Door) -> None:
    with hasty.connect() as deaf:
        deaf.sendall(b"GET http://news.test/ HTTP/1.1\r\n\r\n")
        until = time.monotonic() + PATIENCE
        while not ended(deaf) and time.monotonic() < until:
            assert hasty.answers
            threading.Event().wait(0.01)
        assert ended(deaf)


def test_who_breaks_off_is_forgotten(door: Door) -> None:
    for _ in range(50):
        with door.connect() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # ends by a reset
            sock.sendall(b"CONNECT news.test:443 HTTP/1.1\r\n\r\n")
    assert door.answers


def test_five_hundred_at_once_are_all_answered(door: Door) -> None:
    with contextlib.ExitStack() as open_things:
        socks = [open_things.enter_context(door.connect()) for _ in range(MOST)]
        for sock in socks:
            sock.sendall(b"CONNECT news.test:443 HTTP/1.1\r\n\r\n")
        for _ in range(500 - MOST):
            sock = open_things.enter_context(door.connect())
            sock.sendall(b"CONNECT news.test:443 HTTP/1.1\r\n\r\n")
            socks.append(sock)
        assert {"403"} == {status(everything(sock)) for sock in socks}


def test_who_asks_is_answered_at_once_although_more_than_there_is_room_for_say_nothing() -> None:
    patient = Door(BlockServer(["news.test"], NONCE, patience=10 * PATIENCE))
    with contextlib.ExitStack() as open_things:
        silent = [open_things.enter_context(patient.connect()) for _ in range(MOST + 20)]
        assert patient.answers
        assert {b""} == {everything(sock) for sock in silent[:21]}  # the oldest had to go
    patient.server.close()


class Standing(str):
    """A time of day during whose writing the server stands still until it may go on."""

    def __init__(self, _text: str) -> None:
        self.stands, self.may_go_on = threading.Event(), threading.Event()

    def __format__(self, wanted: str) -> str:
        self.stands.set()
        assert self.may_go_on.wait(PATIENCE)
        return super().__format__(wanted)


def test_nobody_who_has_asked_has_to_go_for_a_newcomer() -> None:
    standing = Standing("15:00")
    full = Door(BlockServer(["news.test"], NONCE, standing, patience=10 * PATIENCE))
    with contextlib.ExitStack() as open_things:
        socks = [open_things.enter_context(full.connect()) for _ in range(MOST)]
        socks[-1].sendall(b"GET http://news.test/ HTTP/1.1\r\n\r\n")
        assert standing.stands.wait(PATIENCE)
        for sock in socks[:-1]:
            sock.sendall(b"CONNECT news.test:443 HTTP/1.1\r\n\r\n")
        socks.append(open_things.enter_context(full.connect()))
        socks[-1].sendall(b"CONNECT news.test:443 HTTP/1.1\r\n\r\n")
        standing.may_go_on.set()
        assert {"403"} == {status(everything(sock)) for sock in socks}
    full.server.close()


def test_it_goes_on_when_it_may_open_no_more_files(hasty: Door) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.ExitStack() as open_things:
        open_things.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        socks = [socket.socket() for _ in range(20)]
        for sock in socks:
            open_things.enter_context(sock)
            sock.settimeout(PATIENCE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(sock.fileno() for sock in socks) + 3, hard))
        for sock in socks:
            sock.connect(("127.0.0.1", hasty.port))
        for sock in reversed(socks):
            everything(sock)
    assert hasty.answers


def test_a_script_longer_than_any_buffer_comes_whole() -> None:
    many = [f"site-{number}.example" for number in range(100_000)]
    opened = Door(BlockServer(many, NONCE))
    with opened.connect() as sock:
        sock.sendall(f"GET /focus-{NONCE}.pac HTTP/1.1\r\nHost: 127.0.0.1:{opened.port}\r\n\r\n".encode())
        assert "403" == status(
            opened.says(b"CONNECT site-1.example:443 HTTP/1.1\r\n\r\n")
        )  # others are answered meanwhile
        script = everything(sock).partition(b"\r\n\r\n")[2]
    opened.server.close()
    assert pac.text(many, opened.port, NONCE) == script.decode()


def test_where_nobody_can_be_let_in_it_ends_and_says_so_rather_than_keep_browsers_waiting() -> None:
    faults: list[Exception] = []
    door = Door(BlockServer([], NONCE, failed=faults.append))
    assert door.answers
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with socket.socket() as browser:
        browser.settimeout(PATIENCE)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))  # poll(2) refuses to wait for more files than that
            with contextlib.suppress(ConnectionError):  # broken off before it was there, or after
                browser.connect(("127.0.0.1", door.port))
                everything(browser)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    door.server.close()
    assert [OSError] == [type(fault) for fault in faults]
    with pytest.raises(ConnectionRefusedError):
        door.connect()


def test_a_computer_that_lets_nobody_listen_is_told() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    server = BlockServer([], NONCE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
        with pytest.raises(Failed, match="no door"):
            server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    server.close()


def test_it_listens_on_this_computer_only(door: Door) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()]
    listening = [row[1] for row in rows if row[3] == "0A"]
    assert [f"0100007F:{door.port:04X}"] == [each for each in listening if each.endswith(f":{door.port:04X}")]


def test_after_closing_nobody_answers_and_closing_twice_does_nothing(door: Door) -> None:
    with door.connect() as waiting:
        door.server.close()
        assert b"" == everything(waiting)
    door.server.close()
    with pytest.raises(ConnectionRefusedError):
        door.connect()


def test_one_that_hangs_is_closed_from_outside_so_that_no_browser_goes_on_waiting() -> None:
    standing = Standing("15:00")
    hung = Door(BlockServer(["news.test"], NONCE, standing))
    with hung.connect() as asking, hung.connect() as waiting:
        asking.sendall(b"GET http://news.test/ HTTP/1.1\r\n\r\n")
        assert standing.stands.wait(PATIENCE)
        waiting.sendall(b"CONNECT news.test:443 HTTP/1.1\r\n\r\n")
        hung.server.close(0.01)
        assert [b"", b""] == [everything(asking), everything(waiting)]
    with pytest.raises(ConnectionRefusedError):
        hung.connect()
    standing.may_go_on.set()
    hung.server._thread.join(PATIENCE)
    assert not hung.server._thread.is_alive()


def test_a_server_that_never_started_can_be_closed() -> None:
    BlockServer([], NONCE).close()
