"""A verb beside the window reads with the window's records, changes on the window's thread, and ends with a lock."""

import pytest

from coachdesk import verbs
from coachdesk.errors import Locked
from coachdesk.practice import clients
from coachdesk.ui.beside import Beside


@pytest.fixture
def there():
    """Stands for the window's thread; keeps what was done on it."""

    class There:
        def __init__(self):
            self.done = 0

        def __call__(self, work):
            self.done += 1
            return work()

    return There()


def test_it_reads_by_itself_and_changes_on_the_window_s_thread(desk, there):
    beside = Beside(desk, there)
    heard = []
    desk.listeners.append(heard.append)
    assert [] == beside.read(clients.every)
    assert 0 == there.done
    ada = beside.do(clients.add, "Ada")
    assert 1 == there.done
    assert [ada.id] == [each.id for each in desk.read(clients.every)]
    assert [clients.Client] == [table for touched in heard for table in touched]


def test_once_the_window_locks_it_reads_no_more(desk, there):
    beside = Beside(desk, there)
    desk.close()
    assert not beside.is_open
    with pytest.raises(Locked):
        beside.read(clients.every)


@pytest.mark.parametrize("verb", [name for name in verbs.BESIDE if name in ("backup.now", "doctor", "hours")])
def test_what_may_take_long_answers_the_same(desk, there, verb):
    assert ["ok"] == list(verbs.carry_out(Beside(desk, there), {"verb": verb}))
    assert 0 == there.done


def test_whatever_is_carried_out_beside_the_window_is_a_verb():
    assert set() == set(verbs.BESIDE) - set(verbs.table())
