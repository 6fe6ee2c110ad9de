"""The team: who is let in, with which role, and how they are let go."""

import re
from datetime import timedelta

import pytest
from factories import make_account, make_event, make_host, make_sign_in, moment
from sqlalchemy import select
from statements import statement_count

from eventapp.accounts import passwords, team_actions
from eventapp.accounts.errors import LastAdministrator, WorksElsewhere
from eventapp.accounts.joining import accept_membership, decline_membership
from eventapp.accounts.models import Account, AuditEntry, Membership, SignInSession
from eventapp.accounts.states import Role
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_links import fill_links, mask_links
from eventapp.foundation.outbox import OutboxMail

PASSWORD = "ein Apfel und drei Stühle"
GERMAN = {"Accept-Language": "de"}
NOON = moment("2027-05-03T12:00:00")


@pytest.fixture(scope="module")
def stored() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def boss(client, sign_in, stored):
    account = make_account(role=Role.ADMINISTRATOR, name="Änne Boss", password_hash=stored)
    sign_in(client, account)
    return account


@pytest.fixture
def host(boss):
    return boss.memberships[0].host


@pytest.fixture
def colleague(host, stored):
    return make_account(host, Role.ORGANISER, name="Jürgen Weiß", password_hash=stored)


def page_of(account):
    return f"/organise/team/{account.memberships[0].id}"


def invite(client, email="neu@agentur.example", role="organiser"):
    return client.post("/organise/team", data={"email": email, "role": role})


def mails():
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


def link_in(mail):
    return re.search(r"/a/\S+", fill_links(mail.text, "http://localhost"))[0]


def actions():
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_list_says_role_second_factor_and_when_somebody_was_seen(client, boss, host, colleague):
    make_sign_in(colleague, seen_at=moment("2027-06-24T13:30:00"))
    with transaction():
        colleague.totp_since = clock.now()
    make_account(host, Role.VIEWER, name="")

    page = client.get("/organise/team", headers=GERMAN).text

    assert "Jürgen Weiß" in page
    assert "24.06.2027, 15:30 Uhr" in page
    assert "eingeladen" in page
    assert page.index("Änne Boss") < page.index("Jürgen Weiß")
    assert page.count(">ein<") == 1


def test_the_list_costs_the_same_for_few_and_many(client, boss, host):
    def cost():
        with statement_count() as sent:
            client.get("/organise/team")
        return len(sent)

    client.get("/organise/team")
    few = cost()
    for _ in range(12):
        make_sign_in(make_account(host, Role.VIEWER))
    assert cost() == few


def test_a_colleague_begins_with_the_mail(client, boss, host):
    assert invite(client).status_code == 303
    newcomer = db.session.scalars(select(Account).filter_by(email="neu@agentur.example")).one()
    browser = client.application.test_client()
    path = link_in(mails()[0])

    typed = {"name": "Ada Ohm", "new": PASSWORD, "repeated": PASSWORD}
    answer = browser.post(path, data=typed)

    assert (answer.status_code, answer.location) == (303, "/organise/")
    assert browser.get("/organise/").status_code == 200
    assert newcomer.memberships[0].role is Role.ORGANISER
    assert actions() == ["account.invited", "account.begun", "account.signed_in"]
    assert host.name in mails()[0].subject
    assert "Änne Boss" in mails()[0].text


@pytest.mark.parametrize(("days", "status"), [(6, 200), (7, 404)])
def test_the_welcome_works_for_seven_days(client, boss, days, status):
    with clock.held(NOON):
        make = make_sign_in(boss)
        with client.session_transaction() as cookie:
            cookie["_user_id"] = make
        invite(client)

    with clock.held(NOON + timedelta(days=days)):
        browser = client.application.test_client()
        assert browser.get(link_in(mails()[0])).status_code == status


def test_a_new_link_replaces_the_first(client, boss):
    invite(client)
    newcomer = db.session.scalars(select(Account).filter_by(email="neu@agentur.example")).one()

    client.post(f"{page_of(newcomer)}/link")

    first, second = (link_in(mail) for mail in mails())
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_who_has_begun_needs_no_link(client, boss, colleague):
    answer = client.post(f"{page_of(colleague)}/link", headers=GERMAN)

    assert answer.status_code == 409
    assert "hat schon ein Passwort" in answer.text
    assert mails() == []


def test_who_is_in_the_team_already_is_not_invited_twice(client, boss, colleague):
    answer = client.post(
        "/organise/team",
        data={"email": colleague.email.upper(), "role": "viewer"},
        headers=GERMAN,
    )

    assert "gehört schon zu Ihrem Team" in answer.text
    assert mails() == []


