"""What the tests of consents and needs share."""

from typing import Any

from sqlalchemy import select

from eventapp.consents.actions import deletion_day
from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind
from eventapp.foundation.database import db, transaction
from eventapp.registrations.models import Registration


def consents() -> list[tuple[str, str, str, bool]]:
    """(kind, version, source, withdrawn) of every consent, first to last."""
    rows = db.session.scalars(
        select(Consent).order_by(Consent.id).execution_options(populate_existing=True)
    )
    return [
        (one.kind.value, one.text_version, one.source, one.withdrawn_at is not None) for one in rows
    ]


def needs() -> list[tuple[str, str]]:
    """(diet, access) of everybody who said something."""
    return [tuple(row) for row in db.session.execute(select(Needs.diet, Needs.access))]


def give_needs(registration: Registration, **given: Any) -> Needs:
    """A guest who told diet and support, with consent."""
    row = Needs(
        **{
            "registration_id": registration.id,
            "diet": "keine Haselnüsse",
            "access": "Rollstuhlplatz",
            "delete_on": deletion_day(registration.event.starts_on),
        }
        | given
    )
    with transaction():
        db.session.add(row)
        db.session.add(
            Consent(
                registration_id=registration.id,
                kind=ConsentKind.NEEDS,
                text_version="1-de",
                source="form",
            )
        )
    return row
