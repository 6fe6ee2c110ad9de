"""The organisations that an event's page names."""

import pytest
from factories import make_event

from eventapp.events.actions import (
    PartnerChange,
    add_partner,
    change_partner,
    mark_of,
    remove_partner,
)
from eventapp.events.models import Partner
from eventapp.events.states import PartnerRole
from eventapp.foundation.database import db


def make_change(**given):
    return PartnerChange(**{"name": "Leuchtenwerk", "role": PartnerRole.HOST, "url": ""} | given)


def names():
    return [partner.name for partner in db.session.query(Partner).order_by(Partner.position)]


def test_partners_stand_in_the_order_of_their_naming(app):
    event = make_event()

    add_partner(event, make_change(), by="system")
    add_partner(event, make_change(name="Agentur", role=PartnerRole.ORGANISER), by="system")

    assert names() == ["Leuchtenwerk", "Agentur"]


def test_every_change_of_partners_raises_the_revision(app):
    event = make_event()
    before = event.revision

    partner = add_partner(event, make_change(), by="system")
    change_partner(
        partner, make_change(name="Werk"), by="system", seen=mark_of(partner, PartnerChange)
    )
    remove_partner(partner, by="system")

    assert event.revision == before + 3
    assert names() == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://werk.example", "werk", "https://x"])
def test_t20_only_addresses_of_pages_are_linked(client, organiser, url):
    event = make_event(organiser.memberships[0].host)

    answer = client.post(
        f"/organise/{event.slug}/settings/partners",
        data={"name": "Werk", "role": "host", "url": url},
    )

    assert "https://www.example.org" in answer.text
    assert names() == []


def test_a_partner_is_named_changed_and_removed_on_the_pages(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/settings/partners"

    client.post(page, data={"name": "Werk", "role": "host", "url": "https://werk.example"})
    added = db.session.query(Partner).one()
    assert "https://werk.example" in client.get(page).text
    client.post(f"{page}/{added.id}/remove")

    assert names() == []


def test_t02_a_partner_of_another_event_is_not_found_under_this_one(client, organiser):
    mine = make_event(organiser.memberships[0].host)
    foreign = add_partner(make_event(), make_change(), by="system")
    page = f"/organise/{mine.slug}/settings/partners/{foreign.id}"

    assert client.get(page).status_code == 404
    assert client.post(f"{page}/remove").status_code == 404
