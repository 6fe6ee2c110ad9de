"""Named reads of what contributors have handed in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email
from eventapp.foundation.uploads import used_by
from eventapp.programme.casting.needs import tells_technical_needs
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.release_queries import newest_release_id
from eventapp.programme.states import OUT, Appearance, ContributorState
from eventapp.speakers.models import Colleague, Portrait, Slides, SpeakerNeeds, SpeakerSheet
from eventapp.speakers.portraits import ShownPortrait, shown_portrait

MOST_LINKS = 20


@used_by
def files_in_use() -> Select[Any]:
    """Which stored files portraits and slides refer to, as part of a larger statement."""
    return select(
        union_all(
            select(Portrait.small_id), select(Portrait.large_id), select(Slides.file_id)
        ).subquery()
    )


@tells_technical_needs
def technical_needs_in(event: Event) -> dict[int, str]:
    """By contributor: what somebody needs on stage, for their briefing. One statement."""
    rows = db.session.execute(
        select(SpeakerSheet.contributor_id, SpeakerSheet.technical)
        .join(SpeakerSheet.contributor)
        .where(Contributor.event_id == event.id, SpeakerSheet.technical != "")
    )
    return {row.contributor_id: row.technical for row in rows}


def named_now(event: Event) -> set[int]:
    """Contributors whom everybody reads in the newest release. One statement."""
    rows = db.session.scalars(
        select(ReleasedSession.people).where(
            ReleasedSession.release_id == newest_release_id(event.id),
            ReleasedSession.appearance != Appearance.WITHDRAWN,
        )
    )
    return {int(person["contributor_id"]) for people in rows for person in people}


def portraits() -> Select[Portrait]:
    """Portraits with their files and people, as part of a larger statement."""
    return (
        select(Portrait)
        .join(Portrait.contributor)
        .options(
            contains_eager(Portrait.contributor),
            joinedload(Portrait.small),
            joinedload(Portrait.large),
        )
    )


def portraits_of(event: Event) -> dict[int, ShownPortrait]:
    """By contributor: the portraits that everybody may see, of those named in the newest release.

    In the language of the page. Two statements.
    """
    rows = db.session.scalars(portraits().where(Contributor.event_id == event.id)).all()
    named = named_now(event) if rows else set()
    return {
        one.contributor_id: shown_portrait(event.slug, one)
        for one in rows
        if one.contributor_id in named
    }


def public_portrait(event: Event, public_id: str) -> Portrait | None:
    """A portrait of the event that everybody may see."""
    row = db.session.scalar(
        portraits().where(Contributor.event_id == event.id, Portrait.public_id == public_id)
    )
    return row if row is not None and row.contributor_id in named_now(event) else None


def contributor_by_public_id(public_id: str) -> Contributor | None:
    """Whose page it is, with what every page shows. One statement."""
    return db.session.scalar(
        select(Contributor)
        .options(
            joinedload(Contributor.event).joinedload(Event.host),
            joinedload(Contributor.event).joinedload(Event.venue),
            joinedload(Contributor.event).joinedload(Event.series),
        )
        .where(Contributor.public_id == public_id)
    )


def _parts() -> Select[Contribution]:
    session = joinedload(Contribution.session)
    return select(Contribution).options(
        session.joinedload(Session.room),
        session.selectinload(Session.contributions).joinedload(Contribution.contributor),
    )


def parts_of(contributor: Contributor) -> Sequence[Contribution]:
    """What the person was asked for or agreed to, by time; what is only thought of is not told."""
    rows = db.session.scalars(
        _parts().where(
            Contribution.contributor_id == contributor.id,
            Contribution.state != ContributorState.PENCILLED,
        )
    ).all()
    return sorted(rows, key=_by_time)


def _by_time(part: Contribution) -> tuple[bool, str, int]:
    starts = part.session.starts_at
    return starts is None, starts.isoformat() if starts else "", part.id


def contribution_of(contributor: Contributor, number: int) -> Contribution | None:
    """One of these parts."""
    return db.session.scalar(
        _parts().where(
            Contribution.contributor_id == contributor.id,
            Contribution.id == number,
            Contribution.state != ContributorState.PENCILLED,
        )
    )


def released_sessions(event: Event, session_ids: Sequence[int]) -> dict[int, ReleasedSession]:
    """By session: what everybody sees of these. One statement."""
    if not session_ids:
        return {}
    rows = db.session.scalars(
        select(ReleasedSession)
        .options(joinedload(ReleasedSession.session))
        .where(
            ReleasedSession.release_id == newest_release_id(event.id),
            ReleasedSession.session_id.in_(session_ids),
        )
        .execution_options(populate_existing=True)
    )
    return {row.session_id: row for row in rows}


def sheet_of(contributor: Contributor) -> SpeakerSheet | None:
    """What the person needs and how they travel."""
    return db.session.get(SpeakerSheet, contributor.id)


def portrait_of(contributor: Contributor) -> Portrait | None:
    """The person's portrait, named in public or not."""
    return db.session.scalar(portraits().where(Portrait.contributor_id == contributor.id))


def slides_of(contributor: Contributor) -> Sequence[Slides]:
    """The person's slides with their files, oldest first."""
    return db.session.scalars(
        select(Slides)
        .options(joinedload(Slides.file))
        .where(Slides.contributor_id == contributor.id)
        .order_by(Slides.id)
    ).all()


def slides_of_one(contributor: Contributor, number: int) -> Slides | None:
    """One of them."""
    return db.session.scalar(
        select(Slides)
        .options(joinedload(Slides.file), joinedload(Slides.contributor))
        .where(Slides.contributor_id == contributor.id, Slides.id == number)
    )


def all_slides(event: Event) -> Sequence[Slides]:
    """The slides of everybody who contributes to the event, by name."""
    return db.session.scalars(
        select(Slides)
        .join(Slides.contributor)
        .options(joinedload(Slides.file), contains_eager(Slides.contributor))
        .where(Contributor.event_id == event.id)
        .order_by(Contributor.last_name, Contributor.first_name, Slides.id)
    ).all()


def needs_of(contributor: Contributor) -> SpeakerNeeds | None:
    """What the person said about diet and support here."""
    return db.session.get(SpeakerNeeds, contributor.id)


def needs_due(today: date, *, most: int) -> Sequence[SpeakerNeeds]:
    """Those whose day has come, earliest first."""
    return db.session.scalars(
        select(SpeakerNeeds)
        .where(SpeakerNeeds.delete_on <= today)
        .order_by(SpeakerNeeds.delete_on, SpeakerNeeds.contributor_id)
        .limit(most)
    ).all()


def colleagues_of(contributor: Contributor) -> dict[int, Colleague]:
    """By part: whom the person proposes instead. One statement."""
    rows = db.session.scalars(
        select(Colleague)
        .join(Colleague.contribution)
        .where(Contribution.contributor_id == contributor.id)
    )
    return {row.contribution_id: row for row in rows}


def colleague_for(part: Contribution) -> Colleague | None:
    """Whom they propose for one part."""
    return db.session.get(Colleague, part.id)


def contributors_with_address(email: str) -> Sequence[Contributor]:
    """Who contributes, under this address, to events that are not over; at most 20."""
    return db.session.scalars(
        select(Contributor)
        .join(Contributor.event)
        .options(contains_eager(Contributor.event).joinedload(Event.host))
        .where(
            func.lower(func.trim(Contributor.email)) == normalised_email(email),
            Event.ends_at > clock.now(),
            Contributor.contributions.any(Contribution.state.not_in(OUT)),
        )
        .order_by(Event.starts_at, Contributor.id)
        .limit(MOST_LINKS)
    ).all()
