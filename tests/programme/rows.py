"""Many rows at once, for tests about cost."""

from datetime import timedelta

from eventapp.events.models import Event
from eventapp.foundation.database import db, transaction
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import ContributorState, SessionState


def many_sessions(event: Event, count: int) -> None:
    """Published sessions one after the other, each with a person of its own who has agreed."""
    with transaction():
        for number in range(count):
            starts_at = event.starts_at + timedelta(minutes=number % 300)
            session = Session(
                event_id=event.id,
                key=f"X{count}-{number}",
                kind=SessionKind.KEYNOTE,
                state=SessionState.PUBLISHED,
                title_de=f"Vortrag {number}",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=1),
            )
            person = Contributor(event_id=event.id, key=f"X{count}-{number}", last_name="Öhm")
            db.session.add_all([session, person])
            db.session.flush()
            db.session.add(
                Contribution(
                    session_id=session.id,
                    contributor_id=person.id,
                    role=Role.KEYNOTE,
                    state=ContributorState.AGREED,
                )
            )
