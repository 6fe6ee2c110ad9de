"""Reading what people say voluntarily: consents, none ticked in advance, and needs with theirs."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField
from wtforms.validators import StopValidation

from eventapp.consents.requests import NeedsRequest, Told
from eventapp.consents.states import TICKED, ConsentKind
from eventapp.consents.words import CONSENT_WORDS
from eventapp.foundation.forms import BaseForm, TextField

DIET_LENGTH = 200
ACCESS_LENGTH = 500
OFF = {"autocomplete": "off"}


class AgreedTo:
    """Whoever says something about diet or support also consents to its use, or says nothing."""

    def __init__(self, *fields: str, otherwise: object = None) -> None:
        """The fields that need this tick, and what to say without it."""
        self.fields, self.otherwise = fields, otherwise

    def __call__(self, form: Form, field: Any) -> None:
        """Refuse words without the tick, and say which ways there are."""
        if not field.data and any(form[name].data for name in self.fields):
            raise StopValidation(
                str(self.otherwise or "")
                or _(
                    "Please agree, so that we may use it. Or leave both fields empty and call us"
                    " instead."
                )
            )


def _diet() -> TextField:
    return TextField(
        _l("What do you eat, and what not?"),
        required=False,
        limit=DIET_LENGTH,
        description=_l("For example vegetarian, or no nuts. The kitchen gets numbers, no names."),
        render_kw={**OFF, "list": "diets"},
    )


def _access() -> TextField:
    return TextField(
        _l("What support do you need?"),
        required=False,
        limit=ACCESS_LENGTH,
        description=_l("For example a place for a wheelchair, a hearing loop, sign language."),
        render_kw=dict(OFF),
    )


def _agreed() -> BooleanField:
    return BooleanField(
        _l("I agree that you use this"), validators=[AgreedTo("diet", "access")], default=False
    )


class NeedsForm(BaseForm):
    """Diet and support on the personal page."""

    diet = _diet()
    access = _access()
    agreed = _agreed()

    def request(self) -> NeedsRequest:
        """What was said; only after `validate`."""
        return NeedsRequest(diet=self.keep("diet"), access=self.keep("access"))


class NeedsByPhoneForm(BaseForm):
    """Diet and support that a guest told staff, with the consent that was asked for by phone."""

    diet = _diet()
    access = _access()
    agreed = BooleanField(
        _l("These words were read out, and the guest has agreed"),
        validators=[
            AgreedTo(
                "diet",
                "access",
                otherwise=_l("Without the guest’s consent nothing of it may be kept."),
            )
        ],
        default=False,
    )
    seen = HiddenField()

    def request(self) -> NeedsRequest:
        """What was said; only after `validate`."""
        return NeedsRequest(diet=self.keep("diet"), access=self.keep("access"))

    def seen_mark(self) -> str:
        """The mark of what stood there when the page was opened; none was sent, none was seen."""
        return str((self.seen.raw_data or [""])[0])

    def typed(self) -> dict[str, str]:
        """What was sent, to be carried along by a page that cannot show the form yet."""
        sent = {one.name: str(one.data or "") for one in (self.diet, self.access, self.seen)}
        return sent | ({"agreed": "y"} if self.agreed.data else {})


def consent_fields() -> dict[str, Any]:
    """What the registration form adds for whoever registers themselves."""
    ticks = {
        field_of(kind): BooleanField(_l(CONSENT_WORDS[kind].msgid), default=False)
        for kind in TICKED
    }
    return {**ticks, "diet": _diet(), "access": _access(), "agreed": _agreed()}


def field_of(kind: ConsentKind) -> str:
    """The name of the tick of a consent."""
    return f"consent_{kind.value}"


def told_in(form: BaseForm) -> Told:
    """What was said in a form that has these fields; only after `validate`."""
    if "agreed" not in form:
        return Told()
    ticked = frozenset(kind for kind in TICKED if form.keep(field_of(kind)))
    diet, access = form.keep("diet"), form.keep("access")
    said = bool(form.keep("agreed") and (diet or access))
    return Told(consents=ticked, needs=NeedsRequest(diet, access) if said else None)
