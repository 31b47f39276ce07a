"""A coach at the screen: finds things by their names as a screen reader has them, clicks them, types."""

from pathlib import Path
from subprocess import CalledProcessError

from tests.desktop import touch
from tests.desktop.reader import Reader, Thing, until
from tests.display import Display


class Hand:
    """One pair of eyes and one hand."""

    def __init__(self, screen: Display, reader: Reader, pictures: Path) -> None:
        self.screen, self.reader, self._pictures = screen, reader, pictures
        pictures.mkdir(parents=True, exist_ok=True)

    def sees(self, name: str, role: str = "") -> Thing:
        """The thing, once it is there."""
        return self.reader.wait(name, role)

    def sees_no(self, name: str, role: str = "") -> None:
        """Wait until it is gone."""
        until(lambda: not self.reader.find(name, role), lambda: f"{role} {name!r} is still there")

    def clicks(self, name: str, role: str = "") -> None:
        """Click on it, once it is there and stands still."""
        self.press_at(self.still(name, role).middle)

    def still(self, name: str, role: str = "") -> Thing:
        """The thing, once two looks find it at the same place."""
        found = self.sees(name, role)

        def stands() -> bool:
            nonlocal found
            before, now = found, self.reader.find(name, role)
            found = now[0] if now else before
            return bool(now) and found.box == before.box and found.box[2] > 0

        until(stands, lambda: f"{name!r} does not stand still")
        return found

    def press_at(self, place: tuple[int, int]) -> None:
        """Move the pointer there and press; what is seen from then on is what comes of it."""
        touch.press(self.screen, place)

    def types(self, words: str) -> None:
        """Type with the keyboard, wherever the focus is."""
        self.screen.run("xdotool", "type", "--delay", "12", words)

    def presses(self, *keys: str) -> None:
        """Press keys, such as ``ctrl+alt+shift+m``."""
        self.screen.run("xdotool", "key", "--clearmodifiers", *keys)

    def fills(self, name: str, words: str) -> None:
        """Click into a field and type."""
        self.clicks(name, "text")
        self.types(words)

    def active(self) -> str:
        """The title of the window that has the keyboard."""
        return active(self.screen)

    def keeps_picture(self, name: str) -> None:
        """Keep the screen as it is now, for whoever looks at a failure."""
        self.screen.picture(self._pictures / f"{name}.png")


def active(screen: Display) -> str:
    """The title of the window that has the keyboard, as the window manager says; empty while it goes over."""
    try:
        return screen.run("xdotool", "getactivewindow", "getwindowname")
    except CalledProcessError:
        return ""
