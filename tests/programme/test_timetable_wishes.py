"""The hint that two topics at the same time are wished for by the same guests. Pure."""

from hypothesis import given
from hypothesis import strategies as st
from programme.programmes import session, timetable

from eventapp.programme.kinds import SessionKind
from eventapp.programme.timetable.checks import Rule, Severity, conflicts
from eventapp.programme.timetable.wishes import MANY, FirstWish, wished_by_the_same


def round_of(key, start, **more):
    return session(key, start, start + 45, kind=SessionKind.TALK_ROUND, **more)


def wishes(*keys, guests):
    return [FirstWish(guest, key) for key in keys for guest in range(guests)]


def said(programme, wished):
    found = conflicts(programme, more=[wished_by_the_same(wished)])
    return [one for one in found if one.rule is Rule.SHARED_FIRST_WISHES]


def test_two_topics_at_the_same_time_that_the_same_guests_want_are_a_hint():
    programme = timetable(round_of("T2", 0), round_of("T4", 0), round_of("T6", 60))

    [found] = said(programme, wishes("T2", "T4", "T6", guests=14))

    assert found.severity is Severity.SOFT
    assert str(found.text) == (
        "T2 and T4 run at the same time, 15:00–15:45, and share 14 first wishes."
    )
    assert found.sessions == ("T2", "T4")


def test_a_few_guests_who_want_both_are_no_hint():
    programme = timetable(round_of("T2", 0), round_of("T4", 0))

    assert said(programme, wishes("T2", "T4", guests=MANY - 1)) == []
    assert len(said(programme, wishes("T2", "T4", guests=MANY))) == 1


def test_a_topic_that_is_offered_once_more_is_left_in_peace():
    programme = timetable(round_of("T2", 0), round_of("T4", 0), round_of("T7", 60, repeats="T2"))

    assert said(programme, wishes("T2", "T4", guests=14)) == []


def test_what_somebody_noted_stays_noted_when_a_guest_changes_the_wish():
    programme = timetable(round_of("T2", 0), round_of("T4", 0))
    [before] = said(programme, wishes("T2", "T4", guests=14))
    [after] = said(programme, wishes("T2", "T4", guests=15))

    assert before.fingerprint == after.fingerprint


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(["T1", "T2", "T3", "T4"])), max_size=60
    ).flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn)))
)
def test_the_order_of_the_wishes_changes_nothing_and_nobody_is_counted_twice(drawn):
    one, other = ([FirstWish(*pair) for pair in pairs] for pairs in drawn)
    programme = timetable(*(round_of(f"T{n}", 0) for n in range(1, 5)))

    assert said(programme, one) == said(programme, other) == said(programme, one + other)
