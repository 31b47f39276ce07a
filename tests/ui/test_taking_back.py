"""What could be taken back is not held on to while the records are locked."""

from coachdesk.practice import clients


def test_no_step_is_held_while_the_records_are_locked(window):
    window.desk.do(clients.add, "Ada")
    assert window.desk.steps.done is window.taking_back._seen
    window.desk.close()
    window.bridge.locked.emit()
    assert window.taking_back._seen is None
