"""Reading and checking what organisers enter about events."""

from eventapp.events.forms.details import (
    ConfirmForm,
    NoticesForm,
    PartnerForm,
    RoomForm,
    TextsForm,
    VenueChoiceForm,
    VenueForm,
)
from eventapp.events.forms.event import BasicsForm, DatesForm, NewEventForm

__all__ = [
    "BasicsForm",
    "ConfirmForm",
    "DatesForm",
    "NewEventForm",
    "NoticesForm",
    "PartnerForm",
    "RoomForm",
    "TextsForm",
    "VenueChoiceForm",
    "VenueForm",
]
