"""The voluntary step of the answer page: saying yes for more than oneself, in one go."""

from dataclasses import dataclass
from typing import NamedTuple

from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.models import Invitation
from eventapp.registrations.answer_sheet import AnswerSheet, Outcome, Standing
from eventapp.registrations.party import allowance_of
from eventapp.registrations.party_forms import CompanyForm, company_form
from eventapp.registrations.place_queries import chance_of

_FRESH = frozenset({Standing.SILENT, Standing.DECLINED})


class CompanyOffer(NamedTuple):
    """How many may be brought, and what a larger party leads to where that differs from coming
    alone."""

    allowed: int
    note: Message | None


@dataclass(frozen=True)
class CompanyStep:
    """The same with the form."""

    form: CompanyForm
    allowed: int
    note: Message | None


def company_offer(invitation: Invitation, sheet: AnswerSheet) -> CompanyOffer | None:
    """None where nobody can be brought. At most two statements, none where nobody may."""
    allowed = allowance_of(invitation.event, invitation)
    if not allowed or not sheet.may_accept or sheet.standing not in _FRESH:
        return None
    return CompanyOffer(allowed, _note(invitation, sheet, allowed))


def company_step(
    invitation: Invitation, sheet: AnswerSheet, form: CompanyForm | None = None
) -> CompanyStep | None:
    """The offer with the form as it was sent, or a new one."""
    offer = company_offer(invitation, sheet)
    if offer is None:
        return None
    form = form or company_form(offer.allowed)(formdata=None)
    return CompanyStep(form, offer.allowed, offer.note)


def blank_step(offer: CompanyOffer | None) -> CompanyStep | None:
    """The offer with a form for anybody."""
    if offer is None:
        return None
    form = company_form(offer.allowed)(formdata=None).for_anybody()
    return CompanyStep(form, offer.allowed, offer.note)


def _note(invitation: Invitation, sheet: AnswerSheet, allowed: int) -> Message | None:
    """What to know beforehand where the guest alone would get a place at once."""
    if sheet.outcome is not Outcome.PLACE:
        return None
    event = invitation.event
    free, _waiting = chance_of(event, invitation, 1 + allowed)
    if free > allowed:
        return None
    if not event.waiting_list:
        return plural_message(
            "Only one place is free, and there is no waiting list.",
            "Only %(count)s places are free, and there is no waiting list.",
            free,
        )
    return plural_message(
        "Only one place is free at the moment. If you bring somebody, you wait together until "
        "there is room for all of you.",
        "Only %(count)s places are free at the moment. If you are more, you wait together until "
        "there is room for all of you.",
        free,
    )


def not_added() -> Message:
    """For who had answered before, and names somebody only now."""
    return message(
        "You had answered before, so nobody was added. You can name your companions here."
    )
