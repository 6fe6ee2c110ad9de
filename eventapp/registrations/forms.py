"""Reading and checking what guests and organisers send about registrations."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, ValidationError

from eventapp.foundation import clock
from eventapp.foundation.forms import BaseForm, EmailField, Filled, TextField
from eventapp.foundation.http import row_number
from eventapp.invitations.requests import SubstituteRequest


class Answer(StrEnum):
    """The three big choices of the answer page."""

    YES = "yes"
    NO = "no"
    SUBSTITUTE = "substitute"


class AnswerForm(BaseForm):
    """Which of the three buttons was pressed."""

    answer = StringField(validators=[AnyOf([*Answer], _l("Please choose one of the options."))])

    def choice(self) -> Answer:
        """The answer given."""
        return Answer(self.keep("answer"))


class SubstituteForm(BaseForm):
    """Who comes instead: a name and an address are enough."""

    first_name = TextField(_l("First name"), render_kw={"autocomplete": "off"})
    last_name = TextField(_l("Last name"), render_kw={"autocomplete": "off"})
    email = EmailField(_l("E-mail address"), render_kw={"autocomplete": "off", "type": "email"})

    def request(self) -> SubstituteRequest:
        """The person as named."""
        return SubstituteRequest(
            first_name=self.keep("first_name"),
            last_name=self.keep("last_name"),
            email=self.keep("email"),
        )


class LostLinkForm(BaseForm):
    """The address to which the invitation went."""

    email = EmailField(_l("E-mail address"), render_kw={"autocomplete": "email", "type": "email"})


class Reach(StrEnum):
    """How far an objection goes."""

    ALL = "all"
    EVENT = "event"


class ObjectionForm(BaseForm):
    """Whoever wants no more mails says of which kind; without our token, see the view."""

    class Meta(BaseForm.Meta):
        """Mail programs and browsers without cookies can send it."""

        csrf = False

    reach = RadioField(
        _l("What shall we stop?"),
        choices=[
            SelectChoice(Reach.ALL.value, _l("All invitations, for good")),
            SelectChoice(Reach.EVENT.value, _l("Only the mails about this event")),
        ],
        default=Reach.ALL.value,
        validate_choice=True,
    )

    def reach_chosen(self) -> Reach:
        """How far the objection goes."""
        return Reach(self.keep("reach"))


class AddressForm(BaseForm):
    """The right address of somebody whose mail came back."""

    email = EmailField(_l("Right e-mail address"), render_kw={"autocomplete": "off"})


class ReasonForm(BaseForm):
    """Why staff does something for a guest; kept in the trail of changes."""

    reason = TextField(_l("Reason"), required=False)


class FillForm(BaseForm):
    """Why a place is given by hand; nobody passes over the waiting list without a word."""

    reason = TextField(
        _l("Reason"),
        description=_l("Stays in the history; for instance: speaks at the opening."),
        id="fill-reason",  # the page asks for a reason to cancel as well
    )
    more = HiddenField()

    def raise_by(self) -> int:
        """How many places more there shall be, as the page named it; 0 where enough are free."""
        text = str(self.keep("more") or "")
        return int(text) if text.isdecimal() and text.isascii() and len(text) < 3 else 0


class RejectForm(BaseForm):
    """Why somebody who registered is not let in; they read it in the mail."""

    reason = TextField(
        _l("Reason"),
        required=False,
        limit=500,
        description=_l("The guest reads it in the mail."),
    )


class BulkForm(ReasonForm):
    """The same for several people; `seen` is when the page was made that named them."""

    seen = HiddenField()

    def seen_at(self) -> datetime:
        """When the page was made; now where it does not say."""
        return moment_from(self.keep("seen")) or clock.now()


def moment_from(text: str | None) -> datetime | None:
    """A moment with its zone, as an address or a form carries it; None for anything else."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


class PairForm(BaseForm):
    """Two that look like one person: two registrations, or one and an invitation."""

    one = HiddenField(validators=[Filled()])
    other = HiddenField()
    invitation = HiddenField()
    keep = HiddenField()

    def validate_other(self, field: HiddenField) -> None:
        """Exactly one of the two others, and a choice that is one of the pair."""
        if bool(field.data) == bool(self.invitation.data):
            raise ValidationError(_l("Please choose one of the options."))
        if self.keep.data and self.keep.data not in {self.one.data, field.data}:
            raise ValidationError(_l("Please choose one of the options."))

    def kept(self) -> int:
        """Which registration stays: the first, unless the other was chosen."""
        return self.number_of("keep" if self.keep.data else "one")

    def merged(self) -> int:
        """Which one ends."""
        pair = {self.number_of("one"), self.number_of("other")} - {self.kept()}
        return pair.pop() if pair else self.kept()

    def number_of(self, name: str) -> int:
        """The id in one of the fields; 0, which nothing has, for anything that is none."""
        try:
            return row_number(self[name].data or "")
        except ValueError:
            return 0
