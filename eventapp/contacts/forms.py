"""Reading and checking what organisers type about contacts, lists, organisations and imports."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import Field, HiddenField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.contacts.actions import ContactChange, ListChange, OrganisationChange
from eventapp.contacts.mapping import COLUMN_WORDS, Column
from eventapp.contacts.models import Contact, Municipality
from eventapp.contacts.names import PersonName, salutation_line
from eventapp.contacts.queries import ListRow, WhichContacts
from eventapp.contacts.states import BY_STAFF, FormOfAddress, ObjectionKind, Sector, Standing
from eventapp.contacts.words import form_label, objection_label, sector_label
from eventapp.foundation.forms import (
    BaseForm,
    ChoiceField,
    EmailField,
    LongTextField,
    TextField,
)
from eventapp.foundation.http import GREATEST_ID
from eventapp.foundation.text import clean

_OFF = {"autocomplete": "off"}


class ContactForm(BaseForm):
    """One contact: the person, the organisation, how to reach them, their lists."""

    version = HiddenField()
    form_of_address = ChoiceField(
        _l("Form of address"), FormOfAddress, form_label, default=FormOfAddress.NONE
    )
    title = TextField(_l("Title"), required=False, limit=80)
    first_name = TextField(_l("First name"), required=False, render_kw=_OFF)
    last_name = TextField(_l("Last name"), required=False, render_kw=_OFF)
    name_suffix = TextField(
        _l("Name suffix"), required=False, limit=80, render_kw={"placeholder": "MdL, a. D."}
    )
    salutation_override = TextField(_l("Salutation line"), required=False)
    locale = SelectField(
        _l("Language of mails"),
        choices=[SelectChoice("de", _l("German")), SelectChoice("en", _l("English"))],
    )
    organisation_name = TextField(_l("Organisation"), required=False, render_kw=_OFF)
    position = TextField(_l("Position"), required=False)
    sector = ChoiceField(_l("Sector"), Sector, sector_label, default=Sector.UNKNOWN)
    email = EmailField(_l("E-mail address"), required=False, render_kw=_OFF)
    phone = TextField(_l("Phone"), required=False, limit=60, render_kw=_OFF)
    street = TextField(_l("Street and number"), required=False, render_kw=_OFF)
    postcode = TextField(_l("Postcode"), required=False, limit=20, render_kw=_OFF)
    city = TextField(_l("Town"), required=False, render_kw=_OFF)
    municipality = SelectField(_l("Municipality"), validate_choice=True)
    lists_shown = HiddenField()
    lists = SelectMultipleField(
        _l("Distribution lists"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    note = LongTextField(
        _l("Note"),
        limit=2000,
        description=_l("Only colleagues see it. The contact may ask to read it."),
        render_kw={"rows": 3},
    )

    def __init__(self, **given: Any) -> None:
        """Nothing is compulsory by itself, so no field is called optional."""
        super().__init__(**given)
        for field in self:
            field.flags.unmarked = True

    def offer(self, municipalities: Sequence[Municipality], lists: Sequence[ListRow]) -> None:
        """What can be chosen: municipalities by county, and the host's lists."""
        self.municipality.choices = _by_county(municipalities, otherwise=_("as the town says"))
        self.lists.choices = [SelectChoice(row.list.id, row.list.name) for row in lists]

    def show(self, contact: Contact, derived_ags: str | None) -> None:
        """Fill in what is stored; the municipality only where it was chosen by hand."""
        self.lists.data = [row.id for row in contact.lists]
        self.lists_shown.data = ",".join(str(number) for number in self.lists.data)
        chosen = contact.municipality_ags or ""
        self.municipality.data = "" if chosen == (derived_ags or "") else chosen
        self.version.data = str(contact.version)

    def change(self) -> ContactChange:
        """The contact as typed."""
        typed = {
            name: self.keep(name)
            for name in (
                "title",
                "first_name",
                "last_name",
                "name_suffix",
                "salutation_override",
                "locale",
                "organisation_name",
                "position",
                "email",
                "phone",
                "street",
                "postcode",
                "city",
                "note",
            )
        }
        return ContactChange(
            **typed,
            form_of_address=self.form_of_address.member(),
            sector=self.sector.member(),
            municipality_ags=self.municipality.data or None,
            joined_lists=self._ticked() - self._shown_ticked(),
            left_lists=self._shown_ticked() - self._ticked(),
        )

    def _ticked(self) -> frozenset[int]:
        return frozenset(self.lists.data or ())

    def _shown_ticked(self) -> frozenset[int]:
        """The lists that were ticked when the page was shown; a colleague's are left alone."""
        shown = (number_from(text) for text in (self.lists_shown.data or "").split(","))
        return frozenset(number for number in shown if number is not None)

    def derived_salutation(self) -> str:
        """The salutation line that follows from what the form shows."""
        form = str(self.form_of_address.data)
        name = PersonName(
            FormOfAddress(form) if form in set(FormOfAddress) else FormOfAddress.NONE,
            self.title.data or "",
            self.first_name.data or "",
            self.last_name.data or "",
        )
        return salutation_line(name, str(self.locale.data or "de"))

    def seen_version(self) -> int:
        """Which version of the contact the person saw."""
        return number_from(self.version.data) or -1


