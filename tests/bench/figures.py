"""A measured figure, what it is held against, and the table of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ("what", "measured", "yardstick", "ratio", "budget", "held")


@dataclass(frozen=True)
class Limit:
    """The most a figure may be: itself in its unit, or as a multiple of its yardstick, or both."""

    most: float | None = None
    times: float | None = None


@dataclass(frozen=True)
class Figure:
    """What was measured, in its unit, and in the same unit the yardstick measured in the same run."""

    what: str
    measured: float | None
    """None where there was nothing to measure."""
    unit: str
    limit: Limit
    yardstick: float | None = None
    against: str = ""
    """What the yardstick is."""

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick; None without one."""
        return self.measured / self.yardstick if self.yardstick and self.measured is not None else None

    @property
    def held(self) -> bool:
        """Whether the budget is kept in every way it is set."""
        if self.measured is None:
            return False
        within = self.limit.most is None or self.measured <= self.limit.most
        ratio = self.ratio
        return within and (self.limit.times is None or (ratio is not None and ratio <= self.limit.times))

    @property
    def cells(self) -> tuple[str, ...]:
        """One line of the table."""
        yardstick = f"{self._amount(self.yardstick)} ({self.against})" if self.yardstick else self.against or "–"
        ratio = f"{self.ratio:.2f} ×" if self.ratio is not None else "–"
        if self.measured is None:
            return (self.what, "not built", yardstick, ratio, self._budget(), "–")
        return (self.what, self._amount(self.measured), yardstick, ratio, self._budget(), "yes" if self.held else "no")

    def _budget(self) -> str:
        times = f"≤ {self.limit.times:g} ×" if self.limit.times is not None else ""
        most = f"≤ {self.limit.most:g} {self.unit}" if self.limit.most is not None else ""
        return ", ".join(part for part in (times, most) if part)

    def _amount(self, value: float) -> str:
        if value >= 100:
            return f"{value:.0f} {self.unit}"
        return f"{value:.1f} {self.unit}" if value >= 10 else f"{value:.3g} {self.unit}"


def plain(figures: Sequence[Figure]) -> str:
    """The table for a terminal."""
    rows = [HEAD, *(figure.cells for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def markdown(figures: Sequence[Figure]) -> str:
    """The table for docs/performance.md."""
    rows = [HEAD, ("---",) * len(HEAD), *(figure.cells for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
