"""The lists: shipped, edited, put in order, taken back to what they were; nothing ticked or answered is lost."""

from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.practice import brief, checklists, clients, reflections, sessions
from coachdesk.practice.checklists import FIRST_SESSION, WEEKLY_CLIENTS, WEEKLY_SELF, Checklist, ChecklistItem

BERLIN = ZoneInfo("Europe/Berlin")


def texts(db: Session, key: str = WEEKLY_CLIENTS) -> list[str]:
    return [item.text for item in checklists.items(db, key)]


def test_the_lists_ship_with_their_items(db: Session) -> None:
    sizes = {key: len(checklists.items(db, key)) for key in checklists.SHIPPED}
    assert {FIRST_SESSION: 4, WEEKLY_CLIENTS: 5, WEEKLY_SELF: 5} == sizes
    assert all(checklists.as_it_came(db, key) for key in checklists.SHIPPED)


def test_older_records_get_the_lists_they_lack_when_opened_and_keep_their_own_words(desk: Desk, clock: Still) -> None:
    with desk.store.session() as db:
        for row in db.exec(select(Checklist).where(Checklist.key != FIRST_SESSION)):
            db.delete(row)
        checklists.edit_item(db, checklists.items(db, FIRST_SESSION)[0].id, "In my words.", now=clock.now())
        db.commit()
    opened, _store = Desk(clock, desk.home), desk.store
    opened.adopt(_store)
    with desk.store.session() as db:
        assert "In my words." == texts(db, FIRST_SESSION)[0]
        assert 4 == len(texts(db, FIRST_SESSION))
        assert 5 == len(texts(db, WEEKLY_SELF))


def test_a_list_that_was_emptied_stays_empty_when_the_records_are_opened(db: Session, clock: Still) -> None:
    for item in checklists.items(db, WEEKLY_SELF):
        checklists.remove_item(db, item.id, now=clock.now())
    checklists.ship(db, now=clock.now())
    assert [] == texts(db, WEEKLY_SELF)


def test_an_item_is_moved_up_and_down_but_not_out_of_its_list(db: Session, clock: Still) -> None:
    first, *others = texts(db)
    for by, place in ((1, 1), (-1, 0), (-1, 0), (99, 4)):
        item = next(item for item in checklists.items(db, WEEKLY_CLIENTS) if item.text == first)
        checklists.move_item(db, item.id, by, now=clock.now())
        assert [*others[:place], first, *others[place:]] == texts(db)


def test_an_item_that_was_removed_meanwhile_is_not_moved(db: Session, clock: Still) -> None:
    item = checklists.items(db, WEEKLY_CLIENTS)[0]
    checklists.remove_item(db, item.id, now=clock.now())
    left = texts(db)
    checklists.move_item(db, item.id, 2, now=clock.now())
    assert left == texts(db)


def test_a_list_goes_back_to_the_words_and_order_it_came_with_and_keeps_ones_own(db: Session, clock: Still) -> None:
    came = texts(db)
    rows = checklists.items(db, WEEKLY_CLIENTS)
    checklists.edit_item(db, rows[0].id, "other words", now=clock.now())
    checklists.remove_item(db, rows[1].id, now=clock.now())
    mine = checklists.add_item(db, WEEKLY_CLIENTS, "Did I laugh?", now=clock.now())
    checklists.move_item(db, mine.id, -9, now=clock.now())
    assert not checklists.as_it_came(db, WEEKLY_CLIENTS)

    checklists.as_shipped(db, WEEKLY_CLIENTS, now=clock.now())
    assert [*came, "Did I laugh?"] == texts(db)
    assert rows[0].id == checklists.items(db, WEEKLY_CLIENTS)[0].id
    checklists.remove_item(db, mine.id, now=clock.now())
    assert checklists.as_it_came(db, WEEKLY_CLIENTS)


def test_an_item_that_a_list_never_had_comes_with_its_words(db: Session, clock: Still) -> None:
    came = texts(db)
    db.delete(checklists.items(db, WEEKLY_CLIENTS)[2])
    db.flush()
    checklists.as_shipped(db, WEEKLY_CLIENTS, now=clock.now())
    assert came == texts(db)


def test_only_lists_that_ship_have_words_to_go_back_to(db: Session, clock: Still) -> None:
    with pytest.raises(Refused, match="no such checklist"):
        checklists.as_shipped(db, "other", now=clock.now())
    db.add(Checklist(key="other", name="Other", created_at=clock.now().at, updated_at=clock.now().at))
    db.flush()
    with pytest.raises(Refused, match="no such checklist"):
        checklists.as_shipped(db, "other", now=clock.now())


@pytest.mark.parametrize("use", ["ticked", "answered"])
def test_what_was_used_before_is_kept_when_the_item_goes(db: Session, clock: Still, use: str) -> None:
    mine = checklists.add_item(db, FIRST_SESSION if use == "ticked" else WEEKLY_CLIENTS, "Tea?", now=clock.now())
    if use == "ticked":
        checklists.tick(db, clients.add(db, "Ada", now=clock.now()).id, mine.id, now=clock.now())
    else:
        reflections.answer(db, "2026-W10", mine.id, now=clock.now(), zone=BERLIN, word="yes")
    checklists.remove_item(db, mine.id, now=clock.now())
    assert clock.now().at == db.get_one(ChecklistItem, mine.id).retired_at


def test_an_item_of_ones_own_that_nobody_used_goes_for_good(db: Session, clock: Still) -> None:
    mine = checklists.add_item(db, FIRST_SESSION, "Tea?", now=clock.now())
    checklists.remove_item(db, mine.id, now=clock.now())
    assert None is db.get(ChecklistItem, mine.id)


def test_what_was_not_said_in_the_first_session_comes_up_in_the_second_and_not_in_the_third(
    db: Session, clock: Still
) -> None:
    ada = clients.add(db, "Ada", now=clock.now())
    checklists.tick(db, ada.id, checklists.find_item(db, "1").id, now=clock.now())
    open_then = []
    for _session in range(3):
        open_then.append([line.position for line in brief.brief(db, ada.id, now=clock.now()).unticked])
        sessions.start(db, ada.id, now=clock.now())
        clock.advance(3000)
        sessions.finish(db, now=clock.now())
        clock.advance(86400)
    assert [[2, 3, 4], [2, 3, 4], []] == open_then
