"""Venue, rooms, partners and texts of an event."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import ValidationError

from eventapp.events.actions import (
    NoticesChange,
    PartnerChange,
    RoomChange,
    TextsChange,
    VenueChange,
)
from eventapp.events.forms.fields import (
    POSTCODE_LENGTH,
    NumberField,
    SeenForm,
    plausible_postcode,
    web_address,
)
from eventapp.events.models import Venue
from eventapp.events.states import Direction, PartnerRole, Step
from eventapp.events.words import direction_label, partner_label, step_label
from eventapp.foundation.database import Model
from eventapp.foundation.forms import BaseForm, ChoiceField, LongTextField, TextField


class StepForm(BaseForm):
    """One step in the life of an event; what guests rely on wants a second yes."""

    step = ChoiceField(_l("Step"), Step, step_label)
    sure = BooleanField(_l("Yes, the event does not take place"))
    sure_of_date = BooleanField(_l("Yes, the date no longer applies"))

    def validate_sure(self, field: Field) -> None:
        """Calling off is for good."""
        if self.step.data == Step.CANCEL.value and not field.data:
            raise ValidationError(_("Please confirm that the event does not take place."))

    def validate_sure_of_date(self, field: Field) -> None:
        """Guests have noted the date, and stay at home that day."""
        if self.step.data == Step.POSTPONE.value and not field.data:
            raise ValidationError(_("Please confirm that the date no longer applies."))


class _SectionForm(SeenForm):
    """A form whose fields are named as the columns they change."""

    def __init__(self, row: Model | None, **more: Any) -> None:
        """Show the row as it is; empty for a row that does not exist yet."""
        super().__init__(obj=row, **more)

    def _change(self, kind: type[Any]) -> Any:
        return kind(**{field.name: self.keep(field.name) for field in fields(kind)})


class TextsForm(_SectionForm):
    """What the public page says about the event."""

    intro_de = LongTextField(
        _l("Introduction in German"),
        limit=5000,
        description=_l("Stands above the programme. A blank line begins a new paragraph."),
    )
    intro_en = LongTextField(_l("Introduction in English"), limit=5000)
    signed_by = TextField(
        _l("Who signs invitations and mails"),
        required=False,
        description=_l("For example: Holger Dachtenbrück, managing director"),
    )

    def change(self) -> TextsChange:
        """What the organiser wants the section to say."""
        change: TextsChange = self._change(TextsChange)
        return change


class NoticesForm(_SectionForm):
    """What the law and the funder want to be said."""

    funding_notice_de = TextField(_l("Funding notice in German"), required=False, limit=500)
    funding_notice_en = TextField(_l("Funding notice in English"), required=False, limit=500)
    funding_reference = TextField(
        _l("Grant number"),
        required=False,
        description=_l("Printed on the sign-in sheet, not public."),
    )
    photo_notice_de = TextField(_l("Photo notice in German"), required=False, limit=500)
    photo_notice_en = TextField(_l("Photo notice in English"), required=False, limit=500)

    def change(self) -> NoticesChange:
        """What the organiser wants the section to say."""
        change: NoticesChange = self._change(NoticesChange)
        return change


class VenueForm(_SectionForm):
    """Where a venue is and how people get there."""

    name = TextField(_l("Name of the venue"))
    street = TextField(_l("Street and number"), required=False)
    postcode = TextField(
        _l("Postcode"), required=False, limit=POSTCODE_LENGTH, validators=[plausible_postcode]
    )
    city = TextField(_l("Town"), required=False)
    transit_de = TextField(
        _l("By train and bus, in German"),
        required=False,
        limit=500,
        description=_l("For example: station, 9 minutes on foot"),
    )
    transit_en = TextField(_l("By train and bus, in English"), required=False, limit=500)
    parking_de = TextField(_l("By car, in German"), required=False, limit=500)
    parking_en = TextField(_l("By car, in English"), required=False, limit=500)
    access_de = TextField(_l("Accessibility, in German"), required=False, limit=500)
    access_en = TextField(_l("Accessibility, in English"), required=False, limit=500)

    def change(self) -> VenueChange:
        """What the organiser wants the venue to say."""
        change: VenueChange = self._change(VenueChange)
        return change


class VenueChoiceForm(BaseForm):
    """Another venue of the host organisation."""

    venue = SelectField(_l("A venue you know already"))

    def __init__(self, venues: Sequence[Venue], **more: Any) -> None:
        """Offer the host's venues."""
        super().__init__(**more)
        self.venue.choices = [
            (str(row.id), f"{row.name}, {row.city}".rstrip(", ")) for row in venues
        ]

    def venue_id(self) -> int | None:
        """The number of the chosen venue, None where there is none."""
        return int(self.venue.data) if str(self.venue.data).isdecimal() else None


class RoomForm(_SectionForm):
    """What a room offers."""

    name = TextField(_l("Name of the room"), limit=100)
    capacity = NumberField(_l("Seats"), least=1, most=20_000)
    step_free = BooleanField(_l("Reached without steps"))
    hearing_loop = BooleanField(_l("Hearing loop"))
    seating = TextField(_l("Seating"), required=False, limit=100)
    note = TextField(_l("Note for colleagues"), required=False)
    floor = TextField(
        _l("Floor"), required=False, limit=40, description=_l("For example: 1st floor, annex")
    )
    direction = ChoiceField(
        _l("Way from the foyer"),
        Direction,
        direction_label,
        default=Direction.UNKNOWN,
        description=_l("An arrow on the screen in the foyer."),
    )

    def change(self) -> RoomChange:
        """What the organiser wants the room to say."""
        texts = {field.name: self.keep(field.name) for field in fields(RoomChange)}
        return RoomChange(**texts | {"direction": self.direction.member()})


class PartnerForm(_SectionForm):
    """Who a partner is and what it does for the event."""

    name = TextField(_l("Name of the partner"))
    role = ChoiceField(_l("Part"), PartnerRole, partner_label, default=PartnerRole.COOPERATION)
    url = TextField(_l("Address on the web"), required=False, limit=500, validators=[web_address])

    def change(self) -> PartnerChange:
        """What the organiser wants to be said about the partner."""
        return PartnerChange(name=self.keep("name"), role=self.role.member(), url=self.keep("url"))
