"""Events as schema.org describes them, for search engines: what the page says, nothing more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.desk.programme.arranging import all_sessions, people_in
from eventapp.events.models import Event
from eventapp.events.states import EventState, PartnerRole
from eventapp.foundation.i18n import current_locale, localised
from eventapp.foundation.message import message
from eventapp.programme.public import PublicPerson, PublicProgramme, PublicSession

SCHEMA = "https://schema.org"
_STATUS = {
    EventState.CANCELLED: f"{SCHEMA}/EventCancelled",
    EventState.POSTPONED: f"{SCHEMA}/EventPostponed",
}
SCHEDULED = f"{SCHEMA}/EventScheduled"
ON_SITE = f"{SCHEMA}/OfflineEventAttendanceMode"

Node = dict[str, Any]


class Describer:
    """Describes one event and its sessions; `people` gives the addresses of the people's pages."""

    def __init__(self, event: Event, people: Mapping[int, str], base_url: str) -> None:
        """Keep what every description needs."""
        self.event = event
        self.people = people
        self.page = f"{base_url}/e/{event.slug}/"
        self.zone = ZoneInfo(event.zone)

    def whole(self, programme: PublicProgramme) -> Node:
        """The event with all its sessions, those that do not take place as cancelled."""
        off = {session.id for session in programme.cancelled}
        sessions = [
            self._session(session, cancelled=session.id in off)
            for session in all_sessions(programme)
            if not session.calm
        ]
        return {"@context": SCHEMA, **self._event(), **_filled(subEvent=sessions)}

    def one(self, session: PublicSession, *, cancelled: bool) -> Node:
        """One session, as part of its event."""
        whole = {"superEvent": self._event()}
        return {"@context": SCHEMA, **self._session(session, cancelled=cancelled), **whole}

    def _event(self) -> Node:
        event = self.event
        return {
            "@type": "Event",
            "@id": self.page,
            "url": self.page,
            "name": localised(event, "title"),
            "startDate": self._moment(event.starts_at),
            "endDate": self._moment(event.ends_at),
            "eventStatus": _STATUS.get(event.state, SCHEDULED),
            "eventAttendanceMode": ON_SITE,
            "inLanguage": current_locale(),
            "location": self._place(""),
            "organizer": _named("Organization", self._organiser()),
            "maximumAttendeeCapacity": event.capacity,
            **_filled(
                doorTime=self._moment(event.doors_at) if event.doors_at else "",
                description=localised(event, "subtitle") or localised(event, "intro"),
            ),
        }

    def _session(self, session: PublicSession, *, cancelled: bool) -> Node:
        off = cancelled or self.event.state is EventState.CANCELLED
        status = _STATUS.get(EventState.CANCELLED if off else self.event.state, SCHEDULED)
        url = f"{self.page}sessions/{session.uid}"
        return {
            "@type": "Event",
            "@id": url,
            "url": url,
            "name": session.title,
            "startDate": self._moment(session.starts_at),
            "endDate": self._moment(session.ends_at),
            "eventStatus": status,
            "eventAttendanceMode": ON_SITE,
            "inLanguage": session.language,
            "location": self._place(session.room.name if session.room else ""),
            **_filled(
                description=session.teaser,
                performer=self._performers(session),
                maximumAttendeeCapacity=session.capacity,
            ),
        }

    def _performers(self, session: PublicSession) -> list[Node]:
        once = {person.id: person for person in people_in(session)}
        return [self._person(person) for person in once.values()]

    def _person(self, person: PublicPerson) -> Node:
        speaker_id = self.people.get(person.id, "")
        works_for = _named("Organization", person.organisation) if person.organisation else {}
        return {
            **_named("Person", person.name),
            **_filled(
                jobTitle=person.position,
                affiliation=works_for,
                url=f"{self.page}people/{speaker_id}" if speaker_id else "",
            ),
        }

    def _place(self, room: str) -> Node:
        venue = self.event.venue
        if venue is None:
            return _named("Place", room or str(message("To be announced")))
        address = _filled(
            streetAddress=venue.street, postalCode=venue.postcode, addressLocality=venue.city
        )
        name = f"{room}, {venue.name}" if room else venue.name
        place = _named("Place", name)
        return place | {"address": {"@type": "PostalAddress", **address}} if address else place

    def _organiser(self) -> str:
        named: Sequence[str] = [
            partner.name for partner in self.event.partners if partner.role is PartnerRole.ORGANISER
        ]
        return named[0] if named else self.event.host.name

    def _moment(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).isoformat()


def _named(kind: str, name: str) -> Node:
    return {"@type": kind, "name": name}


def _filled(**values: Any) -> Node:
    return {name: value for name, value in values.items() if value}
