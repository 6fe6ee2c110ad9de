"""Beginning as a colleague, and choosing a new password, by a link from a mail."""

import re
from datetime import timedelta

import pytest
from factories import make_account, make_host, moment
from sqlalchemy import select

from eventapp.accounts import passwords
from eventapp.accounts.actions import disable_account
from eventapp.accounts.link_actions import request_reset
from eventapp.accounts.models import Account, AuditEntry, Membership, SignInAttempt
from eventapp.accounts.states import Role
from eventapp.accounts.throttle import FREE_PER_ACCOUNT
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_links import fill_links
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.tokens import LinkKind, sign

OLD = "ein Apfel und drei Stühle"
NEW = "vier Birnen auf dem Dach"
BASE = "http://localhost"
NOON = moment("2027-05-03T12:00:00")


@pytest.fixture(scope="module")
def stored() -> str:
    return passwords.hashed(OLD)


@pytest.fixture
def account(app, stored):
    return make_account(email="sonja@agentur.example", password_hash=stored)


def mails(template="reset"):
    rows = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    return [mail for mail in rows if mail.kind.endswith(f"/{template}.txt")]


def link_in(mail):
    """The path of the link as the recipient gets it."""
    address = re.search(r"https?://\S+/a/\S+", fill_links(mail.text, BASE))[0]
    assert address.startswith(f"{BASE}/a/")
    return address.removeprefix(BASE)


def ask(client, email="sonja@agentur.example", **more):
    return client.post("/organise/forgotten", data={"email": email}, **more)


def choose(client, path, **given):
    return client.post(path, data={"new": NEW, "repeated": NEW, "name": "Ada Ohm"} | given)


def password_of(account):
    db.session.refresh(account)
    return account.password_hash


def test_t17_the_link_sets_a_password_once_and_ends_all_sessions(client, account, sign_in):
    sign_in(client, account)
    ask(client)
    path = link_in(mails()[0])
    stranger = client.application.test_client()

    assert "Neues Passwort wählen" in stranger.get(path).text
    answer = choose(stranger, path)

    assert (answer.status_code, answer.location) == (303, "/organise/signin?after=password")
    assert passwords.matches(password_of(account), NEW)
    assert client.get("/organise/account").status_code == 303
    assert stranger.get("/organise/account").status_code == 303
    assert choose(stranger, path, new=OLD, repeated=OLD).status_code == 404
    assert stranger.get(path).status_code == 404
    assert passwords.matches(password_of(account), NEW)


def test_t17_of_two_links_only_the_newest_opens(client, account):
    ask(client)
    ask(client)
    first, second = (link_in(mail) for mail in mails())

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (60, 404), (61, 404)])
def test_t17_the_link_works_for_an_hour(client, account, minutes, status):
    with clock.held(NOON):
        ask(client)
    path = link_in(mails()[0])

    with clock.held(NOON + timedelta(minutes=minutes)):
        assert client.get(path).status_code == status
        assert choose(client, path, repeated="anders").status_code == status


def test_t17_t25_a_foreign_host_name_gets_into_no_mail(client, account):
    for headers in (
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example"},
        {"X-Forwarded-Server": "evil.example"},
    ):
        ask(client, headers=headers)
    refused = ask(client, headers={"Host": "evil.example"})

    assert refused.status_code == 400
    assert len(mails()) == 3
    for mail in mails():
        assert "evil.example" not in fill_links(mail.text + mail.html, BASE)


def test_t16_the_answer_is_the_same_for_known_unknown_and_locked_addresses(client, account):
    locked = make_account(email="locked@agentur.example", password_hash=account.password_hash)
    disable_account(locked, actor="test")

    known = ask(client)
    answers = [ask(client, email) for email in (locked.email, "niemand@agentur.example")]

    for answer in answers:
        assert (answer.status_code, answer.location, answer.text) == (
            known.status_code,
            known.location,
            known.text,
        )
    assert [mail.to_email for mail in mails()] == [account.email]
    assert "Wenn diese Adresse hier bekannt ist" in client.get(known.location).text


def test_t16_known_and_unknown_addresses_are_slowed_down_alike(client, account):
    with clock.held(NOON):
        for email in (account.email, "niemand@agentur.example"):
            for _ in range(FREE_PER_ACCOUNT):
                assert ask(client, email).status_code == 303
            refused = ask(client, email)
            assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert len(mails()) == FREE_PER_ACCOUNT


