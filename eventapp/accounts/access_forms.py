"""Reading and checking what people type to let colleagues in, and to prove who they are."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import Length

from eventapp.accounts.forms import PASSWORD_LIMIT
from eventapp.accounts.link_actions import Beginning
from eventapp.accounts.states import Role
from eventapp.accounts.team_actions import Invitee
from eventapp.accounts.words import ROLE_WORDS
from eventapp.foundation.forms import BaseForm, ChoiceField, EmailField, Filled, TextField
from eventapp.foundation.i18n import current_locale

CODE_LIMIT = 40
CODE_INPUT: dict[str, str] = {
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
}


def _current_password() -> PasswordField:
    return PasswordField(
        _l("Your password"),
        validators=[Filled(), Length(max=PASSWORD_LIMIT)],
        render_kw={"autocomplete": "current-password"},
    )


class InviteForm(BaseForm):
    """Whom to let in; the name is theirs to say."""

    email = EmailField(_l("E-mail address"), render_kw={"autocomplete": "off"})
    role = ChoiceField(_l("Role"), Role, ROLE_WORDS.get, default=Role.ORGANISER.value)

    locale = SelectField(
        _l("Language of the mail and of the first page"),
        choices=[SelectChoice("de", "Deutsch"), SelectChoice("en", "English")],
        default=current_locale,
    )

    def request(self) -> Invitee:
        """Address, role and language."""
        return Invitee(
            email=self.keep("email"), role=self.role.member(), locale=self.keep("locale")
        )


class RoleForm(BaseForm):
    """Another role for a colleague."""

    role = ChoiceField(_l("Role"), Role, ROLE_WORDS.get)


class ForgottenForm(BaseForm):
    """The address of somebody who lost the password."""

    email = EmailField(_l("E-mail address"), render_kw={"autocomplete": "username"})


class TypedTwiceForm(BaseForm):
    """A password twice, as nobody sees what they type."""

    new = PasswordField(
        _l("New password"),
        validators=[Filled(), Length(max=PASSWORD_LIMIT)],
        description=_l("At least 10 characters. Several words in a row are fine."),
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        _l("New password again"),
        validators=[Filled(), Length(max=PASSWORD_LIMIT)],
        render_kw={"autocomplete": "new-password"},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Both must be the same."""
        fine = bool(super().validate(extra_validators))
        if fine and self.new.data != self.repeated.data:
            self.repeated.errors = [_l("The two new passwords differ.")]
            return False
        return fine


class NewPasswordForm(TypedTwiceForm):
    """A password for who has none, or lost it."""

    def request(self) -> Beginning:
        """The password exactly as typed, and the name if it was asked for."""
        name = self.keep("name") if "name" in self else ""
        return Beginning(password=str(self.new.data), name=name)


@dataclass(frozen=True)
class PasswordChange:
    """The old and the new password."""

    current: str
    new: str


class PasswordForm(TypedTwiceForm):
    """The current password, and another one."""

    current = PasswordField(
        _l("Current password"),
        validators=[Filled(), Length(max=PASSWORD_LIMIT)],
        render_kw={"autocomplete": "current-password"},
    )

    def request(self) -> PasswordChange:
        """The two passwords, exactly as typed."""
        return PasswordChange(str(self.current.data), str(self.new.data))


class BeginForm(NewPasswordForm):
    """What a new colleague says: the name, and a password."""

    name = TextField(_l("Your name"), render_kw={"autocomplete": "name"})


class CodeForm(BaseForm):
    """The second step of signing in."""

    code = StringField(
        _l("Code"),
        validators=[Filled(), Length(max=CODE_LIMIT)],
        description=_l("Six digits from the app on your phone, or one of your recovery codes."),
        render_kw=CODE_INPUT,
    )


class TurnOnForm(BaseForm):
    """The password, and one code that shows that the app has the secret."""

    password = _current_password()
    code = StringField(
        _l("Code from the app"),
        validators=[Filled(), Length(max=CODE_LIMIT)],
        description=_l("The six digits that the app shows now."),
        render_kw=CODE_INPUT | {"inputmode": "numeric"},
    )


class OwnPasswordForm(BaseForm):
    """The password, for steps that somebody at a browser left open must not take."""

    password = _current_password()


class NewCodesForm(BaseForm):
    """The same on the same page, under another name."""

    current = _current_password()
