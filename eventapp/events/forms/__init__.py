"""Reading and checking what organisers enter about events."""

from eventapp.events.forms.basics import BasicsForm
from eventapp.events.forms.details import (
    NoticesForm,
    PartnerForm,
    RoomForm,
    StepForm,
    TextsForm,
    VenueChoiceForm,
    VenueForm,
)
from eventapp.events.forms.differences import Difference, differences
from eventapp.events.forms.event import DatesForm, NewEventForm
from eventapp.events.forms.fields import zone_suggestions

__all__ = [
    "BasicsForm",
    "DatesForm",
    "Difference",
    "NewEventForm",
    "NoticesForm",
    "PartnerForm",
    "RoomForm",
    "StepForm",
    "TextsForm",
    "VenueChoiceForm",
    "VenueForm",
    "differences",
    "zone_suggestions",
]
