"""Who gets a place, why somebody does not come, and what a request says."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms import SelectField as WtSelectField

from eventapp.contacts.states import FormOfAddress
from eventapp.contacts.words import form_label
from eventapp.events.forms.fields import DayField
from eventapp.events.models import Event
from eventapp.foundation.forms import (
    BaseForm,
    ChoiceField,
    EmailField,
    LongTextField,
    TextField,
)
from eventapp.programme.casting.actions import LONGEST_REASON, Stranger, Who
from eventapp.programme.casting.mails import RequestWords
from eventapp.programme.kinds import Role, role_label
from eventapp.programme.models import Contributor

NEW = "new"
USUAL_DAYS, LAST_DAYS = 14, 7
LONGEST_NOTE = 2000


class WhoForm(BaseForm):
    """Somebody who contributes to the event already, or somebody new."""

    person = WtSelectField(_l("Person"), validate_choice=False)
    form_of_address = ChoiceField(
        _l("Form of address"), FormOfAddress, form_label, default=FormOfAddress.NONE.value
    )
    title = TextField(_l("Academic title"), required=False, limit=60)
    first_name = TextField(_l("First name"), required=False, limit=100)
    last_name = TextField(_l("Last name"), required=False, limit=100)
    organisation_name = TextField(_l("Organisation"), required=False)
    email = EmailField(_l("E-mail address"), required=False)

    def __init__(self, people: Sequence[Contributor], **more: Any) -> None:
        """Offer these people, in this order."""
        super().__init__(**more)
        self.known = {str(one.id): one for one in people}
        named = [(number, _named(one)) for number, one in self.known.items()]
        self.person.choices = [
            ("", _("Please choose")),
            (NEW, _("Somebody who is not entered yet")),
            *named,
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: somebody is chosen, and whoever is new has a name."""
        good = bool(super().validate(extra_validators))
        if self.person.data not in {*self.known, NEW}:
            self.person.errors = [*self.person.errors, _("Please choose somebody.")]
            return False
        if self.person.data == NEW and not self.last_name.data:
            self.last_name.errors = [*self.last_name.errors, _("Please give the last name.")]
            return False
        return good

    def who(self) -> Who:
        """Whoever was chosen; only after `validate`."""
        if self.person.data != NEW:
            return int(self.person.data)
        return Stranger(
            form_of_address=self.form_of_address.member(),
            title=self.keep("title"),
            first_name=self.keep("first_name"),
            last_name=self.keep("last_name"),
            organisation_name=self.keep("organisation_name"),
            email=self.keep("email"),
        )


def _named(person: Contributor) -> str:
    return ", ".join(one for one in (person.full_name, person.organisation_name) if one)


class PlaceForm(WhoForm):
    """Somebody with what they are to do."""

    role = ChoiceField(_l("Role"), Role, role_label)


class RefusalForm(BaseForm):
    """Why somebody does not come."""

    reason = LongTextField(
        _l("Reason"),
        required=True,
        limit=LONGEST_REASON,
        description=_l("For your team only. The person can read it among their own data."),
    )


class RequestForm(BaseForm):
    """What a request says beside session and place; `seen` is who was to be asked."""

    seen = HiddenField()
    reply_by = DayField(_l("Answer until"))
    terms_de = LongTextField(
        _l("Travel and fee, in German"),
        required=True,
        limit=LONGEST_NOTE,
        description=_l(
            "For example: Ihre Reisekosten übernehmen wir, ein Honorar ist nicht vorgesehen."
        ),
    )
    terms_en = LongTextField(_l("Travel and fee, in English"), limit=LONGEST_NOTE)
    note_de = LongTextField(_l("A word of your own, in German"), limit=LONGEST_NOTE)
    note_en = LongTextField(_l("A word of your own, in English"), limit=LONGEST_NOTE)

    def __init__(self, event: Event, today: date, **more: Any) -> None:
        """Suggest two weeks, but no later than a week before the event."""
        latest = event.starts_on - timedelta(days=LAST_DAYS)
        usual = max(min(today + timedelta(days=USUAL_DAYS), latest), today)
        data = {"reply_by": usual} | more.pop("data", {})
        super().__init__(data=data, **more)
        self.today, self.event = today, event

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: there is time to answer, and the answer comes before the event."""
        if not super().validate(extra_validators):
            return False
        if not self.today <= self.reply_by.data <= self.event.starts_on:
            self.reply_by.errors = [_("Please give a day from today to the day of the event.")]
            return False
        return True

    def words(self) -> RequestWords:
        """What the mails are to say; as far as it is filled in."""
        return RequestWords(
            reply_by_on=self.reply_by.data or self.today,
            terms_de=self.terms_de.data or "",
            terms_en=self.terms_en.data or "",
            note_de=self.note_de.data or "",
            note_en=self.note_en.data or "",
        )