def test_t16_the_page_does_not_say_who_works_elsewhere(client, boss, stored):
    other = make_account(make_host(), password_hash=stored)

    known, unknown = invite(client, other.email), invite(client)

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    joined, welcome = mails()
    assert (joined.to_email, welcome.to_email) == (other.email, "neu@agentur.example")
    assert client.get(link_in(joined)).status_code == 404
    assert client.get(link_in(welcome)).status_code == 200
    db.session.refresh(other)
    assert passwords.matches(other.password_hash, PASSWORD)


def test_t16_the_mail_to_who_works_elsewhere_reads_like_any_other(client, boss, stored):
    """The organisation that asked reads the copy in its outbox."""
    given = {"name": "Geheimrat Quitte", "locale": "en"}
    other = make_account(make_host(), email="q@fremd.example", password_hash=stored, **given)

    invite(client, other.email)
    invite(client)

    known, unknown = mails()
    assert (known.kind, known.subject, known.locale, known.to_name) == (
        unknown.kind,
        unknown.subject,
        unknown.locale,
        "",
    )
    assert mask_links(known.text, "") == mask_links(unknown.text, "")
    assert mask_links(known.html, "") == mask_links(unknown.html, "")
    for page in ("/organise/mails", f"/organise/mails/{known.public_id}"):
        assert "Quitte" not in client.get(page).text


@pytest.mark.parametrize("later", ["asked", "declined"])
def test_t16_the_history_names_who_was_asked_by_the_address_alone(client, boss, stored, later):
    given = {"name": "Geheimrat Quitte", "email": "q@fremd.example"}
    other = make_account(make_host(), password_hash=stored, **given)
    invite(client, other.email)
    if later == "declined":
        decline_membership(next(one for one in other.memberships if one.accepted_at is None))

    found = client.get("/organise/history?q=q@fremd").text
    by_name = client.get("/organise/history?q=Quitte").text

    assert "q@fremd.example" in found
    assert "Geheimrat" not in found + by_name
    assert "q@fremd.example" not in by_name


def test_the_history_names_a_colleague_who_has_accepted(client, boss, stored):
    other = make_account(make_host(), name="Geheimrat Quitte", password_hash=stored)
    invite(client, other.email)

    accept_membership(next(one for one in other.memberships if one.accepted_at is None))

    assert "Geheimrat Quitte" in client.get("/organise/history?q=Quitte").text


def test_t08_a_role_that_does_not_exist_lets_nobody_in(client, boss):
    assert invite(client, role="owner").status_code == 200
    assert mails() == []


@pytest.mark.parametrize("step", ["role", "disable", "remove"])
def test_t05_t66_the_next_request_is_refused(client, boss, colleague, sign_in, step):
    browser = sign_in(client.application.test_client(), colleague)
    assert browser.get("/organise/contacts").status_code == 200

    client.post(f"{page_of(colleague)}/{step}", data={"role": "viewer"})

    assert browser.get("/organise/contacts").status_code == 303
    assert browser.post("/organise/settings", data={"name": "x"}).status_code == 303
    left = db.session.query(SignInSession).filter_by(account_id=colleague.id, revoked_at=None)
    assert left.count() == 0


def test_t66_every_session_ends_however_many_there_are(client, boss, colleague):
    for _ in range(120):
        make_sign_in(colleague)

    client.post(f"{page_of(colleague)}/disable")

    left = db.session.query(SignInSession).filter_by(account_id=colleague.id, revoked_at=None)
    assert left.count() == 0


def test_a_locked_account_can_be_opened_again(client, boss, colleague):
    client.post(f"{page_of(colleague)}/disable")
    browser = client.application.test_client()
    given = {"email": colleague.email, "password": PASSWORD}

    assert browser.post("/organise/signin", data=given).status_code == 401
    client.post(f"{page_of(colleague)}/enable")
    assert browser.post("/organise/signin", data=given).status_code == 303


def test_who_was_taken_out_does_not_come_in_but_can_be_invited_again(client, boss, colleague):
    client.post(f"{page_of(colleague)}/remove")
    browser = client.application.test_client()
    given = {"email": colleague.email, "password": PASSWORD}

    assert browser.post("/organise/signin", data=given).status_code == 401
    assert invite(client, colleague.email).status_code == 303
    assert browser.post("/organise/signin", data=given).status_code == 303


