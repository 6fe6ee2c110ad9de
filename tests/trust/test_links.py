"""Secret links: not guessable, not stored, not leaked, dead when replaced (T-09 to T-13)."""

import re

import pytest
from factories import make_invitation, make_registration
from pages_as_people import tags_of
from world import ON_SQLITE, dump, make_world, pages, path_of, token_for

from eventapp.accounts.models import Account
from eventapp.foundation import tokens
from eventapp.foundation.access import Visitor
from eventapp.foundation.database import db, transaction
from eventapp.foundation.logs import masked
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.models import Invitation
from eventapp.programme.models import Contributor
from eventapp.programme.run_of_show.models import ShowPlan
from eventapp.registrations.models import Registration


def bearer_pages(app, world, method="GET"):
    return [
        page
        for page in pages(app, world)
        if page.access.visitor is Visitor.BEARER and method in page.methods
    ]


def neutral(text):
    """The page without what differs from request to request."""
    return re.sub(r'[0-9a-f]{32}|value="[^"]*"', "", text)


def other_token(token, change):
    public_id, _, mac = token.partition(".")
    return {
        "truncated": token[:-1],
        "first of the mac raised": f"{public_id}.{chr(ord(mac[0]) ^ 1)}{mac[1:]}",
        "case": f"{public_id}.{mac.swapcase()}",
        "only the public id": public_id,
        "empty mac": f"{public_id}.",
        "mac of nothing": f"{public_id}.{'A' * 22}",
        "umlaut": f"{public_id}.{'ä' * 22}",
        "very long": f"{public_id}.{'A' * 10_000}",
        "unknown public id": f"{tokens.new_public_id()}.{mac}",
    }[change]


@ON_SQLITE
@pytest.mark.parametrize(
    "change",
    [
        "truncated",
        "first of the mac raised",
        "case",
        "only the public id",
        "empty mac",
        "mac of nothing",
        "umlaut",
        "very long",
        "unknown public id",
    ],
)
def test_t09_a_link_that_is_not_exactly_right_opens_nothing(app, client, change):
    world = make_world()
    statuses = {}
    for page in bearer_pages(app, world):
        token = other_token(token_for(world, page.rule), change)
        path = path_of(app, world, page.rule, token=token)
        statuses[page.endpoint] = client.get(path).status_code

    assert statuses
    assert statuses == dict.fromkeys(statuses, 404)


@ON_SQLITE
def test_t09_a_link_of_one_kind_opens_no_page_of_another(app, client):
    world = make_world()
    invitation = db.session.get(Invitation, world.rows["invitation_id"])
    registration = db.session.get(Registration, world.rows["registration_id"])
    crossed = {
        "r": sign(LinkKind.INVITATION, invitation.public_id, invitation.link_generation),
        "o": sign(LinkKind.REGISTRATION, registration.public_id, registration.link_generation),
        "i": sign(LinkKind.REGISTRATION, registration.public_id, registration.link_generation),
        "a": sign(LinkKind.REGISTRATION, registration.public_id, registration.link_generation),
        "k": sign(LinkKind.REGISTRATION, registration.public_id, registration.link_generation),
        "u": sign(LinkKind.REGISTRATION, registration.public_id, registration.link_generation),
        "s": sign(LinkKind.REGISTRATION, registration.public_id, registration.link_generation),
    }

    for page in bearer_pages(app, world):
        path = path_of(app, world, page.rule, token=crossed[page.path[1]])
        assert client.get(path).status_code == 404


@ON_SQLITE
def test_t09_the_answer_to_a_wrong_link_is_the_same_for_every_reason(app, client):
    world = make_world()
    row = db.session.get(Registration, world.rows["registration_id"])
    good = sign(LinkKind.REGISTRATION, row.public_id, row.link_generation)

    answers = {
        neutral(client.get(f"/r/{other_token(good, change)}").text)
        for change in ("truncated", "case", "unknown public id", "mac of nothing")
    }

    assert len(answers) == 1


