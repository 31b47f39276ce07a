"""The recovery code: 160 random bits on paper, in letters that cannot be mistaken for one another."""

import hashlib
import secrets
import unicodedata

from coachdesk.errors import WrongKey
from coachdesk.words import _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base32 without I, L, O and U (Crockford, https://www.crockford.com/base32.html)."""

BYTES = 20
GROUP = 4
_SECRET = BYTES * 8 // 5
_CHECK = 4
LENGTH = _SECRET + _CHECK
"""Letters of a code without its dashes."""

_SLIPS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def draw() -> bytes:
    """A new random secret."""
    return secrets.token_bytes(BYTES)


def write(secret: bytes) -> str:
    """The code of a secret, as it is shown and printed: nine groups of four, the last one the checksum."""
    letters = _letters(int.from_bytes(secret, "big"), _SECRET) + _checksum(secret)
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(text: str) -> bytes:
    """The secret of a typed code: any case, with or without dashes and spaces, O for 0, I or L for 1, U for V.

    Raises WrongKey for a slip of the pen, told from a wrong code by length, letters and checksum.
    """
    typed = [c for c in unicodedata.normalize("NFKC", text).upper() if unicodedata.category(c)[0] not in "PZC"]
    letters = "".join(typed).translate(_SLIPS)
    strange = sorted(set(letters) - set(ALPHABET))
    if strange:
        raise WrongKey(
            _("“{letter}” does not occur in a recovery code. Compare what you typed with your paper.").format(
                letter=strange[0]
            )
        )
    if len(letters) != LENGTH:
        raise WrongKey(
            _("A recovery code has {expected} letters and digits, this one has {count}.").format(
                expected=LENGTH, count=len(letters)
            )
        )
    number = 0
    for letter in letters[:_SECRET]:
        number = number * 32 + ALPHABET.index(letter)
    secret = number.to_bytes(BYTES, "big")
    if letters[_SECRET:] != _checksum(secret):
        raise WrongKey(_("There is a typing slip in the recovery code. Compare it with your paper, group by group."))
    return secret


def _letters(number: int, count: int) -> str:
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(count)))


def _checksum(secret: bytes) -> str:
    digest = hashlib.sha256(b"coachdesk recovery code" + secret).digest()
    return _letters(int.from_bytes(digest[:4], "big"), _CHECK)
