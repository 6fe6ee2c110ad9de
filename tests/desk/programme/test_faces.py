"""Portraits stand where people are named, and nowhere once they are taken back."""

from desk.programme.released import page_of
from factories import make_contribution, make_contributor, make_event, make_session, show
from speakers.support import hand_in_picture

from eventapp.programme.kinds import Role, SessionKind
from eventapp.speakers.actions import remove_portrait
from eventapp.speakers.states import CONTRIBUTOR


def test_a_portrait_is_on_every_page_that_names_its_person_until_it_is_taken_back(client, app):
    event = make_event()
    one = make_session(event, kind=SessionKind.PANEL)
    person = make_contributor(event)
    part = make_contribution(one, person, Role.PANEL)
    show(one)
    paths = ("/", "/programme", "/embed", f"/sessions/{one.uid}", f"/people/{person.public_id}")

    def faces() -> list[bool]:
        return ["/portraits/" in page_of(client, event, path) for path in paths]

    before = faces()
    hand_in_picture(client, part, alt="Mit Brille")
    with_it, alt = faces(), page_of(client, event, paths[-1])
    remove_portrait(person, by=CONTRIBUTOR)

    assert (before, with_it, faces()) == ([False] * 5, [True] * 5, [False] * 5)
    assert 'alt="Mit Brille"' in alt
    assert "Foto: Foto Flink" in alt
