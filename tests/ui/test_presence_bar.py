"""The bar draws its face, keeps its place, and repaints only what changed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractAnimation, QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from coachdesk.ui.bar_face import Button, Face
from coachdesk.ui.bar_places import USUAL, Place, Spot
from coachdesk.ui.presence_bar import PresenceBar, name_of
from coachdesk.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("does not support raise")  # Qt's offscreen screen has no stacking

REST = Face(share=0.36, time="32 min")
OPEN = Face(
    share=0.36, time="32 min", buttons=(Button("mark", "mark", "bookmark-simple"), Button("end", "end", "flag"))
)
ANSWERS = tuple(Button(name, name, answer=True) for name in ("asked", "later", "not today"))
CUE = Face(tinted=True, share=0.5, time="25 min", sentence="How is this going for you?", buttons=ANSWERS)
HIDDEN = Face(hidden=True, share=0.36)


class Paints(QObject):
    """Notes which parts of the bar are painted."""

    def __init__(self, bar: PresenceBar) -> None:
        super().__init__(bar)
        self.parts: list[QRect] = []
        bar.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.parts.append(event.region().boundingRect())
        return False


@pytest.fixture
def calm(qapp):
    """Without motion."""
    qapp.setProperty("reduce_motion", True)
    yield
    qapp.setProperty("reduce_motion", None)


@pytest.fixture
def bar(qtbot, calm):
    made = PresenceBar("headless")
    qtbot.addWidget(made)
    made.stand_at(Spot(name_of(QGuiApplication.primaryScreen()), USUAL))
    made.show_face(REST)
    made.show()
    qtbot.waitExposed(made)
    return made


def area() -> QRect:
    return QGuiApplication.primaryScreen().availableGeometry()


def drag(held: QWidget, to: QPoint) -> None:
    """Take the bar by itself or by a button, and let it go with that part at a point of the screen."""
    grip, left = QPoint(12, 20), Qt.MouseButton.LeftButton
    QTest.mousePress(held, left, pos=grip)
    start = held.mapToGlobal(grip)
    steps = (to - start).manhattanLength() // 10
    for step in range(1, steps + 1):
        there = start + (to - start) * (step / steps)
        where = QPointF(held.mapFromGlobal(there))
        move = QMouseEvent(QEvent.Type.MouseMove, where, QPointF(there), left, left, Qt.KeyboardModifier.NoModifier)
        QGuiApplication.sendEvent(held, move)
    QTest.mouseRelease(held, left, pos=held.mapFromGlobal(to))


def test_at_rest_it_is_slim_and_stands_at_the_top_centre(bar):
    assert (160, 44) == bar.size().toTuple()
    assert (area().top(), area().center().x()) == (bar.y(), bar.geometry().center().x())


def test_its_window_never_takes_the_keyboard_and_names_nobody(bar):
    hint = Qt.WindowType
    wanted = hint.Tool | hint.FramelessWindowHint | hint.WindowStaysOnTopHint | hint.WindowDoesNotAcceptFocus
    assert wanted == bar.windowFlags() & wanted
    assert bar.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not bar.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    assert ("CoachDesk", "CoachDesk") == (bar.windowTitle(), bar.accessibleName())


def test_on_x11_it_passes_the_window_manager_by(qtbot):
    bar = PresenceBar("x11")
    qtbot.addWidget(bar)
    assert bar.windowFlags() & Qt.WindowType.BypassWindowManagerHint


def test_on_wayland_it_is_an_ordinary_window(qtbot):
    bar = PresenceBar("wayland")
    qtbot.addWidget(bar)
    assert Qt.WindowType.Window == bar.windowType()
    assert not bar.windowFlags() & Qt.WindowType.FramelessWindowHint


def test_it_grows_around_its_middle_and_back(qapp, desk, bar):
    theme = Theme(qapp, desk.settings)
    bar.show_face(OPEN)
    assert (True, 44) == (bar.width() > 160, bar.height())
    assert abs(area().center().x() - bar.geometry().center().x()) <= 1
    bar.show_face(REST)
    assert 160 == bar.width()
    qapp.setStyleSheet("")
    theme.deleteLater()


def test_after_many_buttons_it_is_as_narrow_as_the_one_that_is_left(bar):
    ended = Face(share=1.0, time="ended", buttons=(Button("end", "take back", "arrow-counter-clockwise"),))
    bar.show_face(ended)
    before = bar.width()
    assert bar.button("end").width() >= bar.button("end").sizeHint().width()
    bar.show_face(replace(OPEN, buttons=tuple(Button(name, name, "flag") for name in ("mark", "jot", "hold", "end"))))
    bar.show_face(ended)
    assert before == bar.width()


def test_a_screen_reader_is_told_of_buttons_and_of_what_is_on(bar):
    bar.show_face(replace(OPEN, buttons=(Button("mark", "mark"), Button("hold", "go on", lit=True))))
    roles = [QAccessible.queryAccessibleInterface(bar.button(name)).role() for name in ("mark", "hold")]
    assert [QAccessible.Role.Button, QAccessible.Role.CheckBox] == roles


def test_a_button_whose_words_do_not_say_it_is_named_for_screen_readers(bar):
    bar.show_face(replace(OPEN, buttons=(Button("more", "…", spoken="more"),)))
    assert ("…", "more") == (bar.button("more").text(), bar.button("more").accessibleName())


def test_a_button_says_its_id(bar, qtbot):
    bar.show_face(OPEN)
    with qtbot.waitSignal(bar.pressed) as pressed:
        qtbot.mouseClick(bar.button("end"), Qt.MouseButton.LeftButton)
    assert ["end"] == pressed.args


def test_buttons_are_named_for_screen_readers_large_enough_and_without_focus(bar):
    bar.show_face(OPEN)
    button = bar.button("mark")
    assert ("mark", Qt.FocusPolicy.NoFocus) == (button.accessibleName(), button.focusPolicy())
    assert min(button.size().toTuple()) >= 32


def test_a_button_that_is_on_stays_on_when_pressed_until_told_otherwise(bar, qtbot):
    bar.show_face(Face(time="32 min", buttons=(Button("hold", "go on", "hand-palm", lit=True),)))
    qtbot.mouseClick(bar.button("hold"), Qt.MouseButton.LeftButton)
    assert bar.button("hold").isChecked()


def test_a_cue_replaces_the_buttons_and_stays_within_640(bar):
    bar.show_face(OPEN)
    bar.show_face(CUE)
    assert bar.button("mark") is None
    assert bar.button("asked").isVisible()
    assert bar.width() <= 640


def test_a_line_too_long_for_one_row_keeps_every_word_on_two(bar):
    long = "The computer slept for 94 minutes, from 14:02. Should that time count as part of the session? " * 2
    bar.show_face(Face(time="32 min", sentence=long, buttons=ANSWERS))
    assert (640, True) == (bar.width(), bar.height() > 60)
    assert area().contains(bar.geometry())


def test_hidden_it_leaves_three_pixels_at_the_edge(bar):
    bar.show_face(HIDDEN)
    assert QRect(area().center().x() - 79, area().top(), 160, 3) == bar.geometry()


def test_hidden_at_the_side_the_line_stands_upright(bar):
    bar.stand_at(Spot("", Place("left", 0.5)))
    bar.show_face(HIDDEN)
    assert (3, 160) == bar.size().toTuple()


def test_a_press_on_the_hidden_line_asks_it_back(bar, qtbot):
    bar.show_face(HIDDEN)
    with qtbot.waitSignal(bar.pressed) as pressed:
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(80, 1))
    assert ["hide"] == pressed.args


def test_a_dot_confirms_and_goes_by_itself(bar, qtbot):
    before = bar.grab().toImage()
    bar.confirm()
    assert before != bar.grab().toImage()
    qtbot.waitUntil(lambda: before == bar.grab().toImage(), timeout=2000)


def test_a_dot_confirms_also_while_hidden(bar, qtbot):
    bar.show_face(HIDDEN)
    bar.confirm()
    assert bar.height() > 3
    qtbot.waitUntil(lambda: 3 == bar.height(), timeout=2000)


def test_the_same_face_again_paints_nothing(bar, qapp):
    qapp.processEvents()
    paints = Paints(bar)
    bar.show_face(Face(share=0.36, time="32 min"))
    bar.show_face(Face(share=0.3601, time="32 min"))
    qapp.processEvents()
    assert [] == paints.parts


def test_a_pixel_more_of_the_line_paints_the_line_alone(bar, qapp):
    qapp.processEvents()
    paints = Paints(bar)
    bar.show_face(Face(share=0.5, time="32 min"))
    qapp.processEvents()
    assert [QRect(0, 41, 160, 3)] == paints.parts


def test_dragged_it_snaps_to_the_nearest_edge_and_says_where(bar, qtbot):
    with qtbot.waitSignal(bar.moved) as moved:
        drag(bar, QPoint(area().left() + 30, area().center().y()))
    spot = moved.args[0]
    assert ("left", area().left()) == (spot.place.edge, bar.x())


def test_dragged_by_a_button_it_moves_and_the_button_is_not_pressed(bar, qtbot):
    bar.show_face(OPEN)
    with qtbot.assertNotEmitted(bar.pressed), qtbot.waitSignal(bar.moved) as moved:
        drag(bar.button("end"), QPoint(area().center().x(), area().bottom() - 20))
    assert "bottom" == moved.args[0].place.edge


def test_a_press_without_moving_is_no_drag(bar, qtbot):
    with qtbot.assertNotEmitted(bar.moved), qtbot.assertNotEmitted(bar.pressed):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_on_a_screen_that_is_gone_it_stands_on_the_primary_one(bar):
    bar.stand_at(Spot("unplugged", Place("bottom", 0.9)))
    assert area().contains(bar.geometry())
    assert area() == bar.area()


def test_the_pointer_is_told_after_a_moment(bar, qtbot):
    with qtbot.waitSignal(bar.hovered, timeout=2000) as hovered:
        QTest.mouseMove(bar, QPoint(80, 20))
    assert [True] == hovered.args
    with qtbot.waitSignal(bar.hovered, timeout=2000) as hovered:
        QTest.mouseMove(bar, QPoint(400, 400))
    assert [False] == hovered.args


def test_a_press_meant_for_the_buttons_before_is_no_answer(bar, qtbot):
    bar.show_face(OPEN)
    with qtbot.waitSignal(bar.hovered):
        QTest.mouseMove(bar.button("end"))
    bar.show_face(CUE)
    with qtbot.assertNotEmitted(bar.pressed):
        qtbot.mouseClick(bar.button("asked"), Qt.MouseButton.LeftButton)
    QTest.mouseMove(bar, QPoint(400, 400))


FIRST = replace(OPEN, buttons=(*OPEN.buttons, Button("more", "…")))
SECOND = replace(OPEN, buttons=(*(Button(name, name * 4) for name in ("pause", "put_back")), Button("less", "…")))


@pytest.mark.parametrize("edge", ["top", "bottom", "right"])
def test_the_button_that_turned_to_the_second_row_stays_where_it_is(bar, edge):
    bar.stand_at(Spot(name_of(QGuiApplication.primaryScreen()), Place(edge, 0.5)))
    bar.show_face(FIRST)
    more = bar.button("more")
    before = QRect(more.mapToGlobal(QPoint()), more.size())
    bar.show_face(SECOND)
    less = bar.button("less")
    assert before == QRect(less.mapToGlobal(QPoint()), less.size())
    bar.show_face(FIRST)
    assert before.topLeft() == bar.button("more").mapToGlobal(QPoint())


@pytest.fixture
def turned(bar, qtbot):
    """A bar whose second row put another button under the pointer that pressed *…*, and where that is."""
    bar.stand_at(Spot(name_of(QGuiApplication.primaryScreen()), Place("left", 0.5)))
    bar.show_face(FIRST)
    there = bar.button("more").mapToGlobal(bar.button("more").rect().center())
    qtbot.mouseClick(bar.button("more"), Qt.MouseButton.LeftButton)
    bar.show_face(SECOND)
    return bar.childAt(bar.mapFromGlobal(there)), there


@pytest.mark.parametrize("way", [QPoint(20, 0), QPoint(400, 400)])
def test_a_pointer_that_went_and_came_back_presses_what_is_there_now(bar, turned, qtbot, way):
    under, there = turned
    for place in (there, there + way, there):
        QTest.mouseMove(bar, bar.mapFromGlobal(place))
    with qtbot.waitSignal(bar.pressed):
        qtbot.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFromGlobal(there))
    QTest.mouseMove(bar, QPoint(400, 400))


def test_what_the_second_row_puts_under_the_resting_pointer_is_not_pressed(bar, turned, qtbot):
    under, there = turned
    QTest.mouseMove(bar, bar.mapFromGlobal(there))
    QTest.mouseMove(bar, bar.mapFromGlobal(there + QPoint(2, 1)))  # a hand is never quite still
    with qtbot.assertNotEmitted(bar.pressed):
        qtbot.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFromGlobal(there))
    assert under in (bar.button("pause"), bar.button("put_back"))
    with qtbot.waitSignal(bar.pressed):
        qtbot.mouseClick(under, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    QTest.mouseMove(bar, QPoint(400, 400))


def test_from_right_to_left_everything_is_mirrored(bar, qtbot):
    bar.show_face(OPEN)
    minutes = bar.findChild(QObject, "time")
    assert minutes.x() < bar.button("mark").mapTo(bar, QPoint(0, 0)).x()
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.waitUntil(lambda: minutes.x() > bar.button("mark").mapTo(bar, QPoint(0, 0)).x())


def test_with_motion_the_tint_comes_first_and_the_line_after_it(qtbot, qapp, bar):
    qapp.setProperty("reduce_motion", False)
    bar.show_face(CUE)
    assert ("", True) == (bar.face.sentence, bar.face.tinted)
    qtbot.waitUntil(lambda: CUE == bar.face, timeout=3000)


def test_a_cue_that_goes_while_its_tint_comes_never_shows_its_line(qtbot, qapp, bar):
    qapp.setProperty("reduce_motion", False)
    bar.show_face(CUE)
    bar.show_face(REST)
    assert REST == bar.face
    bar.hide()


def test_hidden_in_the_middle_of_a_tint_it_is_a_line_at_once(qtbot, qapp, bar):
    qapp.setProperty("reduce_motion", False)
    bar.show_face(CUE)
    bar.show_face(HIDDEN)
    assert 3 == bar.height()
    bar.hide()


def test_closed_nothing_of_it_runs_on(qtbot, qapp, bar):
    qapp.setProperty("reduce_motion", False)
    bar.show_face(CUE)
    bar.confirm()
    bar.hide()
    assert (CUE, QAbstractAnimation.State.Stopped) == (bar.face, bar._tint.state())


QUIET = replace(REST, dot="on", quiet="Quiet: websites.")


def dots(bar) -> tuple[bool, str, str, str]:
    """Whether the dot is shown, its shape, and its words for the pointer and for screen readers."""
    dot = bar._words.dot
    spoken = QAccessible.queryAccessibleInterface(dot).text(QAccessible.Text.Name)
    return dot.isVisible(), dot.kind, dot.toolTip(), spoken


def test_the_dot_of_focus_mode_has_words_for_pointer_and_screen_reader(bar):
    assert not dots(bar)[0]
    bar.show_face(QUIET)
    assert (True, "on", "Quiet: websites.", "Quiet: websites.") == dots(bar)
    assert bar.testAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)
    bar.show_face(HIDDEN)
    assert not dots(bar)[0]


def test_quiet_in_part_is_told_by_shape_not_by_colour(bar):
    bar.show_face(QUIET)
    dot = bar._words.dot
    middle = dot.rect().center()
    full = dot.grab().toImage()
    bar.show_face(replace(QUIET, dot="partly"))
    ring = dot.grab().toImage()
    ground, line = full.pixelColor(0, 0), (middle.x(), middle.y() - 3)
    assert ground == ring.pixelColor(middle) != full.pixelColor(middle)
    assert ground not in (ring.pixelColor(*line), full.pixelColor(*line))


def test_the_minutes_stay_in_the_middle_with_a_dot_beside_them(bar):
    label = bar.findChild(QWidget, "time")
    bar.show_face(QUIET)
    QTest.qWait(0)
    assert abs(label.geometry().center().x() - bar.width() // 2) <= 1
    assert 160 == bar.width()


def test_the_lock_has_words_too(bar):
    bar.show_face(replace(OPEN, private="Not seen by others"))
    assert (True, "Not seen by others") == (bar._words.lock.isVisible(), bar._words.lock.toolTip())
    bar.show_face(OPEN)
    assert not bar._words.lock.isVisible()
