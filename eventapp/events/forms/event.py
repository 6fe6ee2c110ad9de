"""Creating an event, and the section of its settings that says when it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField

from eventapp.events.actions import DatesChange, NewEvent, VenueChange
from eventapp.events.forms.fields import (
    POSTCODE_LENGTH,
    DatedForm,
    DayField,
    NumberField,
    SeenForm,
    ZoneField,
    moment_of,
    plausible_postcode,
)
from eventapp.events.forms.series import (
    NEW,
    NONE,
    new_series_name,
    number_of,
    series_choices,
)
from eventapp.events.models import Event, Series, Venue
from eventapp.foundation.forms import TextField, TimeField

DEFAULT_ZONE = "Europe/Berlin"


class NewEventForm(DatedForm):
    """The few things without which there is no event."""

    title_de = TextField(_l("Title in German"))
    title_en = TextField(_l("Title in English"), required=False)
    series = SelectField(_l("Series"))
    new_series = TextField(_l("Name of the new series"), required=False)
    edition = NumberField(_l("Edition"), required=False, least=1, most=999)
    day = DayField(_l("Day"))
    starts = TimeField(_l("Begins at"))
    ends = TimeField(_l("Ends at"))
    last_day = DayField(_l("Last day, if it is another one"), required=False)
    capacity = NumberField(_l("Places"), least=1, description=_l("Nobody is promised more."))
    venue = SelectField(_l("Venue"))
    venue_name = TextField(_l("Name of the venue"), required=False)
    street = TextField(_l("Street and number"), required=False)
    postcode = TextField(_l("Postcode"), required=False, limit=POSTCODE_LENGTH)
    city = TextField(_l("Town"), required=False)

    def __init__(self, series: Sequence[Series], venues: Sequence[Venue], **more: Any) -> None:
        """Offer what the host organisation has already."""
        super().__init__(**more)
        self.series.choices = series_choices(series)
        self.venue.choices = [
            *((str(venue.id), f"{venue.name}, {venue.city}".rstrip(", ")) for venue in venues),
            (NEW, _("A new venue")),
            (NONE, _("Not known yet")),
        ]
        for asked_for_what_is_new in (self.new_series, self.venue_name):
            asked_for_what_is_new.flags.optional = False
        if not self.is_submitted():
            self.venue.data = str(venues[0].id) if venues else NONE
        self.starts_at: datetime | None = None
        self.ends_at: datetime | None = None

    def validate_postcode(self, field: Field) -> None:
        """Only a new venue has one that counts."""
        if self.venue.data == NEW:
            plausible_postcode(self, field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: the wall clock shows these times, and a new venue has a name."""
        fine = bool(super().validate(extra_validators))
        if self._describes_venue() and not self.venue_name.data:
            self.venue_name.errors = [_("Please say what the venue is called.")]
            fine = False
        if self.series.data == NEW and not self.new_series.data:
            self.new_series.errors = [_("Please say what the series is called.")]
            fine = False
        self.starts_at = moment_of(self.starts, self.day.data, self.starts.data, DEFAULT_ZONE)
        self.ends_at = moment_of(
            self.ends, self.last_day.data or self.day.data, self.ends.data, DEFAULT_ZONE
        )
        fine = fine and self.starts_at is not None and self.ends_at is not None
        return self.accepts(self.starts_at) and fine

    def request(self) -> NewEvent:
        """What the organiser wants; only after `validate`."""
        if self.starts_at is None or self.ends_at is None:
            raise ValueError("the form has not been validated")
        return NewEvent(
            title_de=self.keep("title_de"),
            title_en=self.keep("title_en"),
            series_id=number_of(self.series.data),
            new_series=new_series_name(self),
            edition=self.edition.data,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            zone=DEFAULT_ZONE,
            capacity=self.keep("capacity"),
            venue_id=number_of(self.venue.data),
            new_venue=self._new_venue(),
        )

    def _describes_venue(self) -> bool:
        """Whether anything is said of a new venue; one without a word is not known yet."""
        said = (self.venue_name, self.street, self.postcode, self.city)
        return self.venue.data == NEW and any(field.data for field in said)

    def _new_venue(self) -> VenueChange | None:
        if not self._describes_venue():
            return None
        return VenueChange(
            name=self.keep("venue_name"),
            street=self.keep("street"),
            postcode=self.keep("postcode"),
            city=self.keep("city"),
            transit_de="",
            transit_en="",
            parking_de="",
            parking_en="",
            access_de="",
            access_en="",
        )


