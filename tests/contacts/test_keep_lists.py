"""Distribution lists and organisations."""

import pytest
from factories import make_contact, make_host, make_list, make_organisation
from sqlalchemy import select

from eventapp.contacts.actions import (
    ListChange,
    OrganisationChange,
    change_list,
    change_organisation,
    create_list,
    put_on_list,
    remove_list,
    take_off_list,
)
from eventapp.contacts.models import Contact, DistributionList
from eventapp.contacts.queries import lists_of_host
from eventapp.contacts.states import Sector
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.errors import Invalid, Stale

VIP = ListChange(name="VIP", purpose="Fachimpulse", responsible="Assistenz")


def test_a_list_is_created_and_renamed(app):
    created = create_list(make_host(), VIP, actor="test")

    change_list(
        created,
        ListChange(name="VIP & Aufsichtsrat", purpose="", responsible=""),
        seen=created.version,
        actor="test",
    )

    assert created.name == "VIP & Aufsichtsrat"


@pytest.mark.parametrize("name", ["VIP", "vip"])
def test_a_name_is_given_once(app, name):
    host = make_host()
    create_list(host, VIP, actor="test")

    with pytest.raises(Invalid):
        create_list(host, ListChange(name=name, purpose="", responsible=""), actor="test")


def test_two_hosts_may_have_lists_of_one_name(app):
    create_list(make_host(), VIP, actor="test")

    assert create_list(make_host(), VIP, actor="test").id


def test_an_older_version_does_not_overwrite(app):
    created = create_list(make_host(), VIP, actor="test")
    change_list(
        created,
        ListChange(name="A", purpose="", responsible=""),
        seen=created.version,
        actor="test",
    )

    with pytest.raises(Stale):
        change_list(created, ListChange(name="B", purpose="", responsible=""), seen=1, actor="test")


def test_contacts_join_and_leave_a_list_once(app):
    host = make_host()
    first, second = make_contact(host), make_contact(host)
    group = make_list(host, first)

    assert put_on_list(group, [first, second], actor="test") == 1
    assert take_off_list(group, [first, second], actor="test") == 2
    assert take_off_list(group, [first], actor="test") == 0


def test_a_list_says_how_many_of_its_contacts_can_be_invited(app):
    host = make_host()
    make_list(
        host,
        make_contact(host),
        make_contact(host, email=""),
        make_contact(host, blocked_at=clock.now()),
    )

    (row,) = lists_of_host(host.id)

    assert (row.contacts, row.reachable) == (3, 1)


def test_a_removed_list_leaves_its_contacts(app):
    host = make_host()
    group = make_list(host, make_contact(host))

    remove_list(group, actor="test")

    assert db.session.scalars(select(DistributionList)).all() == []
    assert len(db.session.scalars(select(Contact)).all()) == 1


def test_an_organisations_new_name_is_its_contacts_too(app):
    host = make_host()
    organisation = make_organisation(host, name="Alt GmbH")
    contact = make_contact(host, organisation_id=organisation.id, organisation_name="Alt GmbH")

    change_organisation(
        organisation,
        OrganisationChange(
            name="Neu AG", legal_form="AG", sector=Sector.SCIENCE, municipality_ags=None
        ),
        seen=organisation.version,
        actor="test",
    )

    assert contact.organisation_name == "Neu AG"
    assert "neu" in contact.search_text