@ON_SQLITE
def test_t09_a_secret_has_128_bits_that_only_the_key_gives(app):
    token = sign(LinkKind.REGISTRATION, "kR9mZ", 1)
    mac = token.partition(".")[2]

    assert len(mac) * 6 >= 128
    assert not tokens.verify(token, LinkKind.INVITATION, 1)
    assert not tokens.verify(token, LinkKind.REGISTRATION, 2)


@ON_SQLITE
def test_t09_a_copy_of_the_database_opens_no_link(app, client):
    world = make_world()
    strings = {
        str(value)
        for rows in dump().values()
        for row in rows
        for value in row
        if isinstance(value, str) and 4 < len(value) < 200 and "/" not in value
    }
    secrets = [token_for(world, page.rule) for page in bearer_pages(app, world)]

    assert [secret for secret in secrets if secret in repr(dump())] == []
    opened = [
        (prefix, text)
        for prefix in ("i", "r", "s")
        for text in strings
        if client.get(f"/{prefix}/{text}").status_code == 200
    ]
    assert opened == []


@ON_SQLITE
def test_t10_a_personal_page_tells_no_other_site_where_it_was(app, client):
    world = make_world()
    for page in bearer_pages(app, world):
        answer = client.get(page.path, buffered=True)

        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
        if answer.mimetype == "text/html":
            loaded = [
                values.get("src") or values.get("href")
                for tag, values in tags_of(answer.text)
                if tag in {"script", "img", "link", "iframe"}
            ]
            assert [url for url in loaded if url and "://" in url] == []


@ON_SQLITE
def test_t11_no_log_line_holds_a_secret(app, client, capfd):
    world = make_world()
    secrets = [token_for(world, page.rule) for page in bearer_pages(app, world)]
    for page in bearer_pages(app, world):
        client.get(page.path, buffered=True)
        client.get(f"{page.path}/gibt-es-nicht?weiter={page.path}")

    written = "".join(capfd.readouterr())
    assert '"path": "/r/…"' in written
    assert [secret for secret in secrets if secret in written] == []


@pytest.mark.parametrize(
    "text",
    [
        "GET /i/kR9mZabc.Xd3s1234567890 HTTP/1.1",
        "Exception on /r/kR9mZabc.Xd3s1234567890 [POST]",
        "see https://x.example/s/kR9mZabc.Xd3s1234567890?lang=en",
        "/c/kR9mZabc.Xd3s1234567890.ics",
    ],
)
def test_t11_a_secret_is_masked_wherever_it_stands(text):
    assert "Xd3s1234567890" not in masked(text)


@ON_SQLITE
def test_t12_a_new_link_kills_the_old_one(app, client):
    """But the one in the foot of a mail: "no more of these" is about that mail, and stays true."""
    world = make_world()
    old = {page.endpoint: page.path for page in bearer_pages(app, world) if page.path[1] != "u"}
    with transaction():
        for kind in (Account, Contributor, Invitation, Registration, ShowPlan):
            for row in db.session.query(kind):
                row.link_generation += 1

    assert {client.get(path).status_code for path in old.values()} == {404}
    assert {
        client.get(page.path, buffered=True).status_code for page in bearer_pages(app, world)
    } == {200}


@ON_SQLITE
def test_t12_the_link_of_an_erased_guest_is_dead(app, client):
    world = make_world()
    registration = make_registration(world.event)
    invitation = make_invitation(world.event)
    paths = [
        f"/r/{sign(LinkKind.REGISTRATION, registration.public_id, 1)}",
        f"/i/{sign(LinkKind.INVITATION, invitation.public_id, 1)}",
    ]
    with transaction():
        db.session.delete(registration)
        db.session.delete(invitation)

    assert [client.get(path).status_code for path in paths] == [404, 404]


@ON_SQLITE
def test_t13_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(app, client):
    world = make_world()
    before = dump()

    for page in bearer_pages(app, world) * 2:
        client.head(page.path)
        client.get(page.path, buffered=True)
        client.get(f"{page.path}?lang=en&answer=yes&confirm=1", buffered=True)

    assert dump() == before
