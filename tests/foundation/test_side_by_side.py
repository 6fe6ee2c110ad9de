"""Entities that were read side by side are those that the ORM would have given."""

import pytest
from factories import (
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_registration,
    make_series,
)
from sqlalchemy import inspect, select
from statements import statement_count

from eventapp.consents.models import Consent
from eventapp.consents.states import ConsentKind
from eventapp.foundation.database import db, transaction
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import invitation_by_public_id
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import registration_by_public_id
from eventapp.registrations.states import RegistrationKind


def columns_of(row):
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}


def all_columns(*rows):
    return [row and columns_of(row) for row in rows]


def guest(**given):
    host = make_host()
    event = make_event(host, series_id=make_series(host).id)
    invitation = make_invitation(event, make_contact(host))
    return make_registration(event, invitation_id=invitation.id, **given)


def around(one):
    return (one, one.event, one.event.host, one.event.venue, one.event.series, one.invitation)


def test_each_column_has_the_value_that_the_orm_reads(app):
    public_id = guest(title="Dr.").public_id
    db.session.remove()
    read = all_columns(*around(registration_by_public_id(public_id)))
    db.session.remove()
    loaded = db.session.scalar(select(Registration).where(Registration.public_id == public_id))

    assert read == all_columns(*around(loaded))


def test_one_statement_reads_everything_of_a_guest_without_company(app):
    public_id = guest().public_id
    db.session.remove()

    with statement_count() as sent:
        one = registration_by_public_id(public_id)
        assert all(around(one))
        assert (one.company, one.consents) == ([], [])

    assert len(sent) == 1


def test_the_same_for_an_invitation_and_its_person(app):
    invitation = make_invitation(make_event())
    public_id, name = invitation.public_id, invitation.person.name
    db.session.remove()

    with statement_count() as sent:
        one = invitation_by_public_id(public_id)
        assert one.person.name == name
        assert (one.substitute, one.event.series) == (None, None)
        assert one.event.venue.name
        assert one.event.host.name

    assert len(sent) == 1


def test_company_and_consents_are_read_where_there_are_any(app):
    one = guest()
    other = make_registration(one.event, kind=RegistrationKind.COMPANION, main_id=one.id)
    with transaction():
        db.session.add(Consent(registration_id=one.id, kind=ConsentKind.PHOTO, text_version="1"))
    public_id, number = one.public_id, other.number
    db.session.remove()

    read = registration_by_public_id(public_id)

    assert [companion.number for companion in read.companions] == [number]
    assert [consent.kind for consent in read.consents] == [ConsentKind.PHOTO]


def test_a_row_is_one_entity_however_it_was_read(app):
    one = guest()
    public_id, event_id = one.public_id, one.event_id
    db.session.remove()
    read = registration_by_public_id(public_id)

    assert registration_by_public_id(public_id) is read
    assert db.session.get(Registration, read.id) is read
    assert db.session.get(type(read.event), event_id) is read.event


def test_changes_are_written_and_seen(app):
    public_id = guest().public_id
    db.session.remove()
    read = registration_by_public_id(public_id)
    before = read.version

    with transaction():
        read.city = "Soest"
        read.event.title_de = "Neu"
    db.session.remove()
    again = registration_by_public_id(public_id)

    assert (again.city, again.event.title_de, again.version) == ("Soest", "Neu", before + 1)


def test_what_was_rolled_back_is_read_afresh(app):
    read = registration_by_public_id(guest(city="Soest").public_id)
    read.city = "Unna"
    db.session.rollback()

    assert registration_by_public_id(read.public_id).city == "Soest"


@pytest.mark.parametrize("read", [registration_by_public_id, invitation_by_public_id])
def test_an_id_of_nobody_gives_nothing(app, read):
    assert read("nobody") is None


def test_an_invitation_loads_what_it_was_not_given(app):
    invitation = make_invitation(make_event())
    public_id, created_at = invitation.public_id, invitation.created_at
    db.session.remove()

    read = invitation_by_public_id(public_id)

    assert isinstance(read, Invitation)
    assert (read.wave, read.substitute_for, read.created_at) == (None, None, created_at)