class BlockForm(BaseForm):
    """Why somebody is not to be invited again."""

    kind = SelectField(
        _l("Reason"),
        choices=[SelectChoice(kind.value, objection_label(kind)) for kind in BY_STAFF],
        default=ObjectionKind.ASKED.value,
    )
    reason = TextField(
        _l("Note"), required=False, description=_l("For example: by phone on 12 May, very upset.")
    )

    def block_kind(self) -> ObjectionKind:
        """The chosen reason."""
        return ObjectionKind(self.keep("kind"))


class LiftForm(BaseForm):
    """Why somebody is to be invited again after all."""

    lift_reason = TextField(
        _l("Reason"), description=_l("For example: asked for it by mail on 3 June.")
    )


class ListForm(BaseForm):
    """A distribution list."""

    version = HiddenField()
    name = TextField(_l("Name"), limit=120)
    purpose = TextField(_l("Purpose"), required=False)
    responsible = TextField(_l("Responsible"), required=False, limit=120)

    def change(self) -> ListChange:
        """The list as typed."""
        return ListChange(
            name=self.keep("name"),
            purpose=self.keep("purpose"),
            responsible=self.keep("responsible"),
        )

    def seen_version(self) -> int:
        """Which version of the list the person saw."""
        return number_from(self.version.data) or -1


class OrganisationForm(BaseForm):
    """An organisation."""

    version = HiddenField()
    name = TextField(_l("Name"), description=_l("A new name is taken over for all its contacts."))
    legal_form = TextField(_l("Legal form"), required=False, limit=80)
    sector = ChoiceField(_l("Sector"), Sector, sector_label)
    municipality_ags = SelectField(_l("Municipality"))

    def offer(self, municipalities: Sequence[Municipality]) -> None:
        """What can be chosen: municipalities by county."""
        self.municipality_ags.choices = _by_county(municipalities, otherwise=_("not known"))

    def change(self) -> OrganisationChange:
        """The organisation as typed."""
        return OrganisationChange(
            name=self.keep("name"),
            legal_form=self.keep("legal_form"),
            sector=self.sector.member(),
            municipality_ags=self.municipality_ags.data or None,
        )

    def seen_version(self) -> int:
        """Which version of the organisation the person saw."""
        return number_from(self.version.data) or -1


class UploadForm(BaseForm):
    """A contact list to look at, and on which distribution list its people go."""

    file = FileField(
        _l("File"),
        validators=[FileRequired(_l("Please choose a file."))],
        description=_l("An Excel workbook (XLSX), or CSV."),
        render_kw={"accept": ".xlsx,.xlsm,.csv,.txt,.tsv,text/csv,text/plain"},
    )
    target = SelectField(_l("Put everybody on"), coerce=int)
    new_list = TextField(
        _l("Or on a new list"),
        required=False,
        limit=120,
        description=_l("Its name. The list comes into being with the import."),
    )

    def offer(self, lists: Sequence[ListRow]) -> None:
        """Which distribution lists can be chosen."""
        self.target.choices = [SelectChoice(0, _("no list, or those the file names"))] + [
            SelectChoice(row.list.id, row.list.name) for row in lists
        ]

    def validate_new_list(self, field: Field) -> None:
        """Everybody goes on one list: one that exists, or a new one."""
        if field.data and self.target.data:
            raise ValidationError(_("Please choose a list above, or name a new one here."))

    def upload(self) -> tuple[str, bytes]:
        """(name of the file, its content)."""
        file: FileStorage = self.file.data
        return clean(file.filename or ""), file.read()


def _by_county(municipalities: Sequence[Municipality], *, otherwise: str) -> list[SelectChoice]:
    return [SelectChoice("", otherwise)] + [
        SelectChoice(row.ags, row.name, optgroup=row.county) for row in municipalities
    ]


def columns_from(form: Mapping[str, str], count: int) -> list[Column]:
    """The chosen meaning of each column, by its place; what is not offered is ignored."""
    chosen = (form.get(f"column-{place}", "") for place in range(count))
    return [Column(value) if value in set(Column) else Column.IGNORED for value in chosen]


def column_choices() -> list[tuple[str, str]]:
    """(value, label) of everything a column can mean."""
    return [(column.value, str(words)) for column, words in COLUMN_WORDS.items()]


def which_contacts(asked: Mapping[str, str]) -> WhichContacts:
    """What the address asks for; anything it cannot mean is left out."""
    sector, standing = asked.get("sector", ""), asked.get("standing", "")
    return WhichContacts(
        search=clean(asked.get("q", ""))[:200],
        list_id=number_from(asked.get("list")),
        sector=Sector(sector) if sector in set(Sector) else None,
        county=clean(asked.get("county", ""))[:100],
        organisation_id=number_from(asked.get("organisation")),
        import_id=number_from(asked.get("import")),
        standing=Standing(standing) if standing in set(Standing) else Standing.ALL,
    )


def number_from(text: str | None) -> int | None:
    """A whole number that can be an id or a version; None for anything else."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 10:
        return None
    number = int(text)
    return number if number <= GREATEST_ID else None


def contact_ids(form: MultiDict[str, str]) -> list[int]:
    """The contacts that were ticked, at most those of one page."""
    numbers = (number_from(text) for text in form.getlist("contact")[:100])
    return [number for number in numbers if number is not None]
