"""`eventapp worker`: delivers what lies in the outbox and forgets what has had its day."""

import signal
from contextlib import closing
from functools import partial
from threading import Event, Thread
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from eventapp.cli.rounds import forget_what_is_over, write_what_is_due
from eventapp.foundation.database import db
from eventapp.foundation.delivery import deliver_due, postman_of
from eventapp.foundation.logs import log
from eventapp.foundation.mail_server import Postman
from eventapp.foundation.wake import Call, attend, bell
from eventapp.invitations.actions import take_in_undelivered
from eventapp.programme.actions import following as _programme  # noqa: F401 - see below
from eventapp.programme.run_of_show.actions import following as _show  # noqa: F401
from eventapp.registrations import fill_part as _filling  # noqa: F401
from eventapp.registrations import guest_queries as _guests  # noqa: F401

# The worker has no pages that would import them: whoever listens to slices below must be there.


@click.command()
@with_appcontext
def worker() -> None:
    """Deliver mails until stopped. Several may run; each mail goes out once."""
    work_until_stopped(Event())


def work_until_stopped(stopping: Event) -> None:
    """Attend the bell until SIGTERM or SIGINT, or until `stopping` is set."""
    _stop_at_signals(stopping)
    settings = current_app.config["SETTINGS"]
    sends = bool(settings.smtp_url.get_secret_value())
    log.info("worker started", mails="sent" if sends else "kept here, no mail server is set")
    with closing(bell()) as rung, postman_of(settings) as postman:
        attend(
            rung,
            partial(_work, stopping, postman),
            _forget,
            stopping,
            rest=postman.rest if postman else lambda: None,
        )
    log.info("worker stopped")


def _work(stopping: Event, postman: Postman | None, call: Call) -> None:
    """One look at what is due, with a fresh view of the database.

    Who wrote a mail rings for mails: then nothing is asked for that only time, or staff, brings.
    """
    try:
        if call is Call.ALL:
            write_what_is_due(stopping.is_set)
        tally = deliver_due(stopping=stopping.is_set, postman=postman)
        if call is Call.ALL or tally.failed:
            take_in_undelivered()
    finally:
        db.session.remove()


def _forget() -> None:
    """For this nobody rings."""
    try:
        forget_what_is_over()
    finally:
        db.session.remove()


def _stop_at_signals(stopping: Event) -> None:
    """When the process is asked to end, the mail on its way is finished, no other begun.

    By another thread: the one that the signal interrupts may hold the lock of the event itself.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        Thread(target=stopping.set).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