@pytest.mark.parametrize("step", ["role", "disable", "remove"])
def test_the_last_administrator_stays(client, boss, host, step):
    make_account(host, Role.ADMINISTRATOR, name="")  # invited, has not begun: does not count

    answer = client.post(f"{page_of(boss)}/{step}", data={"role": "viewer"}, headers=GERMAN)

    assert answer.status_code == 409
    assert "einzige Person mit Administration" in answer.text
    db.session.expire_all()
    assert db.session.get(Membership, boss.memberships[0].id).role is Role.ADMINISTRATOR
    assert boss.disabled_at is None


def test_one_of_two_administrators_may_go_and_then_the_other_stays(client, boss, host, stored):
    second = make_account(host, Role.ADMINISTRATOR, password_hash=stored)

    team_actions.change_role(second.memberships[0], Role.VIEWER, by=boss)

    with pytest.raises(LastAdministrator):
        team_actions.remove_colleague(boss.memberships[0], by=boss)


def test_who_gives_up_the_own_role_signs_in_anew(client, boss, host, stored):
    make_account(host, Role.ADMINISTRATOR, password_hash=stored)

    answer = client.post(f"{page_of(boss)}/role", data={"role": "organiser"})

    assert answer.location == "/organise/signin?after=role"
    assert client.get("/organise/account").status_code == 303


def test_an_account_of_two_organisations_is_locked_by_neither(boss, host, colleague):
    with transaction():
        colleague.memberships.append(
            Membership(host=make_host(), role=Role.VIEWER, accepted_at=clock.now())
        )
    ours = colleague.memberships[0]

    for step in (
        team_actions.disable_colleague,
        team_actions.enable_colleague,
        team_actions.reset_colleagues_factor,
    ):
        with pytest.raises(WorksElsewhere):
            step(ours, by=boss)
    team_actions.remove_colleague(ours, by=boss)
    assert [one.host_id for one in colleague.memberships] != [host.id]


# ---- Who works elsewhere is asked ---------------------------------------------------------------


@pytest.fixture
def foreigner(stored):
    """Works for another organisation, and signs in there."""
    host = make_host(name="Agentur Nord")
    make_account(host, Role.ADMINISTRATOR, password_hash=stored)
    return make_account(host, Role.ORGANISER, name="Freya Fern", password_hash=stored)


def invited(client, host, account):
    invite(client, account.email, "administrator")
    db.session.expire_all()
    return next(one for one in account.memberships if one.host_id == host.id)


def test_an_invitation_takes_nothing_from_the_organisation_where_somebody_works(
    client, boss, host, foreigner
):
    invited(client, host, foreigner)
    home = foreigner.memberships[0]

    team_actions.disable_colleague(home, by=boss)
    assert foreigner.disabled_at is not None
    team_actions.enable_colleague(home, by=boss)
    team_actions.reset_colleagues_factor(home, by=boss)


@pytest.mark.parametrize("step", ["disable", "enable", "factor"])
def test_who_has_only_invited_somebody_has_no_say_over_the_account(
    client, boss, host, foreigner, step
):
    pending = invited(client, host, foreigner)

    answer = client.post(f"/organise/team/{pending.id}/{step}", headers=GERMAN)

    assert answer.status_code == 409
    assert "Einladung noch nicht angenommen" in answer.text
    db.session.expire_all()
    assert foreigner.disabled_at is None


@pytest.mark.parametrize("step", ["role", "remove"])
def test_another_role_or_taking_it_back_signs_the_invited_out_nowhere(
    client, boss, host, foreigner, sign_in, step
):
    browser = sign_in(client.application.test_client(), foreigner)
    pending = invited(client, host, foreigner)

    client.post(f"/organise/team/{pending.id}/{step}", data={"role": "viewer"})

    assert browser.get("/organise/account").status_code == 200


def test_the_page_of_the_invited_tells_their_address_and_nothing_else(
    client, boss, host, foreigner
):
    make_sign_in(foreigner, seen_at=moment("2027-06-24T13:30:00"))
    pending = invited(client, host, foreigner)

    pages = [client.get(f"/organise/team{way}").text for way in ("", f"/{pending.id}")]
    table = client.post("/organise/lists/team", data={"columns": ["name"]}).text

    for page in (*pages, table):
        assert "Freya Fern" not in page
        assert "24.06.2027" not in page
    assert all(foreigner.email in page for page in pages)


def test_the_invited_do_not_count_as_administrators(client, boss, host, foreigner):
    invited(client, host, foreigner)

    with pytest.raises(LastAdministrator):
        team_actions.change_role(boss.memberships[0], Role.VIEWER, by=boss)


