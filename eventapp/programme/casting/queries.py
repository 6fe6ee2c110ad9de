"""Named reads of candidates."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.programme.casting.models import Candidate
from eventapp.programme.models import Contribution, Session


def _candidates() -> Select[Candidate]:
    return (
        select(Candidate)
        .options(joinedload(Candidate.contributor))
        .order_by(Candidate.contribution_id, Candidate.position, Candidate.id)
    )


def candidates_in(event: Event) -> dict[int, list[Candidate]]:
    """By place (contribution): who is on its list, in the order of the list. One statement."""
    rows = db.session.scalars(
        _candidates()
        .join(Candidate.contribution)
        .join(Contribution.session)
        .where(Session.event_id == event.id)
    )
    found: dict[int, list[Candidate]] = {}
    for row in rows:
        found.setdefault(row.contribution_id, []).append(row)
    return found


def candidates_for(contribution: Contribution) -> Sequence[Candidate]:
    """Who is on the list for a place, in the order of the list. One statement."""
    return db.session.scalars(
        _candidates().where(Candidate.contribution_id == contribution.id)
    ).all()


def last_terms(event: Event) -> str:
    """What the last person asked for this event was told of travel and fee; "" at first."""
    return (
        db.session.scalar(
            select(Contribution.terms)
            .join(Contribution.session)
            .where(Session.event_id == event.id, Contribution.terms != "")
            .order_by(Contribution.asked_at.desc(), Contribution.id.desc())
            .limit(1)
        )
        or ""
    )
