"""The part of an invited person's staff page where replies by phone are noted."""

from typing import Any

from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.answer_sheet import answer_sheet
from eventapp.registrations.asked import guest_sheet
from eventapp.registrations.models import Registration
from eventapp.registrations.party import allowance_of, company_words
from eventapp.registrations.reply_forms import InsteadForm, ReplyForm, reply_form, ticked


def reply_form_for(invitation: Invitation, registration: Registration | None) -> type[ReplyForm]:
    """The form to show: with companions for who is not registered, as for guests."""
    return reply_form(_allowed(invitation, registration))


def sent_reply(invitation: Invitation, registration: Registration | None) -> ReplyForm:
    """The form as it was sent: an answer in the meantime makes nobody vanish who was entered."""
    opened = reply_form(allowance_of(invitation.event, invitation))()
    return opened if opened.names_company() else reply_form_for(invitation, registration)()


def _allowed(invitation: Invitation, registration: Registration | None) -> int:
    live = registration is not None and registration.is_live
    handed_on = invitation.state is InvitationState.SUBSTITUTED
    return 0 if live or handed_on else allowance_of(invitation.event, invitation)


def reply_part(
    invitation: Invitation,
    registration: Registration | None,
    *,
    no_mail: str,
    form: ReplyForm | None,
    instead: InsteadForm | None,
) -> dict[str, Any]:
    """Both forms, filled as they were sent if something was wrong in one of them."""
    fresh = ticked(no_mail)
    new_form = reply_form_for(invitation, registration)
    live = registration is not None and registration.is_live
    return {
        "form": form or new_form(formdata=None, data=fresh),
        "allowed": (form or new_form).allowed,
        "instead": instead or InsteadForm(formdata=None, data=fresh),
        "may_substitute": answer_sheet(invitation).may_substitute,
        "left_behind": company_words(registration.company) if registration and live else "",
        "open_questions": guest_sheet(registration).open if registration and live else [],
    }