class DatesForm(DatedForm, SeenForm):
    """When the event is, and until when people may answer; all on the wall clock of the place."""

    day = DayField(
        _l("Day"), description=_l("On another day the programme keeps its times and moves along.")
    )
    doors = TimeField(_l("Admission from"), required=False)
    starts = TimeField(_l("Begins at"))
    ends = TimeField(_l("Ends at"))
    last_day = DayField(_l("Last day, if it is another one"), required=False)
    zone = ZoneField(_l("Time zone"), description=_l("All times on this page are meant there."))
    opens_on = DayField(_l("Registration opens on"), required=False)
    opens_at = TimeField(_l("at"), required=False)
    reply_by = DayField(
        _l("Answer until"),
        required=False,
        description=_l("The whole day counts. Cancelling stays possible."),
    )
    wishes_on = DayField(_l("Wishes for talk rounds until"), required=False)
    wishes_at = TimeField(_l("at"), required=False)
    room_change = NumberField(
        _l("Minutes to change rooms"),
        most=120,
        description=_l("The programme warns when somebody has less between two sessions."),
    )

    def __init__(self, event: Event, **more: Any) -> None:
        """Show the event as it is."""
        super().__init__(data=_shown_dates(event), **more)
        self.event = event
        self.moments: dict[str, datetime | None] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: the wall clock of the zone shows these times."""
        if not super().validate(extra_validators):
            return False
        day, last_day, zone = self.day.data, self.last_day.data or self.day.data, self.zone.data
        opens_at = self.opens_at.data or datetime.min.time()
        wishes_at = self.wishes_at.data or datetime.max.time().replace(second=0, microsecond=0)
        self.moments = {
            "starts_at": moment_of(self.starts, day, self.starts.data, zone),
            "ends_at": moment_of(self.ends, last_day, self.ends.data, zone),
            "doors_at": moment_of(self.doors, day, self.doors.data, zone),
            "registration_opens_at": moment_of(self.opens_at, self.opens_on.data, opens_at, zone),
            "wishes_close_at": moment_of(self.wishes_at, self.wishes_on.data, wishes_at, zone),
        }
        if self.moments["starts_at"] != self.event.starts_at:
            self.accepts(self.moments["starts_at"])
        return not any(field.errors for field in self)

    def change(self) -> DatesChange:
        """What the organiser wants the section to say; only after `validate`."""
        moments: dict[str, Any] = self.moments
        return DatesChange(
            zone=self.keep("zone"),
            reply_by_on=self.reply_by.data,
            min_room_change_minutes=self.keep("room_change"),
            **moments,
        )


def _shown_dates(event: Event) -> dict[str, object]:
    zone = ZoneInfo(event.zone)
    shown: dict[str, object] = {
        "zone": event.zone,
        "reply_by": event.reply_by_on,
        "room_change": event.min_room_change_minutes,
    }
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    shown |= {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    if ends.date() != starts.date():
        shown["last_day"] = ends.date()
    if event.doors_at:
        shown["doors"] = event.doors_at.astimezone(zone).time()
    for name, moment in (("opens", event.registration_opens_at), ("wishes", event.wishes_close_at)):
        if moment:
            local = moment.astimezone(zone)
            shown |= {f"{name}_on": local.date(), f"{name}_at": local.time()}
    return shown
