"""The public form: one person, or up to five of one organisation, each with a row of their own."""

from functools import lru_cache
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, StringField
from wtforms.fields.choices import SelectChoice

from eventapp.consents.forms import consent_fields, told_in
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.contacts.words import sector_label
from eventapp.foundation.forms import EmailField, TextField
from eventapp.foundation.text import normalised_email, sort_key
from eventapp.foundation.traps import is_too_quick, opening_mark
from eventapp.registrations.party_forms import companion_fields, companions_in
from eventapp.registrations.person_forms import NAME_LENGTH, PersonForm
from eventapp.registrations.requests import Filler, PersonRequest, RegisterRequest

MOST_PEOPLE = 5
PERSON_FIELDS = ("first_name", "last_name", "email", "position")
OF_THE_FIRST = frozenset({"form_of_address", "title"})
OFFERED = (
    SelectChoice("", _l("Please choose")),
    *(SelectChoice(one.value, sector_label(one)) for one in Sector if one is not Sector.UNKNOWN),
)


class RegisterForm(PersonForm):
    """What is asked of everybody; `form_for` adds the rows of colleagues."""

    people = 1
    companions = 0
    rows = HiddenField(default="1")
    seen = HiddenField()
    homepage = StringField(_l("Please leave this field empty"))

    def __init__(self, **more: Any) -> None:
        """Offer the sectors; a new form remembers when it was opened."""
        super().__init__(**more)
        self.sector.choices = list(OFFERED)
        self.rows.data = str(self.people)
        if not self.is_submitted():
            self.seen.data = opening_mark()

    def person_fields(self, number: int) -> list[Any]:
        """The fields of the row of a colleague, from 2 on."""
        return [self[named(name, number)] for name in PERSON_FIELDS]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: nobody stands in two rows."""
        fine = bool(super().validate(extra_validators))
        return (self.people == 1 or self._are_different()) and fine

    def _are_different(self) -> bool:
        known: set[tuple[str, str]] = set()
        fine = True
        for number in range(1, self.people + 1):
            first, last, email = (self.keep(named(one, number)) or "" for one in PERSON_FIELDS[:3])
            key = normalised_email(email or self.keep("email") or ""), sort_key(last, first)
            if key in known and last:
                field = self[named("last_name", number)]
                field.errors = [*field.errors, _("This person stands in the form twice.")]
                fine = False
            known.add(key)
        return fine

    def _person(self, number: int) -> PersonRequest:
        """A colleague without an address of their own gets the mail at that of the first."""
        first, last, email, position = (self.keep(named(one, number)) for one in PERSON_FIELDS)
        own = number == 1
        return PersonRequest(
            first_name=first or "",
            last_name=last or "",
            email=email or self.keep("email") or "",
            position=position or "",
            form_of_address=self.form_of_address.member() if own else FormOfAddress.NONE,
            title=self.keep("title") if own else "",
            companions=companions_in(self, self.companions) if own else (),
        )

    def has_company(self) -> bool:
        """Whether anything was entered about companions, so that the page shows it."""
        return any(
            one.errors or one.data not in (one.default, "", None)
            for one in self
            if one.name.startswith("compan")
        )

    def error_label(self, field_id: str) -> str:
        """Of several people, whose field it is: "Person 2: Last name"."""
        number = self._row_of(field_id)
        label = super().error_label(field_id)
        if number is None or self.people == 1:
            return label
        return str(_("Person %(number)s: %(field)s", number=number, field=label))

    def error_summary(self) -> list[tuple[str, str]]:
        """In the order of the page: person by person, then what they have in common."""
        common = self.people + 1

        def place(row: tuple[str, str]) -> int:
            field_id, _said = row
            return (self._row_of(field_id) or common) if field_id else common + 1

        return sorted(super().error_summary(), key=place)

    def _row_of(self, field_id: str) -> int | None:
        """The person to whom a field belongs; None for what all have in common."""
        for number in range(1, self.people + 1):
            if field_id in {named(one, number) for one in PERSON_FIELDS}:
                return number
        return 1 if field_id in OF_THE_FIRST or field_id.startswith("compan") else None

    def request(self, *, locale: str, asked_from: str) -> RegisterRequest:
        """Everybody as entered; only after `validate`."""
        machine = bool(self.homepage.data) or is_too_quick(self.seen.data or "")
        return RegisterRequest(
            people=tuple(self._person(number) for number in range(1, self.people + 1)),
            sector=Sector(self.keep("sector")),
            city=self.keep("city"),
            postcode=self.keep("postcode"),
            organisation_name=self.keep("organisation"),
            phone=self.keep("phone"),
            locale=locale,
            asked_from=asked_from,
            filler=Filler.MACHINE if machine else Filler.PERSON,
            told=told_in(self),
        )


def named(name: str, number: int) -> str:
    """The field of a row: the first has the plain names."""
    return name if number == 1 else f"{name}_{number}"


def people_in(rows: str | None) -> int:
    """How many rows a form says it has; one for whatever is no such number."""
    return min(max(int(rows), 1), MOST_PEOPLE) if rows in {"1", "2", "3", "4", "5"} else 1


def without_row(sent: MultiDict[str, str], number: str, rows: int) -> MultiDict[str, str]:
    """What was sent, but for one colleague: whoever stands behind moves up. The first stays."""
    kept = MultiDict(sent)
    gone = int(number) if number in {str(row) for row in range(2, rows)} else rows
    for row in range(gone, rows):
        for name in PERSON_FIELDS:
            kept[named(name, row)] = kept.get(named(name, row + 1), "")
    return kept


@lru_cache
def form_for(people: int, companions: int = 0) -> type[RegisterForm]:
    """The form with as many rows; the first person may bring so many companions.

    Consents are those of the first person: nobody can consent for colleagues.
    """
    rows: dict[str, Any] = {"people": people, "companions": companions}
    rows |= companion_fields(companions, least=0)
    rows |= consent_fields()
    for number in range(2, people + 1):
        rows |= _row(number)
    return cast("type[RegisterForm]", type(f"RegisterForm{people}", (RegisterForm,), rows))


def _row(number: int) -> dict[str, Any]:
    """A colleague: the first person's browser knows nothing of them, so it fills in nothing."""
    off = {"autocomplete": "off"}
    return {
        named("first_name", number): TextField(
            _l("First name"), limit=NAME_LENGTH, render_kw=dict(off)
        ),
        named("last_name", number): TextField(
            _l("Last name"), limit=NAME_LENGTH, render_kw=dict(off)
        ),
        named("email", number): EmailField(
            _l("E-mail address"),
            required=False,
            description=_l("If it is empty, the mail for this person goes to your address."),
            render_kw={"type": "email", **off},
        ),
        named("position", number): TextField(_l("Position"), required=False, render_kw=dict(off)),
    }
