"""The beats by which the app hears that the block server still turns, so that no page ever waits for one that hangs.

Promised is that such a server is found and out of the way within two seconds. It is not asked: a question wakes both
sides several times, and has to come often. Instead the app connects once, where browsers do, and the loop that answers
browsers sends a sign again and again; whatever hangs, that thread or the whole guardian, is then a silence, found by a
process that does not hang. Each sign wakes either side once. A session at rest may wake the app twice a second; its
window takes 1.2 of these, which settles ``BEAT``. That the guardian is killed or the server closed is heard without any
sign: the connection ends. It may also end by an accident, so whoever still needs to hear tries again.
"""

import socket
from contextlib import suppress

ADDRESS = "127.0.0.1"
BEAT = 1.25
"""Seconds between two beats."""
SILENCE = 1.5
"""Seconds without a beat after which something seems to hang. The longest of 670 between two was 1.55, on a computer
where five processes waited for each core."""
AGAIN = 0.1
"""Seconds for one more look: where the whole computer stood still, both sides wake at the same moment."""
MOMENT = 0.5
"""Seconds from the end of a connection to the next try."""
TRIES = 2
"""Connections one after the other on which nothing is heard, after which nothing will be."""
BEGUN = b"HTTP/1.1 200 OK\r\n\r\n"
"""What the server says before the first beat."""
SIGN = b"."


def path(nonce: str) -> str:
    """What is asked for to hear the beats."""
    return f"/beats-{nonce}"


def listen(port: int, nonce: str) -> bool:
    """Listen to the beats until the connection ends; whether it ever led to them. Raises TimeoutError at a silence."""
    begun = b""
    try:
        with socket.create_connection((ADDRESS, port), SILENCE) as sock:
            sock.sendall(f"GET {path(nonce)} HTTP/1.1\r\nHost: {ADDRESS}:{port}\r\n\r\n".encode())
            begun = _heard(sock)
            while _heard(sock):
                pass
    except TimeoutError:
        raise
    except OSError:  # nobody is there, or we may open no more files, or it was broken off
        pass
    return begun.startswith(BEGUN)


def _heard(sock: socket.socket) -> bytes:
    """What comes next, nothing at the end; raises TimeoutError."""
    with suppress(TimeoutError):
        sock.settimeout(SILENCE)
        return sock.recv(4096)
    sock.settimeout(AGAIN)
    return sock.recv(4096)
