"""Which websites are kept away: one host name out of whatever a person types, the shipped groups, and both together.

An entry stands for the host and everything below it, so ``www.x``, ``*.x`` and ``x`` are one and the same. Names in
other scripts are kept as browsers ask for them (Unicode TS 46 without the transitional rules, then IDNA 2008).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from coachdesk.errors import Refused
from coachdesk.focus import spared
from coachdesk.paths import resources
from coachdesk.words import N_, _

NAMES = {
    "social": N_("Social networks"),
    "news": N_("News"),
    "video": N_("Films and videos"),
    "shopping": N_("Shopping"),
    "games": N_("Games"),
    "mail": N_("E-mail"),
    "chat": N_("Chats"),
}
"""The shipped groups in the order in which they are shown."""

LONGEST = 8000
"""Characters of an address that are read; no address that a person means is longer."""

_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_DOTS = str.maketrans("。．｡", "...")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Group:
    """Websites that are chosen together."""

    id: str
    hosts: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return _(NAMES[self.id])


@cache
def groups() -> tuple[Group, ...]:
    """The shipped groups."""
    import tomllib

    with (resources() / "sites" / "groups.toml").open("rb") as file:
        shipped = tomllib.load(file)
    return tuple(Group(name, tuple(shipped[name]["hosts"])) for name in NAMES)


def hosts(group_ids: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    """Every host to keep away, in order, without those whose parent is among them.

    What may not be kept away is left out, whatever the settings say; ``problems`` tells which. A group that no longer
    exists does no harm.
    """
    wanted = set(group_ids)
    found = {host for group in groups() if group.id in wanted for host in group.hosts} if wanted else set()
    for text in own:
        try:
            found.add(clean(text))
        except Refused:
            continue
    return tuple(sorted(host for host in found if not (spared.parents(host) - {host}) & found))


def problems(own: Iterable[str]) -> tuple[str, ...]:
    """Why some of one's own websites are not kept away, a sentence for each."""
    found = []
    for text in own:
        try:
            clean(text)
        except Refused as why:
            found.append(why.sentence)
    return tuple(found)


def cleaned(texts: Iterable[str]) -> tuple[str, ...]:
    """The host names meant, each once, in order; raises Refused for the first that is none."""
    return tuple(sorted({clean(text) for text in texts}))


def clean(text: str) -> str:
    """The host name meant by an address or a name as a person types it; raises Refused, saying what to type.

    The answer has only small letters, digits, hyphens and dots, at least one of these, and cleans to itself.
    """
    name = text.strip() if isinstance(text, str) else ""
    if not name:
        raise Refused(_("Type the name of a website, such as example.com."))
    if len(name) > LONGEST or any(unicodedata.category(sign) in _HIDDEN for sign in name):
        raise _no_website(name)
    host = _without_prefix(_in_plain_letters(_host_of(name), name))
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise _no_website(name)
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        raise _number(name)
    if "." not in host:
        wording = _("“{text}” has no ending; type the whole name of a website, such as example.com.")
        raise Refused(wording.format(text=host))
    if why := spared.host(host):
        raise Refused(why)
    return host


def _host_of(name: str) -> str:
    """What stands where the host stands in an address: after the scheme and the person, before port and path."""
    scheme = _SCHEME.match(name)
    host = re.split(r"[/\\?#]", name[scheme.end() if scheme else 0 :], maxsplit=1)[0]
    if "@" in host and not scheme:
        wording = _("“{text}” is an e-mail address; type the name of a website, such as example.com.")
        raise Refused(wording.format(text=_short(name)))
    host = host.rpartition("@")[2]
    if "[" in host or host.count(":") > 1:
        raise _number(name)
    return re.sub(r":\d*$", "", host)


def _in_plain_letters(host: str, name: str) -> str:
    """As browsers ask for it: small letters, and other scripts in the writing that begins with ``xn--``."""
    host = host.translate(_DOTS).lower().removesuffix(".")
    if host.isascii() and "xn--" not in host:
        return host
    import idna  # it takes 20 ms, which the names that need none of it do not wait for

    try:
        mapped = idna.uts46_remap(host, std3_rules=True, transitional=False)
        labels = [
            label if _LABEL.fullmatch(label) and "xn--" not in label else _alabel(label) for label in mapped.split(".")
        ]
    except (idna.IDNAError, UnicodeError):
        raise _no_website(name) from None
    return ".".join(labels)


def _alabel(label: str) -> str:
    import idna

    return idna.alabel(label).decode("ascii")


def _without_prefix(host: str) -> str:
    """Without the beginnings that mean the same website, unless nothing that is one would be left."""
    while True:
        first, _dot, rest = host.partition(".")
        if first not in ("www", "*", "") or "." not in rest or spared.is_suffix(rest):
            return host
        host = rest


def _no_website(name: str) -> Refused:
    return Refused(_("“{text}” is not the name of a website; type one such as example.com.").format(text=_short(name)))


def _number(name: str) -> Refused:
    wording = _("“{text}” is the number of a computer; type the name of a website, such as example.com.")
    return Refused(wording.format(text=_short(name)))


def _short(name: str) -> str:
    """What a sentence repeats of it: its beginning, without signs that are not seen."""
    seen = "".join(sign for sign in name[:LONGEST] if unicodedata.category(sign) not in _HIDDEN)
    return seen if len(seen) <= 60 else f"{seen[:59]}…"


def shown(host: str) -> str:
    """A cleaned host name to read: one in another script also as it is asked for, since letters can look alike."""
    if "xn--" not in host:
        return host
    import idna

    try:
        readable = idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host
    return f"\u2068{readable}\u2069 ({host})"  # set apart, so that a name read from right to left moves nothing else
