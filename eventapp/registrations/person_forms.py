"""What a form asks of a guest about themselves, each voluntary field with its purpose beside it."""

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectField

from eventapp.contacts.states import FormOfAddress
from eventapp.contacts.words import form_label
from eventapp.foundation.forms import BaseForm, ChoiceField, EmailField, Filled, TextField

POSTCODE_LENGTH = 10
NAME_LENGTH = 100
TOWN_PURPOSE = _l("Where you work or live. We report how many guests come from which county.")


class PersonForm(BaseForm):
    """One person, in the order of the page."""

    first_name = TextField(
        _l("First name"), limit=NAME_LENGTH, render_kw={"autocomplete": "given-name"}
    )
    last_name = TextField(
        _l("Last name"), limit=NAME_LENGTH, render_kw={"autocomplete": "family-name"}
    )
    email = EmailField(
        _l("E-mail address"),
        description=_l("We send you a link with which you confirm your registration."),
        render_kw={"autocomplete": "email", "type": "email"},
    )
    form_of_address = ChoiceField(
        _l("Form of address"),
        FormOfAddress,
        form_label,
        default=FormOfAddress.NONE.value,
        description=_l("So that we address you properly in letters."),
    )
    title = TextField(
        _l("Title"),
        required=False,
        limit=NAME_LENGTH,
        render_kw={"autocomplete": "honorific-prefix"},
    )
    organisation = TextField(
        _l("Organisation"),
        required=False,
        description=_l("Printed on your name badge."),
        render_kw={"autocomplete": "organization"},
    )
    position = TextField(
        _l("Position"),
        required=False,
        description=_l("Helps us to bring the right people together."),
        render_kw={"autocomplete": "organization-title"},
    )
    sector = SelectField(
        _l("Sector"),
        validators=[Filled()],
        description=_l("We report to our funders from which parts of society our guests come."),
    )
    city = TextField(
        _l("Town"),
        limit=NAME_LENGTH,
        description=TOWN_PURPOSE,
        render_kw={"autocomplete": "address-level2"},
    )
    postcode = TextField(
        _l("Postcode"),
        required=False,
        limit=POSTCODE_LENGTH,
        description=_l("Tells places of the same name apart."),
        render_kw={"autocomplete": "postal-code", "inputmode": "numeric"},
    )
    phone = TextField(
        _l("Phone"),
        required=False,
        limit=NAME_LENGTH,
        description=_l("Only in case something changes at short notice."),
        render_kw={"autocomplete": "tel", "type": "tel"},
    )
