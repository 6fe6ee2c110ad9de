"""The list of those who could follow, when a session's form takes somebody out."""

import pytest
from factories import make_contribution, make_contributor, make_event, make_session

from eventapp.accounts.audit import SYSTEM
from eventapp.programme.actions import Newcomer, NewPart, change_session, parts_of
from eventapp.programme.actions.changes import SessionChange
from eventapp.programme.actions.import_values import kept
from eventapp.programme.casting.actions import add_candidate
from eventapp.programme.casting.errors import StillAList
from eventapp.programme.casting.queries import candidates_for
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState


@pytest.fixture
def panel(app):
    return make_session(make_event(), kind=SessionKind.PANEL, title_de="Podium")


def seat(panel, last_name, **given):
    person = make_contributor(panel.event, last_name=last_name)
    return make_contribution(panel, person, Role.PANEL, **given)


def wait_for(part, last_name):
    person = make_contributor(part.session.event, last_name=last_name)
    add_candidate(part, person.id, by=SYSTEM)
    return person


def save(session, parts):
    change = SessionChange(**kept(session, SessionChange))
    change_session(session, change, parts, seen=session.version, by=SYSTEM)


def waiting(part):
    return [one.contributor.last_name for one in candidates_for(part)]


def followed_by(person, session):
    return next(one for one in session.contributions if one.contributor.last_name == person)


def test_who_is_entered_in_somebodys_place_gets_the_list(panel):
    gone = seat(panel, "Absage", position=0)
    seat(panel, "Bleibt", position=1)
    for name in ("Eins", "Zwei"):
        wait_for(gone, name)

    newcomer = NewPart(Newcomer("Ada", "Neu", ""), Role.PANEL, ContributorState.PENCILLED)
    save(panel, [newcomer, parts_of(panel)[1]])

    assert waiting(followed_by("Neu", panel)) == ["Eins", "Zwei"]


def test_a_candidate_who_is_entered_leaves_the_list(panel):
    gone = seat(panel, "Absage")
    first = wait_for(gone, "Eins")
    wait_for(gone, "Zwei")

    follows = type(parts_of(panel)[0])(first.id, Role.PANEL, ContributorState.PENCILLED)
    save(panel, [follows])

    assert waiting(followed_by("Eins", panel)) == ["Zwei"]


def test_a_person_in_another_role_keeps_the_list(panel):
    part = seat(panel, "Öhm")
    wait_for(part, "Eins")

    [known] = parts_of(panel)
    save(panel, [type(known)(known.contributor_id, Role.MODERATION, known.state)])

    assert waiting(followed_by("Öhm", panel)) == ["Eins"]


def test_who_follows_a_successor_is_in_the_same_place(panel):
    declined = seat(panel, "Erst", state=ContributorState.DECLINED, position=0)
    seat(panel, "Dann", replaces_id=declined.id, position=1)

    newcomer = NewPart(Newcomer("Ada", "Neu", ""), Role.PANEL, ContributorState.PENCILLED)
    save(panel, [parts_of(panel)[0], newcomer])

    assert followed_by("Neu", panel).replaces_id == declined.id


def test_nobody_loses_a_list_by_accident(panel):
    part = seat(panel, "Absage")
    wait_for(part, "Eins")

    with pytest.raises(StillAList) as refused:
        save(panel, [])

    said = str(refused.value.text) if hasattr(refused.value, "text") else str(refused.value)
    assert "Eins" in said
    assert waiting(part) == ["Eins"]
