"""Contributors say who they are, when they are there, what they need and how they come."""

from dataclasses import asdict, fields, replace

from eventapp.accounts.audit import Actor
from eventapp.consents.actions import deletion_day
from eventapp.consents.diets import kept_word
from eventapp.consents.requests import NeedsRequest
from eventapp.consents.states import ConsentKind
from eventapp.consents.wordings import current_version
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message
from eventapp.programme.actions import ContributorChange, change_contributor
from eventapp.programme.models import Contributor
from eventapp.speakers import queries
from eventapp.speakers.actions.common import note, sheet_for
from eventapp.speakers.errors import AskedAsGuest, NotAnyMore, TextChanged
from eventapp.speakers.guest_queries import guest_behind
from eventapp.speakers.marks import (
    mark_of_texts,
    mark_of_times,
    mark_of_travel,
    times_in_words,
    travel_in_words,
)
from eventapp.speakers.models import SpeakerNeeds
from eventapp.speakers.permissions import may_hand_in, may_tell_travel
from eventapp.speakers.requests import Availability, Travel
from eventapp.speakers.states import CONTRIBUTOR

SWEPT_AT_ONCE = 500
ZONE = "Europe/Berlin"


def tell_biography(person: Contributor, german: str, english: str, *, mark: str, by: Actor) -> None:
    """Keep what is to be read about the person.

    Raises TextChanged where somebody else has written since `mark` was taken.
    """
    with transaction():
        lock(person.event)
        lock(person)
        if not may_hand_in(person.event):
            raise NotAnyMore
        _refuse_changed(mark, person.biography_de, person.biography_en)
        _change(person, by, biography_de=german, biography_en=english)


def tell_availability(person: Contributor, wanted: Availability, *, mark: str, by: Actor) -> None:
    """Keep from when until when the person is there.

    Raises Invalid where nothing of the event takes place in that time, TextChanged where somebody
    else has noted other times since `mark` was taken.
    """
    event, start, end = person.event, wanted.available_from, wanted.available_until
    with transaction():
        lock(event)
        lock(person)
        if not may_tell_travel(event):
            raise NotAnyMore
        begins = event.doors_at or event.starts_at
        if (start and start >= event.ends_at) or (end and end <= begins):
            field = "available_from" if start and start >= event.ends_at else "until"
            raise Invalid(field, message("At that time nothing of the event takes place."))
        if mark != mark_of_times(person):
            raise TextChanged(times_in_words(person))
        _change(person, by, **asdict(wanted))


def _change(person: Contributor, by: Actor, **values: object) -> None:
    """Through the programme, which knows who reads the words and which conflicts times make."""
    now = ContributorChange(
        **{one.name: getattr(person, one.name) for one in fields(ContributorChange)}
    )
    change = replace(now, **values)  # type: ignore[arg-type]  # names of its own fields
    change_contributor(person, change, seen=person.version, by=by)


def _refuse_changed(mark: str, *texts: str) -> None:
    if mark != mark_of_texts(*texts):
        raise TextChanged(" / ".join(text for text in texts if text))


def tell_technical(person: Contributor, words: str, *, mark: str, by: Actor) -> None:
    """Keep what somebody needs on the stage; without a word, that they need nothing."""
    with transaction():
        lock(person.event)
        if not may_hand_in(person.event):
            raise NotAnyMore
        sheet = sheet_for(person)
        _refuse_changed(mark, sheet.technical)
        sheet.technical, sheet.technical_at = words, clock.now()
        note(by, "speaker.technical", person)


def tell_travel(person: Contributor, travel: Travel, *, mark: str, by: Actor) -> None:
    """Keep how somebody comes, whether they stay the night and park.

    Raises TextChanged where somebody else has noted it otherwise since `mark` was taken.
    """
    with transaction():
        lock(person.event)
        if not may_tell_travel(person.event):
            raise NotAnyMore
        sheet = sheet_for(person)
        if mark != mark_of_travel(sheet):
            raise TextChanged(travel_in_words(sheet))
        for name, value in asdict(travel).items():
            setattr(sheet, name, value)
        sheet.travel_at = clock.now()
        note(by, "speaker.travel", person)


def tell_speakers_needs(person: Contributor, request: NeedsRequest, *, locale: str) -> None:
    """Keep what somebody eats and needs, until its day; nothing said takes everything back.

    Who is a guest as well tells it once, with the registration: raises AskedAsGuest.
    """
    with transaction():
        lock(person.event)
        if not may_tell_travel(person.event):
            raise NotAnyMore
        if guest_behind(person) is not None:
            raise AskedAsGuest
        if not (request.diet or request.access):
            _take_back(person)
            return
        needs = queries.needs_of(person) or SpeakerNeeds(contributor_id=person.id)
        needs.diet, needs.access = kept_word(request.diet), request.access
        needs.text_version = current_version(ConsentKind.NEEDS, locale)
        needs.given_at, needs.delete_on = clock.now(), deletion_day(person.event.starts_on)
        db.session.add(needs)
        note(CONTRIBUTOR, "speaker.needs_told", person)


def withdraw_speakers_needs(person: Contributor) -> None:
    """Delete what somebody said, and with it the consent."""
    with transaction():
        lock(person.event)
        _take_back(person)


def _take_back(person: Contributor) -> None:
    needs = queries.needs_of(person)
    if needs is not None:
        db.session.delete(needs)
        note(CONTRIBUTOR, "speaker.needs_withdrawn", person)


def forget_speakers_needs() -> int:
    """Delete the needs whose day has come; says of how many people. The worker calls it."""
    today = clock.today(ZONE)
    if not queries.needs_due(today, most=1):
        return 0
    with transaction():
        due = queries.needs_due(today, most=SWEPT_AT_ONCE)
        for needs in due:
            db.session.delete(needs)
        return len(due)
