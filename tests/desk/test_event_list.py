"""The organisers' list of all events of their host."""

from factories import make_event, make_registration
from statements import statement_count

from eventapp.accounts.models import HostOrganisation
from eventapp.foundation.database import db


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