def test_t05_nothing_of_the_inviting_organisation_opens_before_accepting(
    client, boss, host, foreigner, sign_in
):
    """T-05."""
    event = make_event(host)
    browser = sign_in(client.application.test_client(), foreigner)
    pending = invited(client, host, foreigner)
    assert browser.get(f"/organise/{event.slug}/guests").status_code == 404
    page = browser.get("/organise/account", headers=GERMAN).text
    assert host.name in page

    answer = browser.post(f"/organise/account/invitations/{pending.id}")

    assert answer.status_code == 303
    assert browser.get(f"/organise/{event.slug}/guests").status_code == 404
    browser.post(f"/organise/account/teams/{pending.id}")
    assert browser.get(f"/organise/{event.slug}/guests").status_code == 200
    assert "account.joined" in actions()
    db.session.expire_all()
    with pytest.raises(WorksElsewhere):
        team_actions.disable_colleague(pending, by=boss)


def two_teams(client, host, foreigner, sign_in):
    """Freya Fern, asked by this organisation first, works for "Agentur Nord" and then for both."""
    pending = invited(client, host, foreigner)
    with transaction():
        pending.invited_at = foreigner.memberships[0].accepted_at - timedelta(days=1)
    browser = sign_in(client.application.test_client(), foreigner)
    browser.post(f"/organise/account/invitations/{pending.id}")
    db.session.expire_all()
    return browser, *sorted(foreigner.memberships, key=lambda one: one.accepted_at)


def test_who_works_for_two_teams_chooses_and_sees_the_chosen_one_alone_t01(
    client, boss, host, foreigner, sign_in
):
    browser, first, second = two_teams(client, host, foreigner, sign_in)
    theirs, ours = make_event(first.host), make_event(host)
    ways = [f"/organise/{event.slug}/guests" for event in (theirs, ours)]
    assert [browser.get(way).status_code for way in ways] == [200, 404]
    assert f"Mit {host.name} arbeiten" in browser.get("/organise/account", headers=GERMAN).text

    answer = browser.post(f"/organise/account/teams/{second.id}", headers=GERMAN)

    assert (answer.status_code, answer.location) == (303, "/organise/account")
    assert [browser.get(way).status_code for way in ways] == [404, 200]
    assert browser.get("/organise/team").status_code == 200
    assert actions()[-1] == "account.team_chosen"
    browser.post(f"/organise/account/teams/{first.id}")
    assert [browser.get(way).status_code for way in ways] == [200, 404]


def test_signing_in_leads_to_the_team_that_was_accepted_first(client, host, foreigner, stored):
    nord = foreigner.memberships[0]
    with transaction():  # asked by both, said yes to the later one first
        asked = Membership(host=host, role=Role.VIEWER, accepted_at=nord.accepted_at)
        foreigner.memberships.append(asked)
        nord.accepted_at = clock.now() + timedelta(minutes=1)
    db.session.expire_all()

    browser = client.application.test_client()
    browser.post("/organise/signin", data={"email": foreigner.email, "password": PASSWORD})

    session = db.session.scalars(select(SignInSession).order_by(SignInSession.id.desc())).first()
    assert session.host_id == host.id


def test_t01_nobody_works_for_a_team_that_is_not_theirs(client, boss, host, foreigner, sign_in):
    """T-01; an invitation that is not accepted is no team yet."""
    pending = invited(client, host, foreigner)
    browser = sign_in(client.application.test_client(), foreigner)

    for one in (pending, boss.memberships[0]):
        assert browser.post(f"/organise/account/teams/{one.id}").status_code == 404


def test_who_declines_stays_where_they_are(client, boss, host, foreigner, sign_in):
    browser = sign_in(client.application.test_client(), foreigner)
    pending = invited(client, host, foreigner)

    browser.post(f"/organise/account/invitations/{pending.id}/decline")

    db.session.expire_all()
    assert [one.host_id for one in foreigner.memberships] != [host.id]
    assert len(foreigner.memberships) == 1
    assert browser.get("/organise/account").status_code == 200
    assert actions()[-1] == "account.invitation_declined"


def test_t01_nobody_accepts_for_somebody_else(client, boss, host, foreigner, colleague, sign_in):
    """T-01."""
    pending = invited(client, host, foreigner)
    browser = sign_in(client.application.test_client(), colleague)

    assert browser.post(f"/organise/account/invitations/{pending.id}").status_code == 404
    db.session.refresh(pending)
    assert pending.accepted_at is None


