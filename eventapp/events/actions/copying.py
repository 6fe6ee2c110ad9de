"""An event as the template of the next one: each slice copies its own part, called from `desk`."""

from dataclasses import dataclass, field

from eventapp.accounts.audit import Actor
from eventapp.events import queries
from eventapp.events.actions.editing import RESERVED, check_order, free_slug
from eventapp.events.editions import DayShift, NextEdition, Taken
from eventapp.events.errors import AddressTaken
from eventapp.events.models import Event, Partner
from eventapp.foundation.database import db
from eventapp.foundation.text import slugify

SETTINGS = (
    "waiting_list", "registration_mode", "promotion", "reserved_places", "companions_allowed",
    "min_room_change_minutes",
)  # fmt: skip
TEXTS = (
    "subtitle_de", "subtitle_en", "intro_de", "intro_en", "signed_by", "funding_notice_de",
    "funding_notice_en", "funding_reference", "photo_notice_de", "photo_notice_en",
)  # fmt: skip
OF_A_PARTNER = ("name", "role", "url", "position")
DEADLINES = ("registration_opens_at", "wishes_close_at")


@dataclass(frozen=True)
class Copying:
    """From which event to which, what is taken over, and how far it moves; `by` whom."""

    source: Event
    target: Event
    take: frozenset[Taken]
    shift: DayShift
    by: Actor
    rooms: frozenset[int] = field(default_factory=frozenset)

    def takes(self, part: Taken) -> bool:
        """Whether this is wanted."""
        return part in self.take


def proposed_slug(event: Event) -> str:
    """An address for the next edition that is free: that of this one, with the next number."""
    base = event.slug
    head, _dash, number = base.rpartition("-")
    if head and number.isdecimal():
        base = head
    return free_slug(slugify(f"{base} {(event.edition or 1) + 1}"))


def copy_event(source: Event, wanted: NextEdition, *, by: Actor) -> Copying:
    """A draft like this event on another day, with its place, partners, texts and settings.

    Nothing of its life comes along: no guests, no replies, no releases, a UID of its own. Call it
    with the host locked. Raises Invalid beside the field.
    """
    if wanted.slug in RESERVED or queries.slug_is_taken(wanted.slug):
        raise AddressTaken
    take = frozenset(wanted.take)
    shift = DayShift((wanted.day - source.starts_on).days, source.zone)
    target = Event(
        host=source.host,
        series=source.series,
        venue=source.venue if Taken.PLACE in take else None,
        uid=wanted.uid(source.uid),
        slug=wanted.slug,
        edition=wanted.edition,
        title_de=wanted.title_de,
        title_en=wanted.title_en,
        zone=source.zone,
        doors_at=shift.maybe(source.doors_at),
        starts_at=shift.moment(source.starts_at),
        ends_at=shift.moment(source.ends_at),
        capacity=source.target_capacity,
        **_settings(source, take, shift),
        **{name: getattr(source, name) for name in TEXTS if Taken.TEXTS in take},
    )
    check_order(starts_at=target.starts_at, ends_at=target.ends_at, doors_at=target.doors_at)
    db.session.add(target)
    if Taken.PARTNERS in take:
        target.partners = [_partner(each) for each in source.partners]
    db.session.flush()
    rooms = frozenset(room.id for room in queries.rooms_of(target))
    return Copying(source, target, take, shift, by, rooms)


def _settings(source: Event, take: frozenset[Taken], shift: DayShift) -> dict[str, object]:
    if Taken.SETTINGS not in take:
        return {}
    kept: dict[str, object] = {name: getattr(source, name) for name in SETTINGS}
    kept["reserved_places"] = min(source.reserved_places, source.target_capacity)
    deadlines = {name: shift.maybe(getattr(source, name)) for name in DEADLINES}
    return kept | deadlines | {"reply_by_on": shift.date(source.reply_by_on)}


def _partner(partner: Partner) -> Partner:
    return Partner(**{name: getattr(partner, name) for name in OF_A_PARTNER})
