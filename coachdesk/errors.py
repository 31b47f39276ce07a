"""The errors CoachDesk explains, and by their absence the ones it does not.

Exception
├── Refused                 ours to explain: the message is one sentence for the coach, nothing was changed
│   ├── Locked              the records are locked; unlock first
│   ├── WrongKey            wrong passphrase or wrong recovery code
│   ├── RecordsMissing      no records in this folder yet
│   ├── RecordsDamaged      the key file or the database cannot be read; nothing was changed
│   ├── RecordsNewer        written by a newer CoachDesk
│   ├── RecordsReadOnly     the folder or the disk cannot be written
│   └── KeychainUnavailable this computer's keychain is missing, closed, or has lost our key
└── anything else           a bug: it reaches the crash screen (window) or exit code 70 (command line)
"""


class Refused(Exception):
    """Something CoachDesk will not or cannot do, said in one sentence for the coach."""

    @property
    def sentence(self) -> str:
        """The sentence to show."""
        return str(self.args[0])


class Locked(Refused):
    """The records are locked."""


class WrongKey(Refused):
    """The passphrase or the recovery code does not open these records."""


class RecordsMissing(Refused):
    """There are no records in this folder."""


class RecordsDamaged(Refused):
    """The key file or the database cannot be read as ours."""


class RecordsNewer(Refused):
    """The records were written by a newer CoachDesk."""


class RecordsReadOnly(Refused):
    """The records cannot be written: read-only folder, full disk, no permission."""


class KeychainUnavailable(Refused):
    """The keychain of this computer cannot give or keep our key."""


def sentence_of(error: Exception) -> str:
    """The sentence of a refusal; anything else is a bug, and raised."""
    if not isinstance(error, Refused):
        raise error
    return error.sentence
