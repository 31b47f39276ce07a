"""Chromium in a window, driven over a pipe by the DevTools protocol.

The protocol: https://chromedevtools.github.io/devtools-protocol/; over ``--remote-debugging-pipe`` the browser reads
JSON messages from file descriptor 3 and writes to 4, each ended by a NUL (chromium,
content/browser/devtools/devtools_pipe_handler.cc). A pipe, so that nothing listens for it.
"""

import contextlib
import itertools
import json
import os
import select
import signal
import subprocess
import time
from types import TracebackType
from typing import Any

from tests.real.browsers.browser import Tab, Visit
from tests.real.browsers.ground import Ground

PATIENCE = 60.0
"""Seconds for the browser itself to do something; only a fault takes as long."""

QUIET = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--metrics-recording-only",
    "--no-pings",
)
"""Nothing of the browser's own on the network."""

AWAKE = (
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
"""Tabs in the background tick as fast as those in front, or a throttled timer would look like a disturbed call."""

FEATURES = (
    "--disable-features=CalculateNativeWinOcclusion,IntensiveWakeUpThrottling,LocalNetworkAccessChecks,MediaRouter,"
    "OptimizationHints,Translate,WebRtcHideLocalIpsWithMdns"
)


class Chromium:
    """One Chromium with a profile of its own."""

    name = "Chromium"

    def __init__(self, ground: Ground, hosts: tuple[str, ...]) -> None:
        """``hosts`` are found on this computer; no other name is found at all."""
        self._ground = ground
        self._hosts = hosts
        self._numbers = itertools.count(1)
        self._unread = b""

    def __enter__(self) -> "Chromium":
        command = ("sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null', "sh", "chromium", *self._options())
        self._process = subprocess.Popen(
            command,
            env=self._ground.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        self.versions()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, TimeoutError, EOFError):
            self._ask("Browser.close", patience=5)
            self._process.wait(5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def _options(self) -> tuple[str, ...]:
        rules = ["EXCLUDE 127.0.0.1", "EXCLUDE localhost", *(f"MAP {host} 127.0.0.1" for host in self._hosts)]
        return (
            "--remote-debugging-pipe",
            f"--user-data-dir={self._ground.folder}/chromium",
            f"--host-resolver-rules={','.join((*rules, 'MAP * ~NOTFOUND'))}",
            "--ignore-certificate-errors",
            "--password-store=basic",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--allow-loopback-in-peer-connection",
            "--no-sandbox",
            *QUIET,
            *AWAKE,
            FEATURES,
            "about:blank",
        )

    def versions(self) -> str:
        """Which release it is."""
        return str(self._ask("Browser.getVersion")["product"])

    def open(self) -> Tab:
        """A new, empty tab; the word for it is the protocol's session."""
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        return str(self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"])

    def visit(self, tab: Tab, url: str, patience: float) -> Visit:
        """Go to an address; a visit that has had no answer in time is given up."""
        end = time.monotonic() + patience
        try:
            told = self._ask("Page.navigate", {"url": url}, tab, patience)
        except TimeoutError:
            with contextlib.suppress(LookupError):  # it is not there any more: the answer came just now
                self._ask("Page.stopLoading", tab=tab)
            return Visit()
        if told.get("errorText"):
            return Visit(error=told["errorText"])
        while time.monotonic() < end:
            with contextlib.suppress(LookupError):  # the page is only just taking the place of the last
                text = self.ask(tab, "document.readyState === 'complete' ? document.body.innerText : ''")
                if text:
                    return Visit(str(text))
        return Visit()

    def ask(self, tab: Tab, script: str) -> Any:
        """The value of an expression; raises LookupError where the page has none."""
        told = self._ask("Runtime.evaluate", {"expression": script, "returnByValue": True, "awaitPromise": True}, tab)
        if "exceptionDetails" in told:
            raise LookupError(told["exceptionDetails"])
        return told["result"].get("value")

    def _ask(
        self, method: str, given: dict[str, Any] | None = None, tab: Tab | None = None, patience: float = PATIENCE
    ) -> dict[str, Any]:
        """The answer to one command; raises TimeoutError, LookupError when refused, EOFError when it has ended."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": given or {}}
        if tab is not None:
            message["sessionId"] = tab
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\0")
        end = time.monotonic() + patience
        while True:
            told = self._next(end)
            if told.get("id") != number:  # an event, or the late answer to a visit given up
                continue
            if "error" in told:
                raise LookupError(told["error"])
            answer: dict[str, Any] = told["result"]
            return answer

    def _next(self, end: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        while b"\0" not in self._unread:
            if not select.select([self._process.stdout], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError("Chromium has not answered")
            more = os.read(self._process.stdout.fileno(), 1 << 16)
            if not more:
                raise EOFError("Chromium has ended")
            self._unread += more
        message, self._unread = self._unread.split(b"\0", 1)
        told: dict[str, Any] = json.loads(message)
        return told
