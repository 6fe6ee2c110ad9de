"""Adding, changing, blocking and removing single contacts."""

from dataclasses import replace
from hashlib import sha256

import pytest
from factories import (
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_list,
    make_municipality,
    make_organisation,
)
from sqlalchemy import func, select

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions import (
    ContactChange,
    add_contact,
    block_contact,
    change_contact,
    note_undeliverable,
    remove_contact,
    unblock_contact,
)
from eventapp.contacts.errors import StillNeeded
from eventapp.contacts.models import Contact, Suppression
from eventapp.contacts.queries import suppressed_among, suppression_of
from eventapp.contacts.states import FormOfAddress, ObjectionKind, Sector
from eventapp.foundation import tokens
from eventapp.foundation.database import db
from eventapp.foundation.errors import Invalid, Stale

CLAUDIA = ContactChange(
    form_of_address=FormOfAddress.MS,
    title="Dr.",
    first_name="Claudia",
    last_name="Nüsperling",
    name_suffix="",
    position="Prokura",
    organisation_name="IT-Kontor Lippe",
    sector=Sector.BUSINESS,
    street="Hüttenweg 39",
    postcode="59846",
    city="Sundern",
    municipality_ags=None,
    email="claudia@kontor.example",
    phone="",
    locale="de",
    salutation_override="",
    note="",
)
SUNDERN = {
    "ags": "05958044",
    "name": "Sundern (Sauerland)",
    "county": "Hochsauerlandkreis",
    "postcode": "59846",
}


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_new_contact_gets_organisation_municipality_and_lists(app):
    host = make_host()
    make_municipality(**SUNDERN)
    group = make_list(host)

    contact = add_contact(host, replace(CLAUDIA, joined_lists=frozenset({group.id})), actor="test")

    assert (contact.municipality_ags, contact.county) == ("05958044", "Hochsauerlandkreis")
    assert contact.organisation.name == "IT-Kontor Lippe"
    assert contact.lists == [group]
    assert contact.search_text.startswith("claudia nuesperling nusperling")


def test_an_existing_organisation_is_not_entered_twice(app):
    host = make_host()
    organisation = make_organisation(host, name="IT-Kontor Lippe")

    contact = add_contact(host, CLAUDIA, actor="test")

    assert contact.organisation == organisation


def test_a_municipality_chosen_by_hand_wins_over_the_town(app):
    host = make_host()
    make_municipality(**SUNDERN)
    make_municipality()

    contact = add_contact(host, replace(CLAUDIA, municipality_ags="05958004"), actor="test")

    assert contact.municipality.name == "Arnsberg"


def test_the_derived_salutation_is_not_kept_as_own_words(app):
    host = make_host()

    derived = add_contact(
        host,
        replace(CLAUDIA, salutation_override="Sehr geehrte Frau Dr. Nüsperling,"),
        actor="test",
    )
    own = add_contact(
        host,
        replace(CLAUDIA, email="c@k.example", salutation_override="Liebe Claudia"),
        actor="test",
    )

    assert (derived.salutation_override, own.salutation_override) == ("", "Liebe Claudia")


def test_the_same_person_is_not_added_twice(app):
    host = make_host()
    add_contact(host, CLAUDIA, actor="test")

    with pytest.raises(Invalid) as refusal:
        add_contact(host, replace(CLAUDIA, email="CLAUDIA@kontor.example"), actor="test")

    assert refusal.value.field == "email"
    assert count(Contact) == 1


def test_somebody_without_any_name_is_refused(app):
    with pytest.raises(Invalid, match="name or an organisation"):
        add_contact(
            make_host(),
            replace(CLAUDIA, first_name="", last_name="", organisation_name=""),
            actor="test",
        )


def test_a_change_is_on_record_with_what_was_before(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")

    change_contact(
        contact, replace(CLAUDIA, position="Leitung"), seen=contact.version, actor="Sönke"
    )

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.actor, entry.action) == ("Sönke", "contact.changed")
    assert (entry.before, entry.after) == ({"position": "Prokura"}, {"position": "Leitung"})


