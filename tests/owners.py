"""Whose a folder is, as a test would have it: only root could really give one away."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest


def tell(patch: pytest.MonkeyPatch, owners: Mapping[Path, int]) -> None:
    """From now on the system says of these paths that they are these users'."""
    real, known = os.stat, {str(path): owner for path, owner in owners.items()}

    def asked(path: Any, **how: Any) -> os.stat_result:
        found = real(path, **how)
        if str(path) not in known:
            return found
        told = list(found)
        told[stat.ST_UID] = known[str(path)]
        return os.stat_result(told)

    patch.setattr(os, "stat", asked)
