"""Reads over all contributors of an event: what is there, what is missing, what they eat."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from eventapp.consents.models import Needs
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.text import sort_key
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.states import OUT
from eventapp.registrations.models import Registration
from eventapp.registrations.states import LIVE
from eventapp.speakers.guest_queries import is_guest
from eventapp.speakers.models import Portrait, Slides, SpeakerNeeds, SpeakerSheet
from eventapp.speakers.queries import portraits


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
    pictures = db.session.scalars(portraits().where(ours))
    counts = db.session.execute(
        select(Slides.contributor_id, func.count())
        .join(Slides.contributor)
        .where(ours)
        .group_by(Slides.contributor_id)
    )
    by_sheet = {one.contributor_id: one for one in sheets}
    by_portrait = {one.contributor_id: one for one in pictures}
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
    own = [needs for person, needs in told if not any(is_guest(person, one) for one in guests)]
    sums = Counter(needs.diet for needs in own)
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))


def _guests_with_needs(event: Event) -> Sequence[Registration]:
    return db.session.scalars(
        select(Registration)
        .join(Needs, Needs.registration_id == Registration.id)
        .where(Registration.event_id == event.id, Registration.state.in_(LIVE))
    ).all()
