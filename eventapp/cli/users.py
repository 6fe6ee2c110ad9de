"""`eventapp user`: who signs in, what they may do, and a lost password."""

import json
import sys
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from eventapp.accounts import queries
from eventapp.accounts.actions import (
    NewAccount,
    add_account,
    add_host,
    disable_account,
    enable_account,
    home_of,
    reset_password,
    set_role,
)
from eventapp.accounts.factor_actions import reset_factor
from eventapp.accounts.models import Account, HostOrganisation, Membership
from eventapp.accounts.states import Role
from eventapp.foundation.database import transaction
from eventapp.foundation.errors import DomainError, NotFound
from eventapp.foundation.text import normalised_email, slugify

FOUND_FAULTS = 1
COMMAND_LINE = "command line"
ROLES = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """People who sign in."""


@user.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a person.")
@with_appcontext
def list_all(
    as_json: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Who has an account: address, state, role in each organisation, name."""
    people = [_described(account) for account in queries.all_accounts()]
    if as_json:
        click.echo(json.dumps(people, ensure_ascii=False, indent=2))
        return
    width = max((len(one["email"]) for one in people), default=0)
    for one in people:
        roles = ", ".join(f"{role} of {host}" for host, role in one["roles"].items())
        state = "disabled" if one["disabled"] else "active"
        click.echo(f"{one['email']:<{width}}  {state:<8}  {roles or 'no role'}  {one['name']}")


@user.command(name="add")
@click.argument("email")
@click.option("--name", prompt="Name", help="The person's name.")
@click.option(
    "--role",
    type=ROLES,
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
    account = _account(email)
    try:
        reset_password(
            account, _read_password() if password_stdin else _ask_password(), actor=COMMAND_LINE
        )
    except DomainError as problem:
        _refuse(problem)
    click.echo(f"new password set for {account.email}; all their browsers are signed out")


@user.command(name="role")
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option(
    "--host",
    "host_slug",
    default="",
    help="Short name of the organisation; needed where the person works for several.",
)
@with_appcontext
def role_of(email: str, role: str, host_slug: str) -> None:
    """Give a colleague another role and sign out all their browsers."""
    membership = _membership(_account(email), host_slug)
    set_role(membership, Role(role), actor=COMMAND_LINE)
    click.echo(f"{membership.account.email} works for {membership.host.name} as {role} from now on")


@user.command(name="disable")
@click.argument("email")
@with_appcontext
def disable(email: str) -> None:
    """Keep somebody out and sign out all their browsers; what they did stays in the trail."""
    account = _account(email)
    disable_account(account, actor=COMMAND_LINE)
    click.echo(f"{account.email} may not sign in any more")


@user.command(name="enable")
@click.argument("email")
@with_appcontext
def enable(email: str) -> None:
    """Let somebody in again who was kept out, with their password and roles."""
    account = _account(email)
    enable_account(account, actor=COMMAND_LINE)
    click.echo(f"{account.email} may sign in again")


@user.command(name="factor")
@click.argument("email")
@with_appcontext
def factor(email: str) -> None:
    """Turn off the second factor of somebody who lost it, and sign out all their browsers."""
    account = _account(email)
    reset_factor(account, actor=COMMAND_LINE, host_id=home_of(account))
    click.echo(f"{account.email} signs in with the password alone from now on")


def _described(account: Account) -> dict[str, Any]:
    return {
        "email": account.email,
        "name": account.name,
        "disabled": account.disabled_at is not None,
        "roles": {one.host.slug: one.role.value for one in account.memberships if one.accepted_at},
        "invited": [one.host.slug for one in account.memberships if not one.accepted_at],
    }


def _account(email: str) -> Account:
    account = queries.account_by_email(normalised_email(email))
    if account is None:
        click.echo(f"there is no account {email}", err=True)
        sys.exit(FOUND_FAULTS)
    return account


def _membership(account: Account, host_slug: str) -> Membership:
    """The person's membership in the named organisation, or the only one."""
    found = [one for one in account.memberships if host_slug in {"", one.host.slug}]
    if not found:
        click.echo(f"{account.email} does not work for {host_slug}", err=True)
        sys.exit(FOUND_FAULTS)
    if len(found) > 1:
        slugs = ", ".join(one.host.slug for one in found)
        raise click.UsageError(f"{account.email} works for {slugs}: choose one with --host")
    return found[0]


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
