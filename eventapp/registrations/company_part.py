"""The part about companions on the organisers' page of one guest."""

from typing import Any

from eventapp.registrations.models import Registration
from eventapp.registrations.party import may_change_party, staff_party_sheet
from eventapp.registrations.party_forms import (
    CompanionByHandForm,
    CompanionForm,
    ids_of,
    rename_form,
)
from eventapp.registrations.party_queries import colleagues_of


def company_part(one: Registration, form: CompanionForm | None) -> dict[str, Any]:
    """Of a main guest, who comes along and who stood on the same form; of a companion, with whom.

    `form` has what was wrong.
    """
    if one.main is not None:
        return {
            "main": one.main,
            "may_change_party": one.is_live and may_change_party(one.main),
            "party_form": form or rename_form(one),
        }
    sheet = staff_party_sheet(one)
    form = form or CompanionByHandForm(formdata=None)
    form.seen.data = ids_of(sheet.company)
    return {
        "main": None,
        "party": sheet,
        "party_form": form,
        "registered_along": colleagues_of(one),
    }
