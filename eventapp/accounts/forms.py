"""Reading and checking what people type about accounts and organisations."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import Length, ValidationError

from eventapp.accounts.actions import SignInRequest
from eventapp.accounts.host_actions import HostSettings, LegalTexts, checked_palette
from eventapp.accounts.mails import BarrierReport
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm, EmailField, Filled, LongTextField, TextField
from eventapp.foundation.text import normalised_email

VERSION_DIGITS = 10
PASSWORD_LIMIT = 1000  # far above what is accepted, so that the rule can say so in words


class SignInForm(BaseForm):
    """E-mail address and password; what is wrong with them is told of both at once."""

    email = StringField(
        _l("E-mail address"),
        validators=[Filled(), Length(max=254)],
        render_kw={
            "type": "email",
            "autocomplete": "username",
            "inputmode": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )
    password = PasswordField(
        _l("Password"),
        validators=[Filled(), Length(max=PASSWORD_LIMIT)],
        render_kw={"autocomplete": "current-password"},
    )

    def request(self, *, device: str) -> SignInRequest:
        """Who wants in, from where."""
        return SignInRequest(
            email=self.normalised_email(),
            password=str(self.password.data),
            address=request.remote_addr or "",
            user_agent=request.user_agent.string,
            device=device,
        )

    def normalised_email(self) -> str:
        """The address as accounts store it."""
        return normalised_email(str(self.email.data or ""))


class HostForm(BaseForm):
    """Name, ways to be reached and colour of a host organisation."""

    version = HiddenField()
    name = TextField(_l("Name"))
    email = EmailField(_l("E-mail address"), render_kw={"autocomplete": "email"})
    phone = TextField(
        _l("Telephone"), required=False, limit=60, render_kw={"type": "tel", "autocomplete": "tel"}
    )
    colour = TextField(
        _l("Colour"),
        limit=60,
        description=_l(
            "Your organisation's colour, for example #1841c6. Text and buttons take a darker shade "
            "of a light colour, so that they can be read."
        ),
        render_kw={"spellcheck": "false", "autocapitalize": "none"},
    )

    def validate_colour(self, field: Field) -> None:
        """Refuse at once, beside the other errors, what no readable palette follows from."""
        try:
            checked_palette(str(field.data))
        except Invalid as problem:
            raise ValidationError(str(problem.text)) from problem

    def request(self) -> HostSettings:
        """The settings as typed, cleaned."""
        return HostSettings(
            name=self.keep("name"),
            email=self.keep("email"),
            phone=self.keep("phone"),
            colour=self.keep("colour"),
        )

    def seen_version(self) -> int:
        """Which version of the settings the person saw."""
        return _number(self.version.data)


class LegalForm(BaseForm):
    """A legal page in both languages."""

    version = HiddenField()
    body_de = LongTextField(_l("German text"), required=True, render_kw={"rows": 24, "lang": "de"})
    body_en = LongTextField(_l("English text"), required=True, render_kw={"rows": 24, "lang": "en"})

    def request(self) -> LegalTexts:
        """Both texts, cleaned."""
        return LegalTexts(body_de=self.keep("body_de"), body_en=self.keep("body_en"))

    def seen_version(self) -> int:
        """Which version of the page the person saw; 0 for one never saved."""
        return _number(self.version.data)


class BarrierForm(BaseForm):
    """What somebody could not use; only that is needed."""

    message = LongTextField(_l("What did not work"), required=True, limit=5000)
    page = TextField(_l("On which page"), required=False)
    email = EmailField(
        _l("Your e-mail address"),
        required=False,
        description=_l("Only if you would like an answer."),
        render_kw={"autocomplete": "email"},
    )

    def request(self) -> BarrierReport:
        """The report, cleaned."""
        return BarrierReport(
            message=self.keep("message"), page=self.keep("page"), email=self.keep("email")
        )


def _number(value: object) -> int:
    """A version as it came back from the browser; -1, which no row has, for anything else."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < VERSION_DIGITS else -1