def test_the_second_of_two_editors_sees_the_difference(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    seen = contact.version
    change_contact(contact, replace(CLAUDIA, position="Leitung"), seen=seen, actor="test")

    with pytest.raises(Stale) as problem:
        change_contact(contact, replace(CLAUDIA, position="Vorstand"), seen=seen, actor="test")

    assert problem.value.differences == {"position": ("Leitung", "Vorstand")}
    assert contact.position == "Leitung"


def test_a_new_address_is_no_longer_undeliverable(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    note_undeliverable(contact.host_id, "Claudia@kontor.example", reason="5.1.1", actor="test")
    assert contact.undeliverable_at is not None

    change_contact(
        contact, replace(CLAUDIA, email="neu@kontor.example"), seen=contact.version, actor="test"
    )

    assert contact.undeliverable_at is None


def test_a_block_is_kept_without_the_address_itself(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")

    block_contact(contact, reason="Anruf", actor="test")

    objection = db.session.scalars(select(Suppression)).one()
    assert contact.blocked_at is not None
    assert "claudia" not in objection.email_hash


def test_whoever_gets_a_blocked_address_is_blocked_too(app):
    host = make_host()
    contact = add_contact(host, CLAUDIA, actor="test")
    block_contact(contact, reason="Anruf", actor="test")
    remove_contact(contact, actor="test")

    again = add_contact(host, CLAUDIA, actor="test")

    assert again.blocked_at is not None


def test_a_blocked_contacts_new_address_is_blocked_as_well(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    block_contact(contact, reason="Anruf", actor="test")

    change_contact(
        contact, replace(CLAUDIA, email="neu@kontor.example"), seen=contact.version, actor="test"
    )

    assert count(Suppression) == 2


def test_a_block_is_lifted(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    block_contact(contact, reason="Anruf", actor="test")

    unblock_contact(contact, reason="rief an, möchte wieder kommen", actor="test")

    assert contact.blocked_at is None
    assert count(Suppression) == 0
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.reason) == ("contact.unblocked", "rief an, möchte wieder kommen")


def test_a_block_is_not_lifted_without_a_reason(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    block_contact(contact, reason="Anruf", actor="test")

    with pytest.raises(Invalid):
        unblock_contact(contact, reason="", actor="test")

    assert contact.blocked_at is not None


def test_an_objection_holds_for_everybody_who_has_the_address(app):
    host = make_host()
    both = [make_contact(host, first_name=name, email="paar@haus.example") for name in ("A", "B")]

    block_contact(both[0], kind=ObjectionKind.ASKED, reason="Anruf", actor="test")
    assert [one.blocked_at is not None for one in both] == [True, True]

    unblock_contact(both[1], reason="Brief vom 3. Juni", actor="test")
    assert [one.blocked_at for one in both] == [None, None]


def test_another_host_may_still_write(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    block_contact(contact, actor="test")
    other = make_host(slug="andere")

    assert suppression_of(other.id, contact.email) is None
    assert add_contact(other, CLAUDIA, actor="test").blocked_at is None


def test_a_copy_of_the_database_does_not_tell_who_objected(app):
    """T-33: nobody can try out addresses without the key."""
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    block_contact(contact, actor="test")
    kept = db.session.scalars(select(Suppression)).one().email_hash

    assert sha256(contact.email_key.encode()).hexdigest() not in kept
    tokens.configure(["another key that nobody else has, long enough"])
    try:
        assert suppression_of(contact.host_id, contact.email) is None
    finally:
        tokens.configure(app.config["SETTINGS"].keys)


def test_an_objection_survives_a_new_key_as_long_as_the_old_one_verifies(app):
    contact = add_contact(make_host(), CLAUDIA, actor="test")
    block_contact(contact, actor="test")
    old = app.config["SETTINGS"].keys
    tokens.configure(["a new key, forty characters long or so ...", *old])
    try:
        assert suppression_of(contact.host_id, contact.email) is not None
        assert suppressed_among(contact.host_id, [contact.email_key])
    finally:
        tokens.configure(old)


def test_an_invited_contact_is_not_removed(app):
    host = make_host()
    contact = make_contact(host)
    make_invitation(make_event(host), contact)

    with pytest.raises(StillNeeded):
        remove_contact(contact, actor="test")

    assert count(Contact) == 1
