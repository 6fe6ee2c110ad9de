"""A lost link comes back by mail; the page says the same to everybody."""

from datetime import timedelta
from itertools import count

import pytest
from factories import make_contact, make_event, make_host, make_invitation
from registrations.support import latest_mail, mail_kinds
from sqlalchemy import func, select

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import SignInAttempt
from eventapp.accounts.throttle import FREE_PER_ACCOUNT
from eventapp.foundation import clock, pace
from eventapp.foundation.database import db
from eventapp.foundation.limits import limiter
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.pace import even_pace
from eventapp.invitations.actions import withdraw_invitation
from eventapp.registrations.actions import accept_invitation, request_links

HERE = "203.0.113.7"


def mails() -> int:
    return db.session.scalar(select(func.count(OutboxMail.id)))


def test_the_answer_is_the_same_for_everybody(app, client):
    invitation = make_invitation(make_event())

    known = client.post("/link", data={"email": invitation.contact.email.upper()})
    unknown = client.post("/link", data={"email": "nobody@x.example"})

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.location == "/link/sent"
    assert mails() == 1


def test_the_answer_takes_the_same_time_for_everybody(app, client, monkeypatch):
    invitation = make_invitation(make_event())
    rests, hours = [], count(step=0.1)  # every look at the clock finds it a tenth later
    monkeypatch.setattr(pace.time, "sleep", rests.append)
    monkeypatch.setattr(pace.time, "monotonic", lambda: next(hours))
    monkeypatch.setattr(app, "testing", False)

    for email in (invitation.contact.email, "nobody@x.example"):
        client.post("/link", data={"email": email})

    assert rests == [pytest.approx(pace.EVEN_SECONDS - 0.1)] * 2


def test_asking_about_one_address_too_often_is_slowed_down_whether_it_is_known_or_not(app, client):
    known = make_invitation(make_event()).contact.email
    answers = {}

    for email in (known, "nobody@x.example"):
        answers[email] = [client.post("/link", data={"email": email}) for _ in range(7)]

    for pages in answers.values():
        assert [page.status_code for page in pages] == [303] * 5 + [429] * 2
        assert pages[-1].headers["Retry-After"] == "2"
        assert "Zu viele Versuche." in pages[-1].text
    assert mails() == 1


def test_asking_about_many_addresses_from_one_network_is_slowed_down(app, client):
    def ask(number: int, address: str) -> int:
        return client.post(
            "/link",
            data={"email": f"gast{number}@x.example"},
            environ_base={"REMOTE_ADDR": address},
        ).status_code

    answers = [ask(number, f"2001:db8:0:7::{number:x}") for number in range(32)]

    assert answers == [303] * 30 + [429] * 2
    assert ask(99, "2001:db8:0:8::1") == 303


def test_the_count_is_kept_in_the_database_and_apart_from_sign_ins(app, client):
    for _ in range(6):
        client.post("/link", data={"email": "person@agentur.example"})

    keys = set(db.session.scalars(select(SignInAttempt.key)))
    signin = client.post(
        "/organise/signin", data={"email": "person@agentur.example", "password": "falsch"}
    )

    assert {key.partition(":")[0] for key in keys} == {"links"}
    assert not any("agentur" in key for key in keys)
    assert signin.status_code == 401


def test_the_mail_brings_the_invitation_link_to_who_has_not_answered(app):
    invitation = make_invitation(make_event())

    request_links(invitation.contact.email, asked_from=HERE, locale="de")

    mail = latest_mail()
    assert f"/i/{invitation.public_id}.1" in mail.text
    assert mail.to_email == invitation.contact.email


def test_who_is_registered_gets_the_personal_page_instead(app):
    invitation = make_invitation(make_event())
    registration = accept_invitation(invitation)

    request_links(invitation.contact.email, asked_from=HERE, locale="en")

    mail = latest_mail()
    assert f"/r/{registration.public_id}.1" in mail.text
    assert f"/i/{invitation.public_id}" not in mail.text
    assert mail.subject.startswith("Your personal link")


def test_a_couple_with_one_address_gets_both_links_in_one_mail(app):
    event = make_event()
    for name in ("Eva", "Jan"):
        make_invitation(event, make_contact(event.host, first_name=name, email="info@x.example"))

    request_links("info@x.example", asked_from=HERE, locale="de")

    assert mails() == 1
    assert "Eva" in latest_mail().text
    assert "Jan" in latest_mail().text


def test_the_links_of_all_events_come_in_one_mail_that_names_each_event(app):
    host = make_host()
    first, second = (make_event(host, title_de=title) for title in ("Licht", "Wasser"))
    one = make_invitation(first, make_contact(host, email="info@x.example"))
    two = accept_invitation(make_invitation(second, one.contact))

    request_links("info@x.example", asked_from=HERE, locale="de")

    links = [mail for mail, kind in mail_kinds() if kind == "links"]
    mail = latest_mail()
    assert links == ["info@x.example"]
    assert mail.subject == "Ihre persönlichen Links"
    assert mail.scope == f"host:{host.id}"
    for text in (mail.text, mail.html):
        assert text.index("Licht") < text.index(f"/i/{one.public_id}.1")
        assert text.index("Wasser") < text.index(f"/r/{two.public_id}.1")


