"""`eventapp user add` and `eventapp user password`."""

import pytest
from factories import make_account, make_host

from eventapp.accounts import passwords
from eventapp.accounts.models import Account, HostOrganisation
from eventapp.cli.users import user
from eventapp.foundation.database import db

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
