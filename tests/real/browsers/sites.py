"""Two sites on 127.0.0.1, one that distracts and one with a call, each over TLS and without."""

import asyncio
import contextlib
import datetime
import ssl
import threading
import time
from pathlib import Path
from types import TracebackType

from aiohttp import WSCloseCode, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.real.browsers.pages import NOTED, Span, page

DISTRACTING = "social.test"
CALL = "meet.test"
GREETING = "This is {name}."
"""What stands on each site's own page."""
TICK = 0.05
"""Seconds between two chunks of a stream, and between two looks at the loop's own punctuality."""


class Sites:
    """The server of both, on a thread of its own; it notes when its own loop stood still."""

    def __init__(self, folder: Path) -> None:
        """``folder`` takes the certificate."""
        self._folder = folder
        self._silences: list[Span] = []
        self._looked = 0.0
        self._ready = threading.Event()

    def __enter__(self) -> "Sites":
        self._context = certified(self._folder)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="sites", daemon=True)
        self._thread.start()
        assert self._ready.wait(20), "the sites have not started"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(20)

    def url(self, host: str, path: str = "/", tls: bool = True) -> str:
        """The address of something on a site."""
        return f"https://{host}:{self._tls}{path}" if tls else f"http://{host}:{self._plain}{path}"

    def hold(self) -> None:
        """Answer nobody any more, as when the network stands still; the loop itself goes on."""
        self._loop.call_soon_threadsafe(self._free.clear)

    def release(self) -> None:
        """Answer again."""
        self._loop.call_soon_threadsafe(self._free.set)

    @property
    def silences(self) -> list[Span]:
        """When the server could serve nobody, with the silence that may last still."""
        return [*self._silences, (self._looked, milliseconds())]

    async def _serve(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        self._free = asyncio.Event()
        self._free.set()
        self._sockets: set[web.WebSocketResponse] = set()
        app = web.Application()
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/still", self._still),
                web.get("/poll", self._poll),
                web.get("/socket", self._echo),
                web.get("/stream", self._stream),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        for context in (None, self._context):
            await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        self._plain, self._tls = (address[1] for address in runner.addresses)
        watch = asyncio.create_task(self._watch())
        self._ready.set()
        await self._ended.wait()
        watch.cancel()
        self._free.set()
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)
        await runner.cleanup()

    async def _watch(self) -> None:
        """Note when the loop was late."""
        self._looked = milliseconds()
        while True:
            await asyncio.sleep(TICK)
            now = milliseconds()
            if now - self._looked > NOTED:
                self._silences.append((self._looked, now))
            self._looked = now

    async def _page(self, request: web.Request) -> web.Response:
        host = request.url.host or ""
        if host == CALL:
            text = page(host, ("timer", "poll", "socket", "stream", "peer"))
        else:
            text = page(host, ("timer", "poll", "socket", "stream"), gives_up=300)
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def _still(self, request: web.Request) -> web.Response:
        """The greeting alone, for visits that only ask whether the site can be reached."""
        text = "<!doctype html><p>" + GREETING.format(name=request.url.host)
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def _poll(self, _request: web.Request) -> web.Response:
        await self._free.wait()
        return web.Response(text="here", headers={"Cache-Control": "no-store"})

    async def _echo(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        with contextlib.suppress(ConnectionError):
            async for message in socket:
                await self._free.wait()
                await socket.send_str(message.data)
        self._sockets.discard(socket)
        return socket

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/octet-stream", "Cache-Control": "no-store"})
        await answer.prepare(request)
        with contextlib.suppress(ConnectionError):
            while not self._ended.is_set():
                await self._free.wait()
                await answer.write(b"tick\n")
                await asyncio.sleep(TICK)
        return answer


def milliseconds() -> float:
    """The clock of the pages, which browsers read as Date.now()."""
    return time.clock_gettime(time.CLOCK_REALTIME) * 1000


def certified(folder: Path) -> ssl.SSLContext:
    """TLS with a certificate nobody has signed; the browsers are told not to mind."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, CALL)])
    since = datetime.datetime.fromtimestamp(milliseconds() / 1000, datetime.UTC) - datetime.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(DISTRACTING), x509.DNSName(CALL)]), False)
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