def test_organisations_do_not_read_each_others_links(app):
    for _ in range(2):
        event = make_event()
        make_invitation(event, make_contact(event.host, email="info@x.example"))

    request_links("info@x.example", asked_from=HERE, locale="de")

    scopes = set(db.session.scalars(select(OutboxMail.scope)))
    assert (mails(), len(scopes)) == (2, 2)


def test_nobodys_mailbox_is_flooded(app):
    invitation = make_invitation(make_event())
    now = clock.now().replace(minute=0, second=0)

    with clock.held(now):
        for _ in range(3):
            request_links(invitation.contact.email, asked_from=HERE, locale="de")
    assert mails() == 1
    with clock.held(now + timedelta(minutes=10)):
        request_links(invitation.contact.email, asked_from=HERE, locale="de")

    assert mails() == 2


def test_withdrawn_invitations_and_past_events_have_no_links(app):
    withdrawn = make_invitation(make_event())
    withdraw_invitation(withdrawn, by=SYSTEM)
    past = make_invitation(make_event(starts_at=clock.now() - timedelta(days=2)))

    request_links(withdrawn.contact.email, asked_from=HERE, locale="de")
    request_links(past.contact.email, asked_from=HERE, locale="de")

    assert mail_kinds() == []


@pytest.mark.parametrize("email", ["", "kein-at", "a@b", "a@x.example,b@x.example", "x" * 100_000])
def test_an_address_that_is_none_is_refused_in_words(app, client, email):
    page = client.post("/link", data={"email": email})

    assert page.status_code == 422
    assert client.get("/link").status_code == 200
    assert 'id="email-error"' in page.text
    assert mails() == 0


def test_t09_guessing_links_is_slowed_down_and_true_links_never_count(limited_app):
    browser = limited_app.test_client()
    link = f"/i/{make_invitation(make_event()).token}"

    true = {browser.get(link).status_code for _ in range(70)}
    guesses = [browser.get(f"/i/{'A' * 16}.{'A' * 22}").status_code for _ in range(62)]

    assert true == {200}
    assert guesses == [404] * 60 + [429] * 2


def test_t09_a_way_to_open_links_is_refused_where_flask_limiter_would_refuse_it(limited_app):
    browser = limited_app.test_client()
    wrong = f"/i/{'A' * 16}.{'A' * 22}"

    first = [browser.get(wrong).status_code for _ in range(30)]
    limiter._storage_dead = True  # so that Flask-Limiter itself looks, with the same counts
    limiter._fallback_limiter, kept = limiter._limiter, limiter._fallback_limiter
    second = [browser.get(wrong).status_code for _ in range(20)]
    limiter._storage_dead, limiter._fallback_limiter = False, kept
    third = [browser.get(wrong).status_code for _ in range(11)]

    assert first + second + third == [404] * 60 + [429]


def test_t09_a_guesser_with_a_whole_network_is_one_guesser(limited_app):
    browser = limited_app.test_client()

    guesses = [
        browser.get(
            f"/i/{'A' * 16}.{'A' * 22}",
            environ_base={"REMOTE_ADDR": f"2001:db8:0:7::{number:x}"},
        ).status_code
        for number in range(61)
    ]

    assert guesses == [404] * 60 + [429]


def test_a_storage_that_goes_away_between_two_looks_breaks_no_answer(limited_app, monkeypatch):
    def gone(*_given):
        raise ConnectionError

    monkeypatch.setattr(type(limiter.limiter), "hit", gone)
    monkeypatch.setattr(limited_app, "testing", False)

    answer = limited_app.test_client().get(f"/i/{'A' * 16}.{'A' * 22}")

    assert answer.status_code == 404
    assert "Content-Security-Policy" in answer.headers


def test_who_asks_too_often_is_refused_at_once_and_holds_no_thread(app, client, monkeypatch):
    rests = []
    for _time in range(FREE_PER_ACCOUNT):
        client.post("/link", data={"email": "nobody@x.example"})
    monkeypatch.setattr(pace.time, "sleep", rests.append)
    monkeypatch.setattr(app, "testing", False)

    refused = client.post("/link", data={"email": "nobody@x.example"})

    assert refused.status_code == 429
    assert sum(rests) == 0


def test_a_crowd_that_asks_at_once_does_not_hold_all_threads(app, client):
    """T-63. Two wait for the even pace; the next is asked to come back."""
    with app.app_context(), even_pace(unless=KeyError), even_pace(unless=KeyError):
        answer = client.post("/link", data={"email": "gast@werk.example"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert client.post("/link", data={"email": "gast@werk.example"}).status_code == 303
