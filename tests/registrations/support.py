"""What the tests of registrations share: the outbox, the truth about places, a person to name."""

from typing import Any

from sqlalchemy import select

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.requests import SubstituteRequest
from eventapp.registrations import queries
from eventapp.registrations.models import Registration


def mail_kinds() -> list[tuple[str, str]]:
    """(address, template) of all mails in the order in which they were queued."""
    rows = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    return [(mail.to_email, mail.kind.rpartition("/")[2].removesuffix(".txt")) for mail in rows]


def latest_mail() -> OutboxMail:
    """The mail queued last."""
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()


def all_registrations() -> list[Registration]:
    """Every registration, first number first, as the database has it."""
    return list(
        db.session.scalars(
            select(Registration).order_by(Registration.id).execution_options(populate_existing=True)
        )
    )


def places(event: Event) -> tuple[int, int]:
    """(what the event's counter says, what the registrations say)."""
    db.session.refresh(event)
    return event.places_taken, queries.places_held(event)


def ludmila(**given: Any) -> SubstituteRequest:
    """Somebody to come instead."""
    return SubstituteRequest(
        **{"first_name": "Ludmila", "last_name": "Frøhlich", "email": "ludmila@werk.example"}
        | given
    )
