"""Forms about companions: how many come along, and their names where they are known already."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.foundation.forms import BaseForm, TextField
from eventapp.registrations.models import Registration
from eventapp.registrations.requests import CompanionName

NAME_LENGTH = 100
MOST_ROWS = 2
COUNT_WORDS = (_l("nobody"), _l("one person"), _l("two people"))
_GUEST_LABELS = {
    (1, 1): (_l("First name of your companion"), _l("Last name of your companion")),
    (1, 2): (_l("First name of the first companion"), _l("Last name of the first companion")),
    (2, 2): (_l("First name of the second companion"), _l("Last name of the second companion")),
}
_STAFF_LABELS = _GUEST_LABELS | {
    (1, 1): (_l("First name of the companion"), _l("Last name of the companion")),
}


@dataclass(frozen=True)
class CompanyWords:
    """How a form asks who comes along: the question, and what each name is called."""

    question: Any
    labels: Mapping[tuple[int, int], tuple[Any, Any]]


GUEST_WORDS = CompanyWords(_l("Who comes with you?"), _GUEST_LABELS)
STAFF_WORDS = CompanyWords(_l("Who comes along?"), _STAFF_LABELS)


def companion_fields(
    allowed: int, *, least: int, words: CompanyWords = GUEST_WORDS
) -> dict[str, Any]:
    """What a form asks of who comes along: how many (at least `least`), and names if known."""
    if not allowed:
        return {}
    counts = [SelectChoice(str(n), COUNT_WORDS[n]) for n in range(least, allowed + 1)]
    fields: dict[str, Any] = {
        "company": SelectField(
            words.question, choices=counts, default=str(least), validators=[_all_counted]
        )
    }
    for number in range(1, allowed + 1):
        for field, label in zip(_names(number), words.labels[number, allowed], strict=True):
            fields[field] = _name_field(label)
    return fields


def _all_counted(form: Any, field: SelectField) -> None:
    """Who chose one person and named two is asked which is meant; names may follow, not precede."""
    if field.raw_data and str(field.data).isdecimal() and _named(form) > int(field.data):
        raise ValidationError(
            _l("You named more people than you chose here. Please choose how many come along.")
        )


def _named(form: Any) -> int:
    """Up to which row somebody is named."""
    rows = range(1, MOST_ROWS + 1)
    return max((n for n in rows for one in _names(n) if one in form and form[one].data), default=0)


def _name_field(label: Any) -> TextField:
    return TextField(label, required=False, limit=NAME_LENGTH, render_kw={"autocomplete": "off"})


def _names(number: int) -> tuple[str, str]:
    return f"companion_first_{number}", f"companion_last_{number}"


def companions_in(form: BaseForm, allowed: int) -> tuple[CompanionName, ...]:
    """Who comes along as entered; a name counts where no number was sent with it."""
    rows = [CompanionName(*map(form.keep, _names(number))) for number in range(1, allowed + 1)]
    named = max((at for at, one in enumerate(rows, 1) if one != CompanionName()), default=0)
    count = max(named, int(form.keep("company"))) if allowed else 0
    return tuple(rows[:count])


class CompanyForm(BaseForm):
    """Saying yes for more than oneself; `company_form` adds the rows."""

    allowed = 0

    def names_company(self) -> bool:
        """Whether anything was entered: the fields go along with the big buttons as well."""
        return any(
            one.data not in (one.default, "", None) for one in self if one.name.startswith("compan")
        )

    def companions(self) -> tuple[CompanionName, ...]:
        """Who comes along; only after `validate`."""
        return companions_in(self, self.allowed)


@lru_cache
def company_form(allowed: int) -> type[CompanyForm]:
    """The form for guests who may bring so many."""
    fields = {"allowed": allowed, **companion_fields(allowed, least=1)}
    return cast("type[CompanyForm]", type(f"CompanyForm{allowed}", (CompanyForm,), fields))


class CompanionForm(BaseForm):
    """One person who comes along; the name may follow later."""

    first_name = _name_field(_l("First name"))
    last_name = _name_field(_l("Last name"))
    seen = HiddenField()

    def name(self) -> CompanionName:
        """The person as entered."""
        return CompanionName(self.keep("first_name"), self.keep("last_name"))

    def seen_ids(self) -> frozenset[int]:
        """The companions whom the page showed that this was sent from."""
        words = str(self.keep("seen") or "").split()
        return frozenset(int(one) for one in words if one.isdecimal() and len(one) < 19)


class CompanionByHandForm(CompanionForm):
    """The same by staff, who may have to say why."""

    reason = TextField(
        _l("Reason"),
        required=False,
        description=_l("Needed only where others wait for the place. Stays in the history."),
        id="company-reason",  # the page asks for a reason to cancel as well
    )


class RenameForm(CompanionForm):
    """Another name for somebody who comes along; carries what the page showed."""

    seen_first = HiddenField()
    seen_last = HiddenField()

    def seen_name(self) -> CompanionName:
        """The name that the page showed."""
        return CompanionName(self.keep("seen_first") or "", self.keep("seen_last") or "")

    def now_seen(self, companion: Registration) -> None:
        """The page shows the present name beside what was typed, so that saving again counts."""
        self.seen_first.data, self.seen_last.data = companion.first_name, companion.last_name


def ids_of(company: list[Registration]) -> str:
    """The companions on a page, as its form carries them."""
    return " ".join(str(one.id) for one in company)


def rename_form(companion: Registration) -> RenameForm:
    """Filled with the present name."""
    first, last = companion.first_name, companion.last_name
    return RenameForm(
        formdata=None, first_name=first, last_name=last, seen_first=first, seen_last=last
    )
