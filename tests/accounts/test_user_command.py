"""`eventapp user`: colleagues come, change their part, and go."""

import json

import pytest
from factories import make_account, make_host

from eventapp.accounts import passwords
from eventapp.accounts.models import Account, AuditEntry, HostOrganisation, Membership
from eventapp.accounts.states import Role
from eventapp.cli.users import user
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction

PASSWORD = "ein Apfel und drei Stühle"


@pytest.fixture
def run(app):
    def invoke(*arguments, given=f"{PASSWORD}\n"):
        return app.test_cli_runner().invoke(user, arguments, input=given)

    return invoke


def test_the_first_colleague_sets_up_the_organisation(run):
    result = run(
        "add",
        "Sonja@Agentur.example",
        "--name",
        "Sonja Vaßholz",
        "--role",
        "administrator",
        "--host-name",
        "Agentur für Südwestfalen",
        "--password-stdin",
    )

    assert result.exit_code == 0, result.output
    account = db.session.query(Account).one()
    assert (account.email, account.name) == ("sonja@agentur.example", "Sonja Vaßholz")
    assert passwords.matches(account.password_hash, PASSWORD)
    assert db.session.query(HostOrganisation).one().slug == "agentur-fuer-suedwestfalen"


def test_a_refused_password_leaves_no_organisation_behind(run):
    first = run(
        "add",
        "sonja@agentur.example",
        "--name",
        "Sonja",
        "--host-name",
        "Agentur",
        "--password-stdin",
        given="kurz\n",
    )
    second = run(
        "add",
        "sonja@agentur.example",
        "--name",
        "Sonja",
        "--host-name",
        "Agentur",
        "--password-stdin",
    )

    assert (first.exit_code, second.exit_code) == (1, 0)
    assert db.session.query(HostOrganisation).count() == 1


def test_the_password_is_asked_for_twice_and_not_shown(run):
    make_host()

    result = run(
        "add", "otto@agentur.example", "--name", "Otto Ohm", given=f"{PASSWORD}\n{PASSWORD}\n"
    )

    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    ("arguments", "given", "code", "words"),
    [
        (["otto@agentur.example"], "kurz\n", 1, "at least 10"),
        (["da@agentur.example"], f"{PASSWORD}\n", 1, "already an account"),
        (["otto@agentur.example", "--host", "niemand"], f"{PASSWORD}\n", 2, "no organisation"),
        (["otto@agentur.example", "--role", "king"], f"{PASSWORD}\n", 2, "king"),
    ],
)
def test_what_is_wrong_is_said_and_told_by_the_exit_code(run, arguments, given, code, words):
    make_account(email="da@agentur.example")

    result = run("add", *arguments, "--name", "Otto", "--password-stdin", given=given)

    assert result.exit_code == code
    assert words in result.output
    assert db.session.query(Account).count() == 1


def test_a_lost_password_is_set_anew(run, client, sign_in):
    account = make_account(email="otto@agentur.example")
    sign_in(client, account)

    result = run("password", "Otto@agentur.example", "--password-stdin")

    assert result.exit_code == 0, result.output
    db.session.refresh(account)
    assert passwords.matches(account.password_hash, PASSWORD)
    assert client.get("/organise/account").status_code == 303


def test_a_password_for_nobody_is_a_fault(run):
    result = run("password", "niemand@agentur.example", "--password-stdin")

    assert (result.exit_code, "no account" in result.output) == (1, True)


def test_a_colleague_gets_another_role_and_no_page_remembers_the_old_one(run, client, sign_in):
    account = make_account(email="otto@agentur.example")
    sign_in(client, account)

    result = run("role", "Otto@agentur.example", "viewer")

    assert result.exit_code == 0, result.output
    assert "otto@agentur.example works for" in result.output
    db.session.refresh(account.memberships[0])
    assert account.memberships[0].role is Role.VIEWER
    assert client.get("/organise/account").status_code == 303
    assert db.session.query(AuditEntry).one().actor == "command line"


def test_who_works_for_several_organisations_has_a_role_in_each(run):
    account = make_account(make_host(slug="nord"), email="otto@agentur.example")
    with transaction():
        account.memberships.append(
            Membership(host=make_host(slug="sued"), role=Role.VIEWER, accepted_at=clock.now())
        )

    unclear = run("role", account.email, "frontdesk")
    chosen = run("role", account.email, "frontdesk", "--host", "sued")
    wrong = run("role", account.email, "frontdesk", "--host", "west")

    assert (unclear.exit_code, chosen.exit_code, wrong.exit_code) == (2, 0, 1)
    assert "nord, sued" in unclear.output
    assert "does not work for west" in wrong.output
    db.session.expire_all()
    assert [one.role for one in account.memberships] == [Role.ORGANISER, Role.FRONTDESK]


def test_who_is_disabled_is_out_until_enabled_again(run, client, sign_in):
    account = make_account(email="otto@agentur.example", password_hash=passwords.hashed(PASSWORD))
    sign_in(client, account)

    def comes_in():
        given = {"email": account.email, "password": PASSWORD}
        return client.application.test_client().post("/organise/signin", data=given).status_code

    assert run("disable", "otto@agentur.example").exit_code == 0
    assert client.get("/organise/account").status_code == 303
    assert comes_in() == 401

    assert run("enable", "otto@agentur.example").exit_code == 0
    assert comes_in() == 303
    noted = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert noted == ["account.disabled", "account.enabled", "account.signed_in"]


def test_the_list_names_everybody_with_role_and_state(run):
    host = make_host(slug="nord")
    make_account(host, Role.VIEWER, email="otto@agentur.example", name="Otto Ohm")
    make_account(host, email="aenne@agentur.example", name="Änne Ärmel")
    run("disable", "otto@agentur.example")

    shown, told = run("list"), run("list", "--json")

    assert [" ".join(line.split()) for line in shown.output.splitlines()] == [
        "aenne@agentur.example active organiser of nord Änne Ärmel",
        "otto@agentur.example disabled viewer of nord Otto Ohm",
    ]
    assert json.loads(told.output)[1] == {
        "email": "otto@agentur.example",
        "name": "Otto Ohm",
        "disabled": True,
        "roles": {"nord": "viewer"},
        "invited": [],
    }


@pytest.mark.parametrize("command", [["role", "x@y.example", "viewer"], ["disable", "x@y.example"]])
def test_nobody_can_be_given_nothing(run, command):
    result = run(*command)

    assert (result.exit_code, "no account x@y.example" in result.output) == (1, True)


def test_the_list_costs_the_same_for_many(run):
    from statements import statement_count

    counts = []
    for _ in range(2):
        for _ in range(3):
            make_account()
        db.session.expire_all()
        with statement_count() as sent:
            run("list")
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_who_lost_the_second_factor_is_helped_on_the_machine(run, client, sign_in):
    account = make_account(email="otto@agentur.example", totp_since=clock.now())
    browser = sign_in(client, account)

    assert run("factor", "otto@agentur.example").exit_code == 0

    db.session.refresh(account)
    assert account.totp_since is None
    assert browser.get("/organise/account").status_code == 303
    entry = db.session.query(AuditEntry).one()
    assert (entry.actor, entry.action) == ("command line", "account.factor_reset")
    assert entry.host_id == account.memberships[0].host_id
