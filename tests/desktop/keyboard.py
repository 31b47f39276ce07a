"""A coach without a mouse: goes from one thing to the next by Tab, as far as what is wanted, and presses keys."""

from tests.desktop.hand import Hand
from tests.desktop.reader import Thing, until


class Keyboard(Hand):
    """One pair of eyes, and keys."""

    def stands_on(self) -> Thing | None:
        """What has the keyboard; None while it goes from one to another."""
        try:
            return self.reader.focused()
        except LookupError:
            return None  # it went away while we looked

    def is_on(self, name: str, role: str = "") -> Thing:
        """The thing, once it has the keyboard."""
        found: list[Thing] = []

        def there() -> bool:
            found[:] = [thing for thing in [self.stands_on()] if thing is not None and thing.matches(name, role)]
            return bool(found)

        until(there, lambda: f"the keyboard is not on {role} {name!r} but on {self.stands_on()}")
        return found[0]

    def turns_to(self, keys: str, title: str) -> None:
        """Go to a page by its keys; the page itself has the keyboard then."""
        self.presses(keys)
        self.is_on(title, "filler")

    def goes_to(self, name: str, role: str = "", by: str = "Tab") -> Thing:
        """Press a key until this has the keyboard; raises AssertionError with the way that was gone."""
        way: dict[str, Thing] = {}
        here = self._rests()
        while not here.matches(name, role):
            assert here.path not in way, f"{role} {name!r} is not to be reached by {by}: {list(way.values())}"
            way[here.path] = here
            self.presses(by)
            here = self._left(here, by)
        return here

    def presses_on(self, name: str, role: str = "", by: str = "Tab", key: str = "space") -> None:
        """Go there, and press it."""
        self.goes_to(name, role, by)
        self.presses(key)

    def writes(self, name: str, words: str, by: str = "Tab") -> None:
        """Go to a field and write."""
        self.goes_to(name, "text", by)
        self.types(words)

    def _left(self, before: Thing, by: str) -> Thing:
        """What has the keyboard after another had it."""
        found: list[Thing] = []

        def there() -> bool:
            now = self.stands_on()
            found[:] = [now] if now is not None and now.path != before.path else []
            return bool(found)

        until(there, lambda: f"{by} does not lead on from {before}")
        return found[0]

    def _rests(self) -> Thing:
        """What has the keyboard, once anything does."""
        found: list[Thing] = []

        def there() -> bool:
            found[:] = [thing for thing in [self.stands_on()] if thing is not None]
            return bool(found)

        until(there, lambda: f"nothing has the keyboard, among {self.reader.texts()}")
        return found[0]
