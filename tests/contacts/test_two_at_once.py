"""Two colleagues at the same moment: what does not contradict itself goes through for both."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from contacts.test_keep_contacts import CLAUDIA
from factories import make_contact, make_host, make_list, make_organisation
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import HostOrganisation
from eventapp.contacts.actions import (
    OrganisationChange,
    add_contact,
    change_contact,
    change_organisation,
    import_staged,
    put_on_list,
    remove_list,
    stage_import,
    take_off_list,
    take_over,
)
from eventapp.contacts.models import (
    Contact,
    ContactImport,
    DistributionList,
    Organisation,
    list_membership,
)
from eventapp.contacts.states import Sector
from eventapp.foundation.database import db
from eventapp.foundation.errors import NotFound

ROUNDS = 6


def at_once(app: Flask, *works: Callable[[], Any]) -> list[Any]:
    """Do each piece of work in a thread of its own; all begin at the same instant."""
    start = Barrier(len(works))

    def colleague(work: Callable[[], Any]) -> Any:
        with app.app_context():
            try:
                start.wait(timeout=30)
                return work()
            finally:
                db.session.remove()

    db.session.commit()
    with ThreadPoolExecutor(len(works)) as pool:
        answers = list(pool.map(colleague, works))
    db.session.expire_all()
    return answers


def contacts(ids):
    return [db.session.get_one(Contact, number) for number in ids]


def memberships():
    return db.session.execute(select(list_membership)).all()


def test_both_put_the_same_contacts_on_the_same_list(app):
    host = make_host()
    ids = [make_contact(host).id for _ in range(20)]

    for _ in range(ROUNDS):
        target = make_list(host).id

        def put(numbers, target=target):
            group = db.session.get_one(DistributionList, target)
            return put_on_list(group, contacts(numbers), actor="test")

        counts = at_once(app, lambda: put(ids), lambda: put(ids[::-1]))

        assert sorted(counts) == [0, 20]


def test_both_put_the_same_contacts_on_two_lists_in_other_orders(app):
    host = make_host()
    ids = [make_contact(host).id for _ in range(20)]

    for _ in range(ROUNDS):
        first, second = make_list(host).id, make_list(host).id

        def put(target, numbers):
            group = db.session.get_one(DistributionList, target)
            return put_on_list(group, contacts(numbers), actor="test")

        counts = at_once(app, lambda a=first: put(a, ids), lambda b=second: put(b, ids[::-1]))

        assert counts == [20, 20]


def test_one_takes_off_while_the_other_changes_a_contact(app):
    host = make_host()
    group = make_list(host)
    number, target = add_contact(host, CLAUDIA, actor="test").id, group.id

    for _ in range(ROUNDS):
        put_on_list(group, contacts([number]), actor="test")

        def take_off():
            shown = db.session.get_one(DistributionList, target)
            return take_off_list(shown, contacts([number]), actor="test")

        def rename():
            contact = db.session.get_one(Contact, number)
            change_contact(contact, CLAUDIA, seen=contact.version, actor="test")

        at_once(app, take_off, rename)

        assert memberships() == []


def test_a_contact_joins_one_list_while_a_colleague_puts_it_on_another(app):
    host = make_host()
    contact = add_contact(host, CLAUDIA, actor="test")
    mine, theirs = make_list(host), make_list(host)
    seen = contact.version
    put_on_list(theirs, [contact], actor="test")

    change_contact(
        contact, replace(CLAUDIA, joined_lists=frozenset({mine.id})), seen=seen, actor="test"
    )

    assert {group.id for group in contact.lists} == {mine.id, theirs.id}


def test_two_contacts_bring_the_same_new_organisation(app):
    number = make_host().id

    for turn in range(ROUNDS):

        def add(last_name, organisation=f"Neu {turn} GmbH"):
            host = db.session.get_one(HostOrganisation, number)
            change = replace(CLAUDIA, last_name=last_name, email="", organisation_name=organisation)
            return add_contact(host, change, actor="test").organisation_id

        first, second = at_once(app, lambda: add("A"), lambda: add("B"))

        assert first == second


def test_an_organisation_is_renamed_while_its_people_are_put_on_a_list(app):
    host = make_host()
    organisation = make_organisation(host, name="Alt")
    ids = [make_contact(host, organisation_id=organisation.id).id for _ in range(10)]
    number = organisation.id

    for turn in range(ROUNDS):
        target = make_list(host).id

        def put(target=target):
            group = db.session.get_one(DistributionList, target)
            return put_on_list(group, contacts(ids[::-1]), actor="test")

        def rename(name=f"Neu {turn}"):
            renamed = db.session.get_one(Organisation, number)
            change = OrganisationChange(
                name=name, legal_form="", sector=Sector.BUSINESS, municipality_ags=None
            )
            change_organisation(renamed, change, seen=renamed.version, actor="test")

        assert at_once(app, put, rename)[0] == 10


def test_a_list_comes_in_while_known_people_are_put_on_its_distribution_list(app):
    host = make_host()
    known = [
        make_contact(host, first_name="A", last_name=f"N{n}", email=f"n{n}@b.example")
        for n in range(10)
    ]
    ids = [contact.id for contact in known]
    rows = "\n".join(f"A;N{n};n{n}@b.example;Gemeinsam" for n in reversed(range(14)))
    group = make_list(host, name="Gemeinsam")
    target = group.id

    for _ in range(ROUNDS):
        take_off_list(group, known, actor="test")
        staged = stage_import(
            host,
            filename="liste.csv",
            content=f"Vorname;Nachname;E-Mail;Verteiler\n{rows}".encode(),
            actor="test",
        ).id

        def put():
            shown = db.session.get_one(DistributionList, target)
            return put_on_list(shown, contacts(ids), actor="test")

        def take_over(staged=staged):
            return import_staged(db.session.get_one(ContactImport, staged), actor="test").state

        at_once(app, put, take_over)

        assert len(memberships()) >= 10


def test_two_clicks_at_once_import_a_list_once(app):
    host = make_host()
    staged = stage_import(
        host, filename="liste.csv", content=b"Nachname\nEins\nZwei", actor="test"
    ).id

    def click():
        take_over(db.session.get_one(ContactImport, staged), actor="test")

    at_once(app, *[click] * 4)

    assert len(db.session.scalars(select(Contact)).all()) == 2


def test_who_comes_too_late_for_a_removed_list_is_told_so(app):
    host = make_host()
    group, contact = make_list(host), make_contact(host)
    number = group.id

    with app.app_context():
        remove_list(db.session.get_one(DistributionList, number), actor="test")

    with pytest.raises(NotFound):
        put_on_list(group, [contact], actor="test")


def test_a_contact_that_was_just_removed_is_passed_over(app):
    host = make_host()
    group, stays, goes = make_list(host), make_contact(host), make_contact(host)
    number = goes.id
    with app.app_context():
        db.session.delete(db.session.get_one(Contact, number))
        db.session.commit()

    assert put_on_list(group, [stays, goes], actor="test") == 1
