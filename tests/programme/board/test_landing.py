"""Where a dropped session comes to be. Pure."""

from programme.programmes import at

from eventapp.programme.board.landing import Gesture, landing
from eventapp.programme.kinds import SessionKind
from eventapp.programme.timetable.checks import TimetableSlot
from eventapp.programme.timetable.places import Place

SLOTS = [
    TimetableSlot("I", "Runde I", at(110), at(155)),
    TimetableSlot("II", "Runde II", at(165), at(210)),
]
ROUND, KEYNOTE = SessionKind.TALK_ROUND, SessionKind.KEYNOTE


def landed(kind, start, end, gesture=Gesture.CARRY):
    return landing(kind, Place(at(start), at(end), "R1"), SLOTS, gesture)


def test_a_round_dropped_in_a_slot_takes_it():
    assert landed(ROUND, 130, 170) == Place(at(110), at(155), "R1", "I")
    assert landed(ROUND, 165, 200) == Place(at(165), at(210), "R1", "II")


def test_a_round_dropped_between_slots_has_none():
    assert landed(ROUND, 155, 165) == Place(at(155), at(165), "R1")


def test_a_round_pulled_longer_keeps_its_slot_and_its_length():
    assert landed(ROUND, 110, 160, Gesture.PULL) == Place(at(110), at(160), "R1", "I")
    assert landed(ROUND, 0, 40, Gesture.PULL) == Place(at(0), at(40), "R1")


def test_others_never_take_a_slot():
    assert landed(KEYNOTE, 130, 170) == Place(at(130), at(170), "R1")
