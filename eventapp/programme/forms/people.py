"""One contributor, and the steps of a promise."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField

from eventapp.contacts.states import FormOfAddress
from eventapp.contacts.words import form_label
from eventapp.events.forms.fields import DayField, moment_of
from eventapp.events.models import Event
from eventapp.foundation.forms import (
    BaseForm,
    ChoiceField,
    EmailField,
    LongTextField,
    TextField,
    TimeField,
)
from eventapp.programme.actions import ContributorChange
from eventapp.programme.forms.base import EntryForm
from eventapp.programme.models import Contributor
from eventapp.programme.states import ContributorState
from eventapp.programme.words import contributor_state_label

PERSON = (
    "title",
    "first_name",
    "last_name",
    "name_suffix",
    "position",
    "organisation_name",
    "email",
    "phone",
    "locale",
    "biography_de",
    "biography_en",
    "availability_fixed",
)


class ContributorForm(EntryForm):
    """A person as the programme names them, and when they can be there."""

    form_of_address = ChoiceField(
        _l("Form of address"), FormOfAddress, form_label, default=FormOfAddress.NONE
    )
    title = TextField(_l("Academic title"), required=False, limit=60)
    first_name = TextField(_l("First name"), required=False, limit=100)
    last_name = TextField(_l("Last name"), limit=100)
    name_suffix = TextField(
        _l("After the name"), required=False, limit=60, description=_l("For example MdL or a. D.")
    )
    position = TextField(_l("Position"), required=False)
    organisation_name = TextField(_l("Organisation"), required=False)
    email = EmailField(_l("E-mail address"), required=False)
    phone = TextField(_l("Telephone"), required=False, limit=60)
    locale = SelectField(
        _l("Language of mails and papers"),
        choices=[SelectChoice("de", _l("German")), SelectChoice("en", _l("English"))],
        default="de",
    )
    day = DayField(_l("Day"), required=False)
    available_from = TimeField(_l("There from"), required=False)
    until = TimeField(_l("There until"), required=False)
    availability_fixed = BooleanField(_l("These times are fixed: nothing may be planned outside"))
    biography_de = LongTextField(_l("About the person, in German"), limit=2000)
    biography_en = LongTextField(_l("About the person, in English"), limit=2000)

    def __init__(self, event: Event, contributor: Contributor | None, **more: Any) -> None:
        """Show a contributor as stored, or an empty form."""
        self.event = event
        self.person_key = contributor.key if contributor else ""
        super().__init__(data=_shown(event, contributor), **more)
        self.from_at: datetime | None = None
        self.until_at: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: the times exist on the event's wall clock."""
        if not super().validate(extra_validators):
            return False
        day, zone = self.day.data or self.event.starts_on, self.event.zone
        self.from_at = moment_of(self.available_from, day, self.available_from.data, zone)
        self.until_at = moment_of(self.until, day, self.until.data, zone)
        return not any(field.errors for field in self)

    def change(self) -> ContributorChange:
        """What the organiser wants to be known of the person; only after `validate`."""
        return ContributorChange(
            key=self.person_key,
            form_of_address=self.form_of_address.member(),
            available_from=self.from_at,
            available_until=self.until_at,
            **{name: self.keep(name) for name in PERSON},
        )


class StateForm(BaseForm):
    """The next step of a promise."""

    state = ChoiceField(_l("State"), ContributorState, contributor_state_label)


def _shown(event: Event, contributor: Contributor | None) -> dict[str, object]:
    if contributor is None:
        return {"day": event.starts_on}
    shown: dict[str, object] = {name: getattr(contributor, name) for name in PERSON}
    shown |= {"form_of_address": contributor.form_of_address.value, "day": event.starts_on}
    zone = ZoneInfo(event.zone)
    for name, moment in (
        ("until", contributor.available_until),
        ("available_from", contributor.available_from),
    ):
        if moment is not None:
            local = moment.astimezone(zone)
            shown |= {name: local.time(), "day": local.date()}
    return shown
