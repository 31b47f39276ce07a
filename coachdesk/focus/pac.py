"""The rule by which a browser sends chosen websites to our block server and leaves everything else alone.

A proxy auto-configuration script (PAC; the draft "Web Proxy Auto-Discovery Protocol", December 1999, and Chromium's
``net/docs/proxy.md``). It walks from the most specific name upwards; a host of calls on the way means DIRECT, a host of
the list means our server, or DIRECT when that is gone. It never looks a name up, which would delay every page. Its
words are those of the third edition of ECMAScript, which every reader of such scripts knows.
"""

import base64
import json
import re
from collections.abc import Iterable

from coachdesk.focus import spared

_HEAD = "// CoachDesk focus mode "
_OURS = re.compile(rf"{_HEAD}([A-Za-z0-9_-]+)\n")
_DATA = "data:application/x-ns-proxy-autoconfig;base64,"
_HTTP = re.compile(r"http://127\.0\.0\.1:\d{1,5}/focus-([A-Za-z0-9_-]+)\.pac")
_NONCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HOST = re.compile(r"[a-z0-9.-]{1,253}")

_SCRIPT = """\
{head}{nonce}
var told = {told};
function FindProxyForURL(url, host) {{
  var name = String(host).toLowerCase().replace(/\\.+$/, "");
  for (;;) {{
    var known = told[name]; // what every object has, such as "constructor", is neither 1 nor 2
    if (known === 1) return "DIRECT";
    if (known === 2) return "PROXY 127.0.0.1:{port}; DIRECT";
    var dot = name.indexOf(".");
    if (dot < 0) return "DIRECT";
    name = name.substring(dot + 1);
  }}
}}
"""


def text(hosts: Iterable[str], port: int, nonce: str) -> str:
    """The script for these cleaned hosts, a block server on this port of 127.0.0.1, and a nonce by which it is ours.

    A host that is always open wins over the same host of the list. Raises ValueError for what is no host, port or
    nonce: nothing that a person typed gets into a script by another way.
    """
    chosen = sorted(set(hosts))
    if not (_NONCE.fullmatch(nonce) and 0 < port < 65536 and all(_HOST.fullmatch(host) for host in chosen)):
        raise ValueError((chosen, port, nonce))
    told = dict.fromkeys(chosen, 2) | dict.fromkeys(spared.always_open(), 1)
    return _SCRIPT.format(head=_HEAD, nonce=nonce, port=port, told=json.dumps(told, separators=(",", ":")))


def data_url(text: str) -> str:
    """An address that carries the script in itself, so that fetching it cannot hang."""
    return _DATA + base64.b64encode(text.encode("ascii")).decode("ascii")


def http_url(port: int, nonce: str) -> str:
    """Where the block server offers the script, for systems that read it from no other place."""
    return f"http://127.0.0.1:{port}/focus-{nonce}.pac"


def is_ours(url: str) -> bool:
    """Whether any CoachDesk wrote this address, whatever its nonce."""
    if url.startswith(_DATA):
        try:
            script = base64.b64decode(url.removeprefix(_DATA), validate=True).decode("ascii")
        except ValueError:
            return False
        return _OURS.match(script) is not None
    return _HTTP.fullmatch(url) is not None
