"""The organisers' list of all events of their host."""

from datetime import timedelta

from factories import make_account, make_contact, make_event, make_invitation, make_registration
from statements import statement_count

from eventapp.accounts.models import HostOrganisation
from eventapp.accounts.states import Role
from eventapp.events.actions import archive_event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.invitations.states import InvitationState


def test_the_list_shows_events_of_the_own_host_only(client, organiser):
    own = make_event(organiser.memberships[0].host, title_de="Eigenes")
    make_event(title_de="Fremdes")

    page = client.get("/organise/").text

    assert f'href="/organise/{own.slug}/"' in page
    assert "Fremdes" not in page


def test_an_empty_list_says_how_to_begin(client, organiser):
    page = client.get("/organise/").text

    assert "Noch gibt es keine Veranstaltung" in page
    assert 'href="/organise/events/new"' in page


def test_a_badge_is_not_said_again_in_words(client, organiser):
    host = organiser.memberships[0].host
    make_event(host, state=EventState.DRAFT)
    make_event(host, state=EventState.CANCELLED)

    page = client.get("/organise/").text

    assert (page.count("Entwurf"), page.count("abgesagt")) == (1, 1)


def statements_of(client, address):
    db.session.remove()
    with statement_count() as sent:
        assert client.get(address).status_code == 200
    return len(sent)


def test_many_events_need_no_more_statements_than_few(client, organiser):
    host = organiser.memberships[0].host
    make_registration(make_event(host))
    few = statements_of(client, "/organise/")
    host_id = organiser.memberships[0].host_id
    for _ in range(12):
        make_event(db.session.get(HostOrganisation, host_id))

    assert statements_of(client, "/organise/") == few


def test_an_event_in_the_archive_stands_apart(client, organiser):
    host = organiser.memberships[0].host
    event = make_event(host, title_de="Abgelegt", starts_at=clock.now() - timedelta(days=2))
    before = client.get("/organise/").text

    archive_event(event, by="system")

    page = client.get("/organise/").text
    assert "beendet" in before
    assert "im Archiv" not in before
    assert page.index("Eine Veranstaltung im Archiv") < page.index("Abgelegt")


def test_a_postponed_event_stays_among_those_to_come(client, organiser):
    make_event(organiser.memberships[0].host, state=EventState.POSTPONED,
               starts_at=clock.now() - timedelta(days=2))  # fmt: skip

    assert "Vergangene" not in client.get("/organise/").text


SOON = {
    "reply_by_on": clock.today("Europe/Berlin") + timedelta(days=2),
    "created_at": clock.now() - timedelta(days=60),
}
"""Of an event whose reminder should have gone out."""


def test_the_list_says_what_waits_for_a_step_at_each_event(client, organiser):
    event = make_event(organiser.memberships[0].host, **SOON)
    make_invitation(event, make_contact(event.host), state=InvitationState.UNDELIVERABLE)

    page = client.get("/organise/").text

    assert f'href="/organise/{event.slug}/notices/reminder"' in page
    assert "Eine Einladung unzustellbar" in page


def test_who_cannot_do_it_is_not_told_what_is_due(client, app, sign_in):
    event = make_event(**SOON)
    sign_in(client, make_account(event.host, Role.FRONTDESK))

    assert "/notices/reminder" not in client.get("/organise/").text
