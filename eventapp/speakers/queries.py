"""Named reads of what contributors have handed in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eventapp.consents.models import Needs
from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email, sort_key
from eventapp.foundation.uploads import used_by
from eventapp.programme.casting.needs import tells_technical_needs
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.release_queries import newest_release_id
from eventapp.programme.states import OUT, Appearance, ContributorState
from eventapp.registrations.models import Registration
from eventapp.registrations.person_keys import name_key_of
from eventapp.registrations.states import LIVE
from eventapp.speakers.models import Portrait, Slides, SlotReply, SpeakerNeeds, SpeakerSheet
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


def _portraits() -> Select[Portrait]:
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
    rows = db.session.scalars(_portraits().where(Contributor.event_id == event.id)).all()
    named = named_now(event) if rows else set()
    return {
        one.contributor_id: shown_portrait(event.slug, one)
        for one in rows
        if one.contributor_id in named
    }


def public_portrait(event: Event, public_id: str) -> Portrait | None:
    """A portrait of the event that everybody may see."""
    row = db.session.scalar(
        _portraits().where(Contributor.event_id == event.id, Portrait.public_id == public_id)
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
    return db.session.scalar(_portraits().where(Portrait.contributor_id == contributor.id))


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


def replies_of(contributor: Contributor) -> Sequence[SlotReply]:
    """Why the person cannot take parts, and whom they propose."""
    return db.session.scalars(
        select(SlotReply)
        .join(SlotReply.contribution)
        .options(contains_eager(SlotReply.contribution).joinedload(Contribution.session))
        .where(Contribution.contributor_id == contributor.id)
        .order_by(SlotReply.contribution_id)
    ).all()


def reply_to(part: Contribution) -> SlotReply | None:
    """What was said to one part."""
    return db.session.get(SlotReply, part.id)


def _same_person(registration: PersonColumns, contributor: Contributor) -> bool:
    mine = normalised_email(contributor.email or "")
    theirs = normalised_email(registration.email or "")
    return bool(mine) and mine == theirs and name_key_of(registration) == name_key_of(contributor)


def guest_behind(contributor: Contributor) -> Registration | None:
    """The same person's registration at the event: the same entry of the address book, or the same
    name at the same address. Two people who share an address are two. One statement."""
    known = [Registration.email_key == normalised_email(contributor.email or "-")]
    if contributor.contact_id is not None:
        known.append(Registration.contact_id == contributor.contact_id)
    rows = db.session.scalars(
        select(Registration)
        .where(
            Registration.event_id == contributor.event_id,
            Registration.main_id.is_(None),
            Registration.state.in_(LIVE),
            or_(*known),
        )
        .order_by(Registration.id)
    )
    return next((row for row in rows if _is_guest(contributor, row)), None)


def contributor_behind(registration: Registration) -> Contributor | None:
    """The other way round: whether a guest contributes as well. One statement."""
    known = [func.lower(func.trim(Contributor.email)) == (registration.email_key or "-")]
    if registration.contact_id is not None:
        known.append(Contributor.contact_id == registration.contact_id)
    rows = db.session.scalars(
        select(Contributor)
        .where(Contributor.event_id == registration.event_id, or_(*known))
        .order_by(Contributor.id)
    )
    return next((row for row in rows if _is_guest(row, registration)), None)


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


@dataclass(frozen=True)
class Handed:
    """One contributor of the event with what there is of them."""

    contributor: Contributor
    sheet: SpeakerSheet | None
    portrait: Portrait | None
    slides: int


def handed_in(event: Event) -> list[Handed]:
    """What everybody who takes part in something has handed in, as Germans sort. Four statements.

    Who has declined or dropped out of everything is left out.
    """
    people = db.session.scalars(
        select(Contributor)
        .options(selectinload(Contributor.contributions))
        .where(
            Contributor.event_id == event.id,
            Contributor.contributions.any(Contribution.state.not_in(OUT)),
        )
    ).all()
    ours = Contributor.event_id == event.id
    sheets = db.session.scalars(select(SpeakerSheet).join(SpeakerSheet.contributor).where(ours))
    portraits = db.session.scalars(_portraits().where(ours))
    counts = db.session.execute(
        select(Slides.contributor_id, func.count())
        .join(Slides.contributor)
        .where(ours)
        .group_by(Slides.contributor_id)
    )
    by_sheet = {one.contributor_id: one for one in sheets}
    by_portrait = {one.contributor_id: one for one in portraits}
    by_count = {row[0]: row[1] for row in counts}
    return [
        Handed(one, by_sheet.get(one.id), by_portrait.get(one.id), by_count.get(one.id, 0))
        for one in sorted(people, key=lambda one: sort_key(one.last_name, one.first_name))
    ]


def told_needs(event: Event) -> list[tuple[Contributor, SpeakerNeeds]]:
    """Who told diet or support here and takes part in something. One statement."""
    rows = db.session.execute(
        select(Contributor, SpeakerNeeds)
        .join(SpeakerNeeds, SpeakerNeeds.contributor_id == Contributor.id)
        .where(
            Contributor.event_id == event.id,
            Contributor.contributions.any(Contribution.state.not_in(OUT)),
        )
        .order_by(Contributor.last_name, Contributor.id)
    )
    return [(row[0], row[1]) for row in rows]


def catering_sums(event: Event) -> list[tuple[str, int]]:
    """What contributors eat who have not said it as guests, and how many each: numbers, never
    names. Two statements."""
    told = [one for one in told_needs(event) if one[1].diet]
    guests = _guests_with_needs(event) if told else []
    own = [needs for person, needs in told if not any(_is_guest(person, one) for one in guests)]
    sums = Counter(needs.diet for needs in own)
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))


def _guests_with_needs(event: Event) -> Sequence[Registration]:
    return db.session.scalars(
        select(Registration)
        .join(Needs, Needs.registration_id == Registration.id)
        .where(Registration.event_id == event.id, Registration.state.in_(LIVE))
    ).all()


def _is_guest(person: Contributor, guest: Registration) -> bool:
    in_book = person.contact_id is not None and person.contact_id == guest.contact_id
    return in_book or _same_person(guest, person)
