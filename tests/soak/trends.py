"""Whether something grows: a straight line through what was noted, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean, median
from typing import TypeVar

T = TypeVar("T")

SURE = 2.0
"""Standard errors by which a slope must differ from nought to be more than noise."""
FEWEST = 6
"""Rounds of the warm-up at least: after so many, everything was done once."""


@dataclass(frozen=True)
class Trend:
    """A slope by least squares, with its standard error, both per unit of time."""

    slope: float
    error: float

    @property
    def grows(self) -> bool:
        """Whether it is more than noise, upwards."""
        return self.slope > SURE * self.error

    @classmethod
    def of(cls, times: Sequence[float], values: Sequence[float]) -> "Trend":
        """Through at least three points.

        What is left over between neighbours is alike where something rises slowly and falls at once, as memory does
        between two sweeps. The error is widened as for a series of the first order (Santer et al. 2000,
        doi:10.1029/1999JD901105): there are fewer independent points than noted ones, n (1 - r) / (1 + r).
        """
        middle, level = fmean(times), fmean(values)
        spread = sum((t - middle) ** 2 for t in times)
        slope = sum((t - middle) * (v - level) for t, v in zip(times, values, strict=True)) / spread
        left = [v - level - slope * (t - middle) for t, v in zip(times, values, strict=True)]
        variance = sum(each * each for each in left)
        if variance == 0:
            return cls(slope, 0.0)
        alike = max(0.0, sum(a * b for a, b in pairwise(left)) / variance)
        independent = len(left) * (1 - alike) / (1 + alike)
        return cls(slope, sqrt(variance / max(1.0, independent - 2) / spread))


def after_warm_up(noted: Sequence[T]) -> Sequence[T]:
    """What was noted once everything is loaded: without the first fifth, and without the first rounds."""
    return noted[max(FEWEST, len(noted) // 5) :]


def growth(counts: Sequence[float]) -> float:
    """How many more there are in the last quarter than in the first, in the middle of each."""
    quarter = max(1, len(counts) // 4)
    return median(counts[-quarter:]) - median(counts[:quarter])
