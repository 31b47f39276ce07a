"""Clients that many tests of the records need."""

import pytest
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.practice import clients
from coachdesk.practice.clients import Client


@pytest.fixture
def ada(db: Db, clock: Still) -> Client:
    """A client with a short name."""
    return clients.add(db, "Ada Lovelace", short_name="Ada", now=clock.now())


@pytest.fixture
def ben(db: Db, clock: Still) -> Client:
    """Another."""
    return clients.add(db, "Ben", now=clock.now())
