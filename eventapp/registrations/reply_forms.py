"""Forms for what came by phone or mail and is noted by staff: each answer has its own button."""

from functools import lru_cache
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import AnyOf

from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm, EmailField, TextField
from eventapp.invitations.requests import SubstituteRequest
from eventapp.registrations.forms import Answer
from eventapp.registrations.party_forms import STAFF_WORDS, companion_fields, companions_in
from eventapp.registrations.requests import CompanionName, Mailing

INSTEAD = "instead_"
OFF = {"autocomplete": "off"}
NOTE_HINT = _l("For instance: by phone, Ms Öhm in the front office.")


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


class AgainForm(BaseForm):
    """A mail once more; to whoever wants none only with a second yes."""

    despite = BooleanField(_l("The guest has asked for this mail"))


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