def test_t15_asking_for_a_password_uses_up_no_sign_in(client, account):
    with clock.held(NOON):
        for _ in range(FREE_PER_ACCOUNT):
            ask(client)
        answer = client.post("/organise/signin", data={"email": account.email, "password": OLD})

    assert answer.status_code == 303
    assert db.session.query(SignInAttempt).count() > 0  # those for mails stay


def test_the_old_password_works_until_a_new_one_is_chosen(client, account):
    ask(client)

    answer = client.post("/organise/signin", data={"email": account.email, "password": OLD})

    assert answer.status_code == 303


def test_a_weak_password_uses_up_nothing(client, account):
    ask(client)
    path = link_in(mails()[0])

    assert "mindestens 10 Zeichen" in choose(client, path, new="kurz", repeated="kurz").text
    assert "stimmen nicht überein" in choose(client, path, repeated="etwas anderes").text
    assert choose(client, path).status_code == 303


def test_the_owner_is_told_and_the_trail_knows(client, account):
    ask(client)
    choose(client, link_in(mails()[0]))

    assert [mail.to_email for mail in mails("notice")] == [account.email]
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.host_id) for entry in entries] == [
        ("account.reset_requested", account.memberships[0].host_id),
        ("account.password_reset", account.memberships[0].host_id),
    ]
    assert "/a/" not in str([(entry.before, entry.after) for entry in entries])


@pytest.mark.parametrize("spoilt", ["{}x", "x{}", "abc", "{}.", "..", "a.bbbbbbbbbbbbbbbbbbbbbb"])
def test_t09_every_link_that_opens_nothing_gets_the_same_page(client, account, spoilt):
    ask(client)
    token = link_in(mails()[0]).removeprefix("/a/")

    answer = client.get("/a/" + spoilt.format(token))

    assert answer.status_code == 404
    assert "Dieser Link öffnet nichts mehr" in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_t09_a_guests_link_opens_no_account(client, account):
    ask(client)
    db.session.refresh(account)

    for kind in LinkKind:
        if kind is not LinkKind.ACCOUNT:
            token = sign(kind, account.public_id, account.link_generation)
            assert client.get(f"/a/{token}").status_code == 404


def test_an_account_without_a_pending_link_has_none(client, account):
    token = sign(LinkKind.ACCOUNT, account.public_id, account.link_generation)

    assert client.get(f"/a/{token}").status_code == 404


def test_who_was_locked_meanwhile_does_not_come_in_by_the_link(client, account):
    ask(client)
    path = link_in(mails()[0])
    disable_account(account, actor="test")

    assert client.get(path).status_code == 404
    assert choose(client, path).status_code == 404


def test_who_left_the_team_gets_no_link(client, account):
    with transaction():
        account.memberships.clear()

    ask(client)

    assert mails() == []


def test_t13_scanning_the_link_changes_nothing(client, account):
    ask(client)
    path = link_in(mails()[0])

    for _ in range(3):
        client.head(path)
        assert client.get(path).status_code == 200
    assert choose(client, path).status_code == 303


def test_who_has_not_begun_yet_gets_the_welcome_again(client, app):
    host = make_host()
    with transaction():
        newcomer = Account(email="neu@agentur.example", name="")
        newcomer.memberships.append(Membership(host=host, role=Role.VIEWER))
        db.session.add(newcomer)

    request_reset("neu@agentur.example", asked_from="192.0.2.1")
    path = link_in(mails("welcome")[0])
    page = client.get(path).text

    assert f"Willkommen im Team von {host.name}" in page
    assert 'name="name"' in page
    assert choose(client, path).status_code == 303
    db.session.refresh(newcomer)
    assert newcomer.name == "Ada Ohm"


def test_the_page_speaks_the_owners_language(client, app, stored):
    account = make_account(email="ed@agentur.example", password_hash=stored, locale="en")
    ask(client, account.email)

    assert "Choose a new password" in mails()[0].subject
    assert "Choose a new password" in client.get(link_in(mails()[0])).text


def test_t09_guesses_at_links_from_one_network_are_limited_together(limited_app):
    make_host()
    browser = limited_app.test_client()

    answers = [
        browser.get(
            f"/a/{'A' * 16}.{'A' * 22}",
            environ_base={"REMOTE_ADDR": f"2001:db8:0:7::{number:x}"},
        ).status_code
        for number in range(61)
    ]

    assert answers == [404] * 60 + [429]
