"""The organisers' pages: who may see them, what they find, what they do with odd input."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_host,
    make_list,
    make_organisation,
    make_registration,
    make_wave,
)
from sqlalchemy import select
from statements import statement_count

from eventapp.accounts.states import Role
from eventapp.contacts.actions import put_on_list, stage_import
from eventapp.contacts.models import Contact, ContactImport
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.registrations.states import RegistrationState as S

FILES = Path(__file__).parent / "files"
PAGES = (
    "/organise/contacts",
    "/organise/contacts/new",
    "/organise/contacts/import",
    "/organise/contacts/lists",
    "/organise/organisations",
)


@pytest.fixture
def host(organiser, client):
    client.set_cookie("lang", "en")
    return organiser.memberships[0].host


def upload(client, content, **more):
    data = {"file": (BytesIO(content), "liste.csv"), "target": "0"} | more
    return client.post("/organise/contacts/import", data=data)


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_open(client, host, page):
    make_list(host, make_contact(host))

    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_front_desk_helper_sees_no_contacts(app, client, sign_in, page):
    sign_in(client, make_account(role=Role.FRONTDESK))

    assert client.get(page).status_code == 403


def test_things_of_another_host_are_not_found_t01(client, host):
    other = make_host()
    contact, group = make_contact(other), make_list(other)
    organisation = make_organisation(other)
    staged = stage_import(other, filename="x.csv", content=b"Nachname\nX", actor="test")

    for page in (
        f"contacts/{contact.id}",
        f"contacts/lists/{group.id}",
        f"organisations/{organisation.id}",
        f"contacts/import/{staged.id}",
        "contacts/99999",
        "contacts/99999999999999999999",
    ):
        assert client.get(f"/organise/{page}").status_code == 404, page
    for page in (
        f"{contact.id}/block",
        f"{contact.id}/unblock",
        f"{contact.id}/remove",
        f"lists/{group.id}/remove",
        f"import/{staged.id}/take",
        f"import/{staged.id}/discard",
        f"import/{staged.id}/undo",
        f"import/{staged.id}/columns",
    ):
        assert client.post(f"/organise/contacts/{page}").status_code == 404, page


def test_contacts_of_another_host_are_put_on_no_list_t01(client, host):
    own, foreign = make_contact(host), make_contact(make_host())
    group = make_list(host)

    answer = client.post(
        "/organise/contacts/membership", data={"list": group.id, "contact": [own.id, foreign.id]}
    )

    assert answer.status_code == 404
    assert group.contacts == []


@pytest.mark.parametrize("query", ["oerm", "orm", "örm", "ÖRM", "wörmann", "weiss", "weiß"])
def test_search_folds_umlauts_and_sharp_s(client, host, query):
    make_contact(host, last_name="Wörmann-Weißbach")
    make_contact(host, last_name="Andere")

    page = client.get("/organise/contacts", query_string={"q": query}).text

    assert "Wörmann-Weißbach" in page
    assert "Andere" not in page


def test_filters_narrow_by_list_sector_county_and_standing(client, host):
    wanted = make_contact(host, last_name="Gesucht", county="Kreis Olpe", email="")
    group = make_list(host, wanted)
    make_contact(host, last_name="Fern")

    for query in ({"list": group.id}, {"county": "Kreis Olpe"}, {"standing": "without-email"}):
        page = client.get("/organise/contacts", query_string=query).text
        assert "Gesucht" in page
        assert "Fern" not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%27%3B--",
        "q=%25_%5C",
        "list=name%3B--",
        "list=99999999999999",
        "sector=x%27--",
        "county=%00",
        "standing=%00",
        "page=99999999999999999999",
        "page=-1",
        "q=%00%ed%a0%80",
        "q=" + "a" * 3000,
    ],
)
def test_odd_filters_find_nothing_or_all_and_break_nothing_t27(client, host, query):
    make_contact(host)

    assert client.get(f"/organise/contacts?{query}").status_code in (200, 400)


def test_a_wildcard_is_searched_for_literally_t27(client, host):
    make_contact(host, last_name="Meier")

    assert "Nobody fits" in client.get("/organise/contacts?q=M_ier").text


def test_marks_in_texts_stay_text_t20(client, host):
    mark = "<img src=x onerror=alert(1)>"
    contact = make_contact(host, last_name=mark, note=mark, position=mark, block_reason=mark)
    make_list(host, contact, name=mark, purpose=mark)
    organisation = make_organisation(host, name=mark)
    staged = stage_import(
        host,
        filename=f"{mark}.csv",
        actor="test",
        content=f"Nachname;{mark}\n{mark};{mark}".encode(),
    )

    for page in (
        "contacts",
        f"contacts/{contact.id}",
        "contacts/lists",
        "organisations",
        f"organisations/{organisation.id}",
        "contacts/import",
        f"contacts/import/{staged.id}",
    ):
        text = client.get(f"/organise/{page}").text
        assert "<img src=x" not in text, page
        assert "onerror" in text, page


def test_the_address_book_needs_as_many_statements_for_300_rows_as_for_3(client, host):
    group = make_list(host, *[make_contact(host) for _ in range(3)])

    def statements():
        with statement_count() as sent:
            client.get("/organise/contacts")
        return len(sent)

    few = statements()
    db.session.add_all(
        Contact(host_id=host.id, last_name=f"N{n}", lists=[group]) for n in range(300)
    )
    db.session.commit()
    assert statements() == few


def test_a_saved_form_leaves_lists_alone_that_a_colleague_has_changed(client, host):
    contact = make_contact(host)
    mine, left = make_list(host, name="A"), make_list(host, contact, name="B")
    address = f"/organise/contacts/{contact.id}"
    shown = re.search(r'name="lists_shown"[^>]*value="([^"]*)"', client.get(address).text)[1]
    colleagues = make_list(host, name="C")
    put_on_list(colleagues, [contact], actor="test")

    answer = client.post(
        address,
        data={
            "version": contact.version,
            "form_of_address": "none",
            "locale": "de",
            "sector": "unknown",
            "municipality": "",
            "last_name": contact.last_name,
            "lists_shown": shown,
            "lists": [mine.id],
        },
    )

    assert (answer.status_code, shown) == (303, str(left.id))
    assert sorted(group.name for group in contact.lists) == ["A", "C"]


def test_a_list_that_was_invited_says_so_instead_of_offering_to_go(client, host):
    group = make_list(host)
    address = f"/organise/contacts/lists/{group.id}"
    assert "Remove list" in client.get(address).text

    make_wave(make_event(host), lists=[group])

    page = client.get(address).text
    assert "Invitations were sent to this list, so it stays." in page
    assert "Remove list" not in page


def test_what_narrows_the_address_book_is_said_above_it(client, host):
    make_contact(host, county="Kreis Olpe")

    assert "1 person in the address book" in client.get("/organise/contacts").text
    assert "1 contact fits" in client.get("/organise/contacts?county=Kreis Olpe").text
    assert "0 contacts fit “%”" in client.get("/organise/contacts?q=%25").text


def test_a_file_is_shown_row_by_row_and_then_imported(client, host):
    answer = upload(client, (FILES / "contacts_dirty_cp1252.csv").read_bytes())
    preview = client.get(answer.location)

    assert answer.status_code == 303
    assert "Nothing is written yet. 11 of 16 rows would come in." in preview.text
    assert "Same e-mail address and name as row 2 (Beate Meisterbernd)." in preview.text
    assert db.session.scalars(select(Contact)).all() == []

    done = client.post(f"{answer.location}/take", follow_redirects=True)

    assert "11 contacts are in the address book" in done.text
    assert len(db.session.scalars(select(Contact)).all()) == 11


def test_a_broken_file_is_refused_beside_the_field(client, host):
    answer = upload(client, (FILES / "contacts_dirty_mojibake.csv").read_bytes())

    assert answer.status_code == 200
    assert "The umlauts in this file are broken" in answer.text
    assert db.session.scalars(select(ContactImport)).all() == []


def test_everybody_on_a_page_is_selected_with_one_click_and_without_a_script(client, host):
    make_list(host, *(make_contact(host) for _number in range(3)))
    make_contact(host, last_name="Nichtgesucht")
    found = client.get("/organise/contacts?q=").text
    assert found.count(" checked") == 0
    assert 'href="?q=&amp;tick=all">Select all on this page' in found

    ticked = client.get("/organise/contacts?q=Nichtgesucht&tick=all").text

    assert ticked.count(" checked") == 1
    assert 'href="?q=Nichtgesucht&amp;tick=">Select nobody' in ticked


def test_columns_are_understood_as_the_organiser_says(client, host):
    location = upload(client, b"Wer;Wo\nMeier;Arnsberg\n").location
    assert "No column holds a name" in client.get(location).text
    assert client.post(f"{location}/take").status_code == 409

    answer = client.post(f"{location}/columns", data={"column-0": "last_name", "column-1": "city"})

    assert answer.status_code == 303
    client.post(f"{location}/take")
    assert db.session.scalars(select(Contact.last_name)).all() == ["Meier"]


def test_two_columns_cannot_mean_the_same(client, host):
    location = upload(client, b"A;B\nMeier;Arnsberg\n").location

    answer = client.post(
        f"{location}/columns", data={"column-0": "last_name", "column-1": "last_name"}
    )

    assert answer.status_code == 400
    assert "Two columns have the same meaning." in answer.text


def test_asking_for_a_page_changes_nothing(client, host):
    contact = make_contact(host)
    location = upload(client, b"Nachname\nMeier\n").location

    for page in (
        f"/organise/contacts/{contact.id}/block",
        f"{location}/take",
        f"{location}/discard",
        "/organise/contacts/membership",
    ):
        assert client.get(page).status_code == 405


def test_where_one_blocks_stands_what_still_goes_out_and_what_the_person_is_registered_for(
    client, host
):
    contact = make_contact(host)
    coming, over, other = make_event(host), make_event(host), make_event()
    make_registration(coming, contact_id=contact.id)
    make_registration(make_event(host, title_en="By address"), email=contact.email)
    cancelled = make_registration(
        make_event(host, title_en="Cancelled"), contact_id=contact.id, state=S.CANCELLED
    )
    make_registration(other, email=contact.email)
    make_registration(over, contact_id=contact.id)
    with transaction():
        over.starts_at = clock.now() - timedelta(days=1)

    for blocked_at in (None, clock.now()):
        with transaction():
            contact.blocked_at = blocked_at
        page = client.get(f"/organise/contacts/{contact.id}").text

        assert "invitations and reminders, to any event" in page
        assert "the practical information" in page
        assert "Is registered for 2 coming events" in page
        assert f"/organise/{coming.slug}/guests/" in page
        assert "By address" in page
        assert over.slug not in page
        assert other.slug not in page
        assert cancelled.event.slug not in page


def test_no_list_is_preset_and_without_one_the_selection_stays(client, host):
    make_list(host, name="Hochschulen")
    chosen, other = make_contact(host), make_contact(host)

    bar = client.get("/organise/contacts").text.partition('class="bulk"')[2]
    answer = client.post(
        "/organise/contacts/membership",
        data={"list": "", "contact": [chosen.id], "back": "/organise/contacts?q=&tick=all"},
        headers={"Accept-Language": "en"},
    )
    page = client.get(answer.location, headers={"Accept-Language": "en"}).text

    assert bar.index('<option value="">') < bar.index("Hochschulen")
    assert 'class="picked"' in bar
    assert (answer.status_code, answer.location) == (303, f"/organise/contacts?ticked={chosen.id}")
    assert "No distribution list is chosen" in page
    for contact, mark in ((chosen, " checked"), (other, "")):
        box = page.partition(f'name="contact" value="{contact.id}"')[2].partition(">")[0]
        assert box.endswith(mark or '"'), contact.id
