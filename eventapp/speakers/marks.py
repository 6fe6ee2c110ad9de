"""By which a form tells that what it showed still stands; and what stands there, in words."""

from eventapp.foundation.i18n import format_moment
from eventapp.foundation.message import message
from eventapp.foundation.tokens import seal
from eventapp.programme.models import Contributor
from eventapp.speakers.models import SpeakerSheet


def mark_of_texts(*texts: str) -> str:
    """Says nothing about what the texts are."""
    return seal("texts " + "\0".join(texts))


def mark_of_travel(sheet: SpeakerSheet | None) -> str:
    """Of how somebody comes; without a sheet, of nothing said."""
    if sheet is None:
        return mark_of_texts("", "", "", "")
    return mark_of_texts(
        sheet.arrival, _ticked(sheet.parking), _ticked(sheet.hotel), sheet.hotel_note
    )


def mark_of_times(person: Contributor) -> str:
    """Of when somebody is there; moments are compared, not how they are written."""
    moments = (person.available_from, person.available_until)
    stamps = [str(one.timestamp()) if one else "" for one in moments]
    return mark_of_texts(*stamps, _ticked(person.availability_fixed))


def _ticked(said: object) -> str:
    return "yes" if said else ""


def travel_in_words(sheet: SpeakerSheet) -> str:
    """What the sheet says of the way, in the reader's language."""
    said = (
        sheet.arrival,
        message("Parking space") if sheet.parking else "",
        message("Room for the night") if sheet.hotel else "",
        sheet.hotel_note,
    )
    return ", ".join(str(one) for one in said if one)


def times_in_words(person: Contributor) -> str:
    """When the person is there, in the reader's language and the event's time."""
    named = (
        (message("There from"), person.available_from),
        (message("There until"), person.available_until),
    )
    said = [f"{name}: {format_moment(at, person.event.zone)}" for name, at in named if at]
    if person.availability_fixed:
        said.append(str(message("These times are fixed")))
    return ", ".join(said)
