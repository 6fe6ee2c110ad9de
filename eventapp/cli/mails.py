"""`eventapp mails`: look into the outbox, and send without a worker, for example from cron."""

import json
import sys
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import with_appcontext

from eventapp.cli.rounds import tidy_up, write_what_is_due
from eventapp.foundation.delivery import Tally, deliver_due
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox_counts import Standing, mails_standing
from eventapp.foundation.returns import unknown_returns
from eventapp.invitations.actions import take_in_undelivered

FOUND_FAULTS = 1


@click.group()
def mails() -> None:
    """The outbox: what waits, what went out, what failed."""


@mails.command()
@click.option("--limit", type=click.IntRange(min=1), help="The most mails to send now.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome for machines.")
@with_appcontext
def send(
    limit: int | None,
    as_json: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Do once what the worker does each minute, and stop.

    Passes on free places, writes due notices, delivers what is due, takes in returned mails, and
    forgets what has had its day. Ends with 1 if a mail failed or could not be taken yet.
    """
    write_what_is_due()
    due = mails_standing().due
    expected = due if limit is None else min(due, limit)
    quiet = as_json or not sys.stderr.isatty()
    with click.progressbar(length=expected, label="Mails", file=sys.stderr, hidden=quiet) as bar:
        tally = deliver_due(limit, told=lambda tally: bar.update(tally.total - bar.pos))
    if as_json:
        click.echo(json.dumps(asdict(tally)))
    else:
        click.echo(_in_words(tally))
    tidy_up()
    if tally.failed or tally.deferred:
        sys.exit(FOUND_FAULTS)


@mails.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures for machines.")
@with_appcontext
def status(
    as_json: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """How many mails are in which state. Ends with 1 if any failed or waits for over an hour."""
    standing = mails_standing()
    if as_json:
        click.echo(json.dumps(_for_machines(standing)))
    else:
        for state in MailState:
            click.echo(f"{state.value:<16}{standing.counts[state]:>8}")
        if not current_app.config["SETTINGS"].smtp_url.get_secret_value():
            click.echo("No mail server is set (EVENTAPP_SMTP_URL): mails are kept here.")
    if standing.is_worrying:
        sys.exit(FOUND_FAULTS)


@mails.command()
@with_appcontext
def returned() -> None:
    """Look into the mailbox for returned mails, and list what no mail of ours fits."""
    taken = take_in_undelivered()
    click.echo(f"{taken.marked} marked as undeliverable, {taken.ignored} delayed only")
    for row in unknown_returns():
        click.echo(f"{row.found_at:%Y-%m-%d %H:%M}  {row.sender}  {row.subject}")


def _in_words(tally: Tally) -> str:
    return (
        f"{tally.sent} sent, {tally.deferred} to be tried again, {tally.failed} failed, "
        f"{tally.kept} kept here" + (f", {tally.recalled} taken back" if tally.recalled else "")
    )


def _for_machines(standing: Standing) -> dict[str, object]:
    oldest = standing.oldest_due_at
    return {
        "counts": {state.value: standing.counts[state] for state in MailState},
        "due": standing.due,
        "oldest_due_at": oldest.isoformat() if oldest else None,
        "server": bool(current_app.config["SETTINGS"].smtp_url.get_secret_value()),
    }
