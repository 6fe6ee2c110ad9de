"""Pages on which guests and staff say who comes along."""

import re
from html import unescape

import pytest
from exports.taking import take
from factories import make_account, make_event, make_invitation, make_list, make_registration
from registrations.public_form import entered, link_in_mail
from registrations.support import all_registrations, latest_mail, ludmila, mail_kinds, places

from eventapp.accounts.states import Role
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import accept_invitation, name_substitute
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState
ANNA = {"first_name": "Anna", "last_name": "Öhmichen"}


def guest_of(event, *companions):
    return accept_invitation(make_invitation(event), companions=companions)


def allowing(allowed: int = 1, **given):
    return make_event(companions_allowed=allowed, **given)


def text_of(answer) -> str:
    """The page's words on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def seen_in(page: str) -> dict[str, str]:
    """The hidden fields of a page that say what it showed."""
    return {
        name: unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1])
        for name in ("seen", "seen_first", "seen_last")
        if f'name="{name}"' in page
    }


# The answer page


def test_the_three_answers_stay_and_the_step_for_companions_is_voluntary(app, client):
    event = allowing()
    invitation = make_invitation(event)

    page = text_of(client.get(f"/i/{invitation.token}"))

    assert "Ich komme in Begleitung" in page
    assert "Art. 14 DSGVO" in page
    assert client.post(f"/i/{invitation.token}", data={"answer": "yes"}).status_code == 303
    assert len(all_registrations()) == 1


def test_where_nobody_may_be_brought_nothing_is_asked(app, client):
    page = client.get(f"/i/{make_invitation(allowing(0)).token}").text

    assert "Begleitung" not in page


def test_a_guest_says_yes_for_two_by_name(app, client):
    invitation = make_invitation(allowing())

    answer = client.post(
        f"/i/{invitation.token}/company",
        data={"companion_first_1": "Anna", "companion_last_1": "Öhmichen"},
        follow_redirects=True,
    )

    assert "Anna Öhmichen" in answer.text
    assert [one.state for one in all_registrations()] == [S.CONFIRMED, S.CONFIRMED]


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        ({"company": "2"}, ["", ""]),
        ({"company": "2", "companion_last_2": "Ohm"}, ["", "Ohm"]),
        ({"companion_first_1": "Ida", "companion_last_1": "Ohm"}, ["Ohm"]),
        ({}, [""]),
    ],
)
def test_companions_can_be_counted_and_a_name_always_counts(app, client, sent, names):
    invitation = make_invitation(allowing(2))

    client.post(f"/i/{invitation.token}/company", data=sent)

    assert [one.last_name for one in all_registrations()[1:]] == names


@pytest.mark.parametrize("way", ["", "/company"])
def test_who_names_more_than_they_chose_is_asked_and_nobody_is_guessed(app, client, way):
    invitation = make_invitation(allowing(2))
    typed = {"companion_last_1": "Weiß", "companion_last_2": "Ohm"}

    answer = client.post(f"/i/{invitation.token}{way}", data=_yes(company="1", **typed))

    assert answer.status_code == 422
    assert "Sie haben mehr Personen genannt, als Sie hier ausgewählt haben" in text_of(answer)
    assert 'value="Ohm"' in answer.text
    assert not all_registrations()
    client.post(f"/i/{invitation.token}{way}", data=_yes(company="2", **typed))
    assert [one.last_name for one in all_registrations()[1:]] == ["Weiß", "Ohm"]


def test_names_that_were_typed_go_along_with_the_big_button(app, client):
    invitation = make_invitation(allowing(2))
    page = client.get(f"/i/{invitation.token}").text
    form = page[page.index('value="yes"') :].split("</form>")[0]
    assert 'name="companion_last_1"' in form  # without scripts the browser sends it

    answer = client.post(
        f"/i/{invitation.token}",
        data=_yes(company="1", companion_first_1="Bob", companion_last_1="Ohm"),
        follow_redirects=True,
    )

    assert "Bob Ohm" in answer.text
    assert [one.first_name for one in all_registrations()[1:]] == ["Bob"]


def test_the_big_button_brings_two_who_were_only_counted_and_nobody_by_itself(app, client):
    event = allowing(2)
    pair, alone, declined = (make_invitation(event) for _ in range(3))

    client.post(f"/i/{pair.token}", data=_yes(company="2"))
    client.post(f"/i/{alone.token}", data=_yes(company="1", companion_last_1=" "))
    client.post(f"/i/{declined.token}", data={"answer": "no", "companion_last_1": "Ohm"})

    assert [len(one.companions) for one in all_registrations() if not one.main_id] == [2, 0]
    assert declined.state is InvitationState.DECLINED


def test_the_big_button_says_when_the_pair_does_not_fit(app, client):
    invitation = make_invitation(allowing(capacity=1, waiting_list=False))

    answer = client.post(f"/i/{invitation.token}", data=_yes(companion_last_1="Ohm"))

    assert answer.status_code == 409
    assert "Sie können allein kommen" in text_of(answer)


def _yes(**more):
    return {"answer": "yes", **more}


def test_what_was_typed_stays_when_something_is_wrong(app, client):
    invitation = make_invitation(allowing())

    answer = client.post(
        f"/i/{invitation.token}/company",
        data={"companion_first_1": "Anna", "companion_last_1": "x" * 101},
    )

    assert answer.status_code == 422
    assert "Nachname der Begleitperson: Bitte höchstens 100 Zeichen" in text_of(answer)
    assert 'value="Anna"' in answer.text
    assert not all_registrations()


def test_t08_nobody_brings_more_by_sending_more_fields(app, client):
    """T-08."""
    invitation = make_invitation(allowing())

    for sent in ({"company": "9"}, {"companion_first_2": "Zu viel", "state": "confirmed"}):
        client.post(f"/i/{invitation.token}/company", data=sent)

    assert len(all_registrations()) == 2
    assert "Zu viel" not in {one.first_name for one in all_registrations()}


def test_the_page_says_beforehand_when_a_pair_would_wait(app, client):
    event = allowing(capacity=1)
    page = text_of(client.get(f"/i/{make_invitation(event).token}"))
    assert "Zurzeit ist nur ein Platz frei. In Begleitung warten Sie zusammen" in page

    answer = client.post(f"/i/{make_invitation(event).token}/company", follow_redirects=True)

    assert "Sie stehen auf Platz 1 der Warteliste" in text_of(answer)
    assert places(event) == (0, 0)


def test_without_a_waiting_list_a_pair_reads_why_and_can_come_alone(app, client):
    invitation = make_invitation(allowing(capacity=1, waiting_list=False))

    answer = client.post(f"/i/{invitation.token}/company")

    assert answer.status_code == 409
    assert "Sie können allein kommen" in text_of(answer)
    assert client.post(f"/i/{invitation.token}", data={"answer": "yes"}).status_code == 303


def test_who_had_answered_before_is_told_that_nobody_was_added(app, client):
    guest = guest_of(allowing())

    answer = client.post(f"/i/{guest.invitation.token}/company", follow_redirects=True)

    assert "deshalb ist niemand hinzugekommen" in text_of(answer)


# The guest's own pages


def test_a_guest_adds_names_and_takes_off_a_companion(app, client):
    guest = guest_of(allowing())
    way = f"/r/{guest.token}/companions"
    assert way in client.get(f"/r/{guest.token}").text

    page = client.post(way, data=seen_in(client.get(way).text), follow_redirects=True)
    assert "eine weitere Person, Name folgt" in text_of(page)
    [companion] = guest.company
    own = f"{way}/{companion.id}"
    client.post(own, data=ANNA | seen_in(client.get(own).text))
    assert "Anna Öhmichen" in client.get(f"/r/{guest.token}").text

    page = client.post(f"{own}/remove", follow_redirects=True)
    assert "Bisher niemand" in text_of(page)
    assert places(guest.event) == (1, 1)


def test_a_full_event_says_so_kindly_and_keeps_the_guest(app, client):
    guest = guest_of(allowing(capacity=1))
    way = f"/r/{guest.token}/companions"

    assert "Ihr eigener Platz bleibt Ihnen" in text_of(client.get(way))
    answer = client.post(way, data=ANNA)

    assert answer.status_code == 409
    assert "Ihr eigener Platz ist sicher" in text_of(answer)
    assert places(guest.event) == (1, 1)


def test_an_old_page_changes_nothing_and_shows_what_stands_now(app, client):
    guest = guest_of(allowing(2), CompanionName())

    answer = client.post(f"/r/{guest.token}/companions", data=ANNA)

    assert answer.status_code == 409
    assert "Die Begleitung wurde inzwischen geändert" in text_of(answer)
    assert 'value="Anna"' in answer.text
    assert len(guest.company) == 1


def test_too_long_a_name_is_refused_with_what_was_typed(app, client):
    guest = guest_of(allowing(2), CompanionName())
    way = f"/r/{guest.token}/companions"

    for path in (way, f"{way}/{guest.company[0].id}"):
        answer = client.post(path, data={"first_name": "x" * 101, "last_name": "Ohm"})
        assert answer.status_code == 422, path
        assert 'value="Ohm"' in answer.text


def test_the_companion_of_somebody_else_is_not_there(app, client):
    event = allowing()
    mine, other = guest_of(event, CompanionName()), guest_of(event, CompanionName("Berta", "Ohm"))
    foreign = f"/r/{mine.token}/companions/{other.company[0].id}"

    assert client.get(foreign).status_code == 404
    assert client.post(foreign, data=ANNA).status_code == 404
    assert client.post(f"{foreign}/remove").status_code == 404
    assert other.company[0].full_name == "Berta Ohm"


def test_cancelling_and_naming_a_substitute_say_what_becomes_of_companions(app, client):
    guest = guest_of(allowing(), CompanionName("Anna", "Öhmichen"))

    cancel = text_of(client.get(f"/r/{guest.token}/cancel"))
    substitute = text_of(client.get(f"/i/{guest.invitation.token}/substitute"))
    again = text_of(client.get(f"/i/{guest.invitation.token}"))

    assert "Auch Ihre Begleitung wird abgemeldet: Anna Öhmichen" in cancel
    assert "Ihre Begleitung kommt dann auch nicht" in substitute
    assert "kommt auch Ihre Begleitung nicht" in again


def test_the_page_of_a_guest_whose_companions_left_counts_only_who_comes(app, client):
    guest = guest_of(allowing(), CompanionName("Anna", "Öhmichen"))
    client.post(f"/r/{guest.token}/companions/{guest.company[0].id}/remove")

    page = text_of(client.get(f"/r/{guest.token}"))

    assert "Ihr Platz ist bestätigt" in page
    assert "Anna" not in page


# The public form


def registered(client, event, **given) -> None:
    client.post(f"/e/{event.slug}/register", data=entered(**given))
    client.post(link_in_mail())


def test_the_public_form_asks_for_companions_only_where_they_are_allowed(client, app):
    assert "Begleitung" not in client.get(f"/e/{allowing(0).slug}/register").text

    event = allowing()
    registered(client, event, company="1", companion_first_1="Anna", companion_last_1="Öhmichen")

    assert [one.state for one in all_registrations()] == [S.CONFIRMED, S.CONFIRMED]
    assert places(event) == (2, 2)
    assert {one.number for one in all_registrations()} == {"A-0001", "A-0002"}


def test_nobody_has_a_place_before_the_address_is_confirmed_and_all_wait_as_one(client, app):
    event = allowing(capacity=1)
    client.post(f"/e/{event.slug}/register", data=entered(company="1"))
    assert places(event) == (0, 0)
    page = text_of(client.get(link_in_mail()))
    assert "Mit Ihnen eine weitere Person" in page

    client.post(link_in_mail())

    assert [one.state for one in all_registrations()] == [S.WAITING, S.WAITING]


def test_who_fills_in_the_form_again_counts_as_entered_last(client, app):
    event = allowing(2)
    client.post(f"/e/{event.slug}/register", data=entered(company="2"))
    registered(client, event, company="1", companion_last_1="Ohm")

    assert [one.last_name for one in all_registrations()] == ["Äußerlich", "Ohm"]
    assert places(event) == (2, 2)


def test_t08_the_public_form_takes_no_more_companions_than_it_offers(client, app):
    """T-08."""
    event = allowing(1)

    answer = client.post(f"/e/{event.slug}/register", data=entered(company="2"))

    assert answer.status_code != 303
    assert not all_registrations()


def test_the_group_form_says_whose_entry_is_wrong(client, app):
    event = allowing()

    answer = client.post(
        f"/e/{event.slug}/register",
        data=entered(rows="3", first_name="", first_name_2="Berta", email_3="falsch", city=""),
    )

    summary = text_of(answer).split("Angaben", 1)[1]
    said = ["Person 1: Vorname", "Person 2: Nachname", "Person 3: Vorname", "Person 3: E-Mail"]
    assert all(one in summary for one in said)
    assert [summary.index(one) for one in said] == sorted(summary.index(one) for one in said)
    assert summary.index("Person 3: E-Mail") < summary.index("Ort:")
    assert 'href="#last_name_2"' in answer.text


def test_alone_nobody_is_called_person_one(client, app):
    answer = client.post(f"/e/{allowing(0).slug}/register", data=entered(first_name=""))

    assert "Person 1" not in answer.text


# Staff


@pytest.fixture
def staff(app, sign_in):
    """A signed-in organiser of an event that allows one companion."""
    event = allowing()
    return sign_in(app.test_client(), make_account(event.host)), event


def test_staff_adds_names_and_takes_off_a_companion(staff):
    browser, event = staff
    guest = guest_of(event)
    way = f"/organise/{event.slug}/guests"

    page = browser.get(f"{way}/{guest.id}")
    browser.post(f"{way}/{guest.id}/companions", data=seen_in(page.text))
    [companion] = guest.company
    assert f"Begleitung von {guest.name}" in unescape(browser.get(f"{way}/{companion.id}").text)
    names = seen_in(browser.get(f"{way}/{companion.id}").text)
    browser.post(f"{way}/companions/{companion.id}/name", data=ANNA | names)
    assert "Anna Öhmichen" in browser.get(f"{way}/{guest.id}").text

    browser.post(f"{way}/companions/{companion.id}/remove", data={"reason": "krank"})

    assert places(event) == (1, 1)
    page = text_of(browser.get(f"{way}/{guest.id}"))
    assert "Begleitperson abgemeldet" in page
    assert "krank" in page
    assert mail_kinds()[-1] == (guest.email, "party")


def test_the_history_calls_a_companion_without_a_name_by_the_number(staff):
    browser, event = staff
    [companion] = guest_of(event, CompanionName()).company

    page = text_of(browser.get("/organise/history"))

    assert f"Kommt als Begleitperson mit Anmeldung {companion.number}" in page


def test_staff_must_say_why_somebody_overtakes_the_line(staff):
    browser, event = staff
    with transaction():
        event.capacity = 3
    guest = guest_of(event)
    guest_of(event)
    guest_of(event, CompanionName())
    way = f"/organise/{event.slug}/guests/{guest.id}/companions"

    answer = browser.post(way, data=ANNA)
    assert answer.status_code == 422
    assert 'value="Anna"' in answer.text

    assert browser.post(way, data=ANNA | {"reason": "Pflegekraft"}).status_code == 303
    assert browser.post(way, data=ANNA | {"last_name": "Zwei"}).status_code == 409


def test_lists_show_companions_and_whose_they_are(staff, client, sign_in):
    browser, event = staff
    guest = guest_of(event, CompanionName())
    named = guest_of(event, CompanionName("Anna", "Öhmichen"))
    desk = sign_in(client, make_account(event.host, Role.FRONTDESK))

    guests = text_of(browser.get(f"/organise/{event.slug}/guests"))
    found = text_of(browser.get(f"/organise/{event.slug}/guests?q={guest.last_name}"))
    names = text_of(desk.get(f"/organise/{event.slug}/names"))

    for page in (guests, names):
        assert f"Begleitung von {guest.name}" in page
        assert "Öhmichen , Anna" in page
        assert f"mit {named.name}" in page
    assert f"Begleitung von {guest.name}" in found


def test_the_list_for_files_says_whose_companion_somebody_is(staff):
    browser, event = staff
    guest = guest_of(event, CompanionName())

    with take(browser, f"/organise/{event.slug}/lists/door", format="csv") as answer:
        assert f"Begleitung von {guest.name}" in answer.data.decode("utf-8-sig")


def test_who_waits_to_be_approved_is_one_party(staff):
    browser, event = staff
    guest = make_registration(event, state=S.IN_REVIEW)
    make_registration(
        event, state=S.IN_REVIEW, kind=RegistrationKind.COMPANION, main_id=guest.id, email=""
    )

    page = text_of(browser.get(f"/organise/{event.slug}/guests/review"))

    assert "mit einer Begleitperson" in page
    assert page.count("Ablehnen und Mail senden") == 1


def test_lowering_the_number_warns_and_throws_nobody_out(staff):
    browser, event = staff
    guest_of(event, CompanionName())
    way = f"/organise/{event.slug}/settings"
    page = browser.get(way).text
    form = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    form |= {"registration_mode": "open", "promotion": "automatic", "waiting_list": "y"}

    answer = browser.post(way, data=form | {"companions_allowed": "0"}, follow_redirects=True)

    assert "Ein Gast hat schon mehr Begleitpersonen angemeldet" in text_of(answer)
    assert places(event) == (2, 2)
    db.session.refresh(event)
    assert event.companions_allowed == 0


def test_a_wave_can_allow_its_guests_more(staff):
    browser, event = staff
    group = make_list(event.host)
    way = f"/organise/{event.slug}/invitations/waves/new"
    page = browser.get(way).text

    assert "Begleitpersonen je Gast dieser Welle" in text_of(browser.get(way))
    assert str(group.id) in page


def test_the_mail_to_the_substitute_leads_to_a_page_without_the_guests_companions(app, client):
    guest = guest_of(allowing(), CompanionName("Anna", "Öhmichen"))
    follow_up = name_substitute(guest.invitation, ludmila())

    heir = queries.registration_of(follow_up)

    assert "Öhmichen" not in client.get(f"/r/{heir.token}").text
    assert "Öhmichen" not in latest_mail().text
