"""Forms for what came by phone or mail and is noted by staff: each answer has its own button."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import AnyOf, ValidationError

from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm, EmailField, TextField
from eventapp.foundation.outbox import is_one_address
from eventapp.foundation.text import normalised_email
from eventapp.invitations.requests import SubstituteRequest
from eventapp.registrations.forms import Answer
from eventapp.registrations.party_forms import STAFF_WORDS, companion_fields, companions_in
from eventapp.registrations.requests import CompanionName, Mailing

INSTEAD = "instead_"
OFF = {"autocomplete": "off"}
NOTE_HINT = _l(
    "For instance: by phone, Ms Öhm in the front office. The history shows it, so please write "
    "nothing about diet or health here: that belongs on the guest’s page, where few can see it."
)


def _tick() -> BooleanField:
    return BooleanField(_l("Mail a confirmation to the guest"), default=True)


class ReplyForm(BaseForm):
    """Comes or does not come, and who told us how; `reply_form` adds who comes along."""

    allowed = 0

    answer = StringField(
        _l("Answer"),
        validators=[AnyOf([Answer.YES, Answer.NO], _l("Please choose one of the options."))],
    )
    note = TextField(_l("Note"), required=False, description=NOTE_HINT)
    tell = _tick()

    def choice(self) -> Answer:
        """The answer given."""
        return Answer(self.keep("answer"))

    def names_company(self) -> bool:
        """Whether anything was entered about who comes along, right or wrong."""
        count = self["company"].data if self.allowed else None
        return count not in {None, "", "0"} or any(
            one.data for one in self if one.name.startswith("companion_")
        )

    def companions(self) -> tuple[CompanionName, ...]:
        """Who comes along; only after `validate`."""
        return companions_in(self, self.allowed)

    def mailing(self) -> Mailing:
        """Whether the guest gets the mail that an own answer would bring."""
        return Mailing.SENT if self.keep("tell") else Mailing.NONE


@lru_cache
def reply_form(allowed: int) -> type[ReplyForm]:
    """The form about a guest who may bring so many."""
    fields = {"allowed": allowed, **companion_fields(allowed, least=0, words=STAFF_WORDS)}
    return cast("type[ReplyForm]", type(f"ReplyForm{allowed}", (ReplyForm,), fields))


class InsteadForm(BaseForm):
    """Who comes instead of a guest who called; the names differ from those of the page's others."""

    instead_first_name = TextField(_l("First name"), render_kw=OFF)
    instead_last_name = TextField(_l("Last name"), render_kw=OFF)
    instead_email = EmailField(_l("E-mail address"), render_kw=OFF | {"type": "email"})
    instead_note = TextField(_l("Note"), required=False, description=NOTE_HINT)
    instead_tell = _tick()

    def request(self) -> SubstituteRequest:
        """The person as named."""
        names = ("first_name", "last_name", "email")
        return SubstituteRequest(**{name: self.keep(INSTEAD + name) for name in names})

    def mailing(self) -> Mailing:
        """Whether the guest is told by mail that the substitute is invited."""
        return Mailing.SENT if self.keep("instead_tell") else Mailing.NONE

    def refuse(self, problem: Invalid) -> None:
        """What the action calls by its own names."""
        super().refuse(Invalid(INSTEAD + problem.field, problem.text))


def _asked_for(form: Any, field: BooleanField) -> None:
    if form.no_mail and not field.data:
        raise ValidationError(_l("Please tick that the guest has asked for it."))


def _despite() -> BooleanField:
    return BooleanField(_l("The guest has asked for this mail"), validators=[_asked_for])


class _AskingForm(BaseForm):
    """To whoever wants no mails (`no_mail` says so) only with a second yes."""

    def __init__(self, no_mail: str = "", **more: Any) -> None:
        """`no_mail` is what they have objected to, in words, or nothing."""
        self.no_mail = no_mail
        super().__init__(**more)


class AgainForm(_AskingForm):
    """A mail once more."""

    despite = _despite()


class RenewForm(_AskingForm):
    """A new link; the name of the tick differs from that of the page's other form."""

    renew_despite = _despite()


class GuestAddressForm(_AskingForm):
    """The right address of a guest; whether its owner wants no mails shows once it is typed."""

    despite = _despite()
    email = EmailField(_l("Right e-mail address"), render_kw=OFF)

    def __init__(self, objection: Callable[[str], str], **more: Any) -> None:
        """`objection` says in words what the owner of an address has objected to."""
        super().__init__(**more)
        typed = normalised_email(self.email.data or "")
        self.no_mail = objection(typed) if is_one_address(typed) else ""


class CancelForm(BaseForm):
    """Why staff cancels for a guest, and whether the guest is told by mail."""

    reason = TextField(_l("Reason"), required=False)
    cancel_tell = _tick()

    def mailing(self) -> Mailing:
        """Whether the guest gets the mail that an own cancellation would bring."""
        return Mailing.SENT if self.keep("cancel_tell") else Mailing.NONE


def ticked(no_mail: str) -> dict[str, Any]:
    """What the ticks of a fresh form start with: off for whoever wants no mails."""
    return dict.fromkeys(("tell", "instead_tell", "cancel_tell"), not no_mail)


def mailing_forms(
    no_mail: str, sent: AgainForm | RenewForm | InsteadForm | None
) -> dict[str, BaseForm]:
    """The forms about one guest that may mail; fresh ones but for the one that was sent."""
    fresh = ticked(no_mail)
    return {
        "again": sent if isinstance(sent, AgainForm) else AgainForm(formdata=None),
        "renew": sent if isinstance(sent, RenewForm) else RenewForm(formdata=None),
        "cancel_form": CancelForm(formdata=None, data=fresh),
        "instead": (
            sent if isinstance(sent, InsteadForm) else InsteadForm(formdata=None, data=fresh)
        ),
    }
