"""`eventapp user`: add a colleague, or set a lost password."""

import sys
from typing import NoReturn

import click
from flask.cli import with_appcontext

from eventapp.accounts import queries
from eventapp.accounts.actions import NewAccount, add_account, add_host, reset_password
from eventapp.accounts.models import HostOrganisation
from eventapp.accounts.states import Role
from eventapp.foundation.database import transaction
from eventapp.foundation.errors import DomainError, NotFound
from eventapp.foundation.text import normalised_email, slugify

FOUND_FAULTS = 1
COMMAND_LINE = "command line"


@click.group()
def user() -> None:
    """People who sign in."""


@user.command(name="add")
@click.argument("email")
@click.option("--name", prompt="Name", help="The person's name.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.ORGANISER.value,
    show_default=True,
)
@click.option(
    "--host",
    "host_slug",
    default="",
    help="Short name of the organisation; the first one if left out.",
)
@click.option("--host-name", default="", help="Set up a new organisation with this name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def add(
    email: str,
    name: str,
    role: str,
    host_slug: str,
    host_name: str,
    password_stdin: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Add a colleague; asks for the password. The first one sets up the organisation."""
    password = _read_password() if password_stdin else _ask_password()
    try:
        with transaction():  # a refused password leaves no organisation behind
            host = _host(host_slug, host_name)
            account = add_account(
                host, NewAccount(email, name, password, Role(role)), actor=COMMAND_LINE
            )
    except DomainError as problem:
        _refuse(problem)
    click.echo(f"{account.email} may sign in for {host.name} as {role}")


@user.command(name="password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def set_password(
    email: str,
    password_stdin: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Set somebody's password and sign out all their browsers."""
    account = queries.account_by_email(normalised_email(email))
    if account is None:
        click.echo(f"there is no account {email}", err=True)
        sys.exit(FOUND_FAULTS)
    try:
        reset_password(
            account, _read_password() if password_stdin else _ask_password(), actor=COMMAND_LINE
        )
    except DomainError as problem:
        _refuse(problem)
    click.echo(f"new password set for {account.email}; all their browsers are signed out")


def _host(slug: str, name: str) -> HostOrganisation:
    """The named organisation, a new one, or the first."""
    if name:
        return add_host(name, slug or slugify(name))
    try:
        return queries.host_by_slug(slug) if slug else queries.first_host()
    except NotFound:
        raise click.UsageError(
            f"there is no organisation {slug}".rstrip() + "; set one up with --host-name"
        ) from None


def _ask_password() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _refuse(problem: DomainError) -> NoReturn:
    click.echo(problem.text.in_english(), err=True)
    sys.exit(FOUND_FAULTS)
