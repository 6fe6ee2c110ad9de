"""What a file leaves open: ends that nobody says, and an event that it does not describe. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from eventapp.foundation.message import message, plural_message
from eventapp.foundation.text import clean
from eventapp.programme.exchange_entries import EventEntry, SessionEntry, VenueEntry
from eventapp.programme.exchange_fields import LINE
from eventapp.programme.foreign.kind_words import kind_in_title, kind_of
from eventapp.programme.foreign.raw import RawProgramme, RawSession, Target
from eventapp.programme.foreign.remarks import WHOLE_FILE, Notes, Topic
from eventapp.programme.kinds import SessionKind, usual_length


def with_ends(sessions: list[RawSession], notes: Notes) -> Iterator[RawSession]:
    """The sessions; where the file does not say until when, a guess is made and told."""
    starts: dict[str, list[datetime]] = {}
    for raw in sessions:
        if raw.starts_at:
            starts.setdefault(clean(raw.room), []).append(raw.starts_at)
    for each in starts.values():
        each.sort()
    for raw in sessions:
        if raw.starts_at is None or raw.ends_at is not None:
            yield raw
            continue
        length = usual_length(kind_of(raw.kind) or kind_in_title(raw.title) or SessionKind.LECTURE)
        later = (at for at in starts[clean(raw.room)] if at > raw.starts_at)
        length = min(length, next(later, raw.starts_at + length) - raw.starts_at)
        notes.tell(
            raw.entry,
            Topic.LENGTH,
            "",
            plural_message(
                "Nobody says how long; %(count)s minute is taken.",
                "Nobody says how long; %(count)s minutes are taken.",
                int(length.total_seconds()) // 60,
            ),
        )
        yield replace(raw, ends_at=raw.starts_at + length)


def tell_days(
    sessions: list[SessionEntry], raw: RawProgramme, target: Target, notes: Notes
) -> None:
    """Note sessions on days that are none of the event's; once, if it is all of them."""
    zone = ZoneInfo(target.zone)
    outside = []
    days = set()
    for entry, source in zip(sessions, raw.sessions, strict=True):
        day = (
            (entry.starts_at - timedelta(hours=6)).astimezone(zone).date()
            if entry.starts_at
            else None
        )
        if day is None:
            continue
        days.add(day)
        if not target.first_day <= day <= target.last_day:
            outside.append((source, day))
    if outside and len(outside) == len([each for each in sessions if each.starts_at]):
        notes.tell(
            WHOLE_FILE,
            Topic.DAYS,
            f"{min(days):%d.%m.%Y} – {max(days):%d.%m.%Y}",
            message("None of these days is one of the event's. The whole programme can be moved."),
        )
        return
    for source, day in outside:
        notes.tell(
            source.entry,
            Topic.DAYS,
            f"{day:%d.%m.%Y}",
            message("Not one of the event's days; taken over as it is."),
        )


def event_of(raw: RawProgramme, sessions: list[SessionEntry], target: Target) -> EventEntry:
    """The event as far as the file tells of it."""
    zone = ZoneInfo(target.zone)
    nothing = datetime(
        target.first_day.year, target.first_day.month, target.first_day.day, tzinfo=zone
    )
    starts_at = min((each.starts_at for each in sessions if each.starts_at), default=nothing)
    ends_at = max((each.ends_at for each in sessions if each.ends_at), default=nothing)
    return EventEntry(
        key="",
        title=clean(raw.title)[:LINE],
        subtitle="",
        edition=None,
        zone=target.zone,
        doors_at=None,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=0,
        waiting_list=True,
        registration_opens_at=None,
        reply_by_on=None,
        wishes_close_at=None,
        organiser="",
        host="",
        venue=VenueEntry("", "", "", "", "", ""),
        funding_notice="",
    )
