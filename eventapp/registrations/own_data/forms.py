"""Reading what guests mend on their own page: how they are called, and where mail reaches them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from eventapp.contacts.states import Sector
from eventapp.contacts.words import sector_label
from eventapp.foundation.forms import BaseForm, EmailField, Filled, TextField
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data.requests import DetailsRequest
from eventapp.registrations.person_forms import NAME_LENGTH, TOWN_PURPOSE, PersonForm

CODE_LENGTH = 20


class DetailsForm(PersonForm):
    """Everything about a guest as it is right from now on; a new address needs a proof."""

    email = None  # type: ignore[assignment]  # how WTForms leaves a field out
    city = TextField(
        _l("Town"),
        required=False,
        limit=NAME_LENGTH,
        description=TOWN_PURPOSE,
        render_kw={"autocomplete": "address-level2"},
    )
    seen = HiddenField()

    def __init__(self, registration: Registration, **more: Any) -> None:
        """Filled in with what is stored; an unknown sector is offered only to who has it."""
        stored = {
            "organisation": registration.organisation_name,
            "seen": str(registration.version),
        }
        super().__init__(obj=registration, data=stored, **more)
        offered = [one for one in Sector if one in {registration.sector, *_KNOWN}]
        self.sector.choices = [SelectChoice(one.value, sector_label(one)) for one in offered]
        if not self.is_submitted():
            self.sector.data = registration.sector.value

    def request(self) -> DetailsRequest:
        """What is right from now on; only after `validate`."""
        return DetailsRequest(
            form_of_address=self.form_of_address.member(),
            title=self.keep("title"),
            first_name=self.keep("first_name"),
            last_name=self.keep("last_name"),
            organisation_name=self.keep("organisation"),
            position=self.keep("position"),
            phone=self.keep("phone"),
            sector=Sector(self.keep("sector")),
            city=self.keep("city"),
            postcode=self.keep("postcode"),
        )

    def seen_version(self) -> int:
        """Which version of the registration the person saw; 0 for nonsense."""
        seen = str(self.seen.data or "")
        return int(seen) if seen.isdecimal() and len(seen) < CODE_LENGTH else 0


class GuestDetailsForm(DetailsForm):
    """The same, filled in by staff: browsers do not offer their own name for it."""

    def __init__(self, registration: Registration, **more: Any) -> None:
        """As for the guest."""
        super().__init__(registration, **more)
        for one in self:
            one.render_kw = {**(one.render_kw or {}), "autocomplete": "off"}
            one.description = ""  # speaks to the guest


_KNOWN = frozenset(Sector) - {Sector.UNKNOWN}


class AddressForm(BaseForm):
    """A new address; a code goes there."""

    email = EmailField(
        _l("New e-mail address"), render_kw={"autocomplete": "email", "type": "email"}
    )


class CodeForm(BaseForm):
    """The code that came by mail to the new address."""

    code = StringField(
        _l("Code from the mail"),
        validators=[Filled(), Length(max=CODE_LENGTH)],
        description=_l("Six digits. It works for an hour."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