def test_of_two_welcomes_the_one_whose_link_is_used_is_accepted(client, boss, host):
    make_account(other := make_host(), Role.ADMINISTRATOR, name="Nora Nord")
    other_boss = db.session.scalars(select(Account).filter_by(name="Nora Nord")).one()
    invite(client)
    team_actions.invite_colleague(
        other, team_actions.Invitee("neu@agentur.example", Role.VIEWER), by=other_boss
    )
    newcomer = db.session.scalars(select(Account).filter_by(email="neu@agentur.example")).one()

    path = link_in(mails()[-1])
    client.post(path, data={"name": "Ada Ohm", "new": PASSWORD, "repeated": PASSWORD})

    db.session.expire_all()
    assert {one.host_id: one.accepted_at is not None for one in newcomer.memberships} == {
        host.id: False,
        other.id: True,
    }


def test_another_teams_invitation_leaves_the_first_welcome_alone(client, boss, host):
    nord = make_account(other := make_host(), Role.ADMINISTRATOR)
    invite(client)
    for _again in range(2):
        team_actions.invite_colleague(
            other, team_actions.Invitee("neu@agentur.example", Role.VIEWER), by=nord
        )
        newcomer = db.session.scalars(select(Account).filter_by(email="neu@agentur.example")).one()
        team_actions.remove_colleague(newcomer.memberships[1], by=nord)
    team_actions.invite_colleague(
        other, team_actions.Invitee("neu@agentur.example", Role.VIEWER), by=nord
    )
    first, *_gone, last = (link_in(mail) for mail in mails())

    assert host.name in client.get(first).text
    assert other.name in client.get(last).text
    assert [client.get(link).status_code for link in _gone] == [404, 404]
    client.post(first, data={"name": "Ada Ohm", "new": PASSWORD, "repeated": PASSWORD})

    db.session.expire_all()
    assert {one.host_id: one.accepted_at is not None for one in newcomer.memberships} == {
        host.id: True,
        other.id: False,
    }
    assert client.get(last).status_code == 404


@pytest.mark.parametrize(
    "step", ["", "/role", "/link", "/disable", "/enable", "/factor", "/remove"]
)
def test_t01_the_team_of_others_does_not_exist(client, boss, step):
    stranger = make_account(make_host(), Role.ORGANISER)
    ask = client.post if step else client.get

    assert ask(f"{page_of(stranger)}{step}", data={"role": "viewer"}).status_code == 404
    db.session.refresh(stranger)
    assert stranger.memberships[0].role is Role.ORGANISER
    assert stranger.disabled_at is None


def test_each_step_stands_in_the_trail_of_the_organisation(client, boss, host, colleague):
    with transaction():
        colleague.totp_since = clock.now()
    for step in ("factor", "role", "disable", "enable", "remove"):
        client.post(f"{page_of(colleague)}/{step}", data={"role": "viewer"})

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == [
        "account.factor_reset",
        "account.role_changed",
        "account.disabled",
        "account.enabled",
        "account.removed",
    ]
    assert {(entry.host_id, entry.account_id) for entry in entries} == {(host.id, boss.id)}
    assert (entries[1].before, entries[1].after) == ({"role": "organiser"}, {"role": "viewer"})


def test_whoever_invites_chooses_the_language_of_mail_and_first_page(client, boss):
    page = client.get("/organise/team", headers={"Accept-Language": "en"})
    form = {"email": "new@agentur.example", "role": "organiser", "locale": "en"}
    client.post("/organise/team", data=form)

    mail = mails()[-1]
    first = client.application.test_client().get(link_in(mail))

    assert 'name="locale"' in page.text
    assert "please enter your name and choose a password" in " ".join(mail.text.split())
    assert "Enter your name and choose a password." in first.text
    assert "in--on" in mail.html  # nothing stands between its two parts, so there is no gap


def test_in_another_language_a_mail_tells_no_more_of_the_invited(client, boss, stored):
    make_account(email="da@anderswo.example", password_hash=stored)
    for email in ("neu@agentur.example", "da@anderswo.example"):
        form = {"email": email, "role": "viewer", "locale": "en"}
        client.post("/organise/team", data=form)

    subjects = {mail.subject for mail in mails()}

    assert len(subjects) == 1
    assert "invites you to the team" in subjects.pop()


@pytest.mark.parametrize(("role", "told"), [("organiser", True), ("frontdesk", False)])
def test_who_begins_as_an_organiser_hears_of_the_second_factor_at_once(client, boss, role, told):
    invite(client, role=role)
    newcomer = client.application.test_client()
    password = "vier Birnen im Regen"
    answer = newcomer.post(
        link_in(mails()[-1]), data={"name": "Ida Ohm", "new": password, "repeated": password}
    )

    home = newcomer.get(answer.location, follow_redirects=True).text

    assert ("schalten Sie unter" in home) is told


def test_administrators_find_the_team_from_the_settings(client, boss):
    assert 'href="/organise/team"' in client.get("/organise/settings").text.partition("<main")[2]
