"""At an event with approval, guests propose who comes instead, and the organisers look first.

Until then everything stays as it is: the guest has the place, and the substitute is told nothing. A
proposal is a registration in review of the kind "substitute"; once it is decided, it is gone.
"""

from eventapp.accounts.audit import GUEST, Actor, record_change
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.tokens import new_public_id
from eventapp.invitations.actions import check_named
from eventapp.invitations.errors import UnavailableSubstitute
from eventapp.invitations.requests import SubstituteRequest
from eventapp.registrations import queries, substitute_mails
from eventapp.registrations.actions.notes import PROPOSAL_DECLINED, PROPOSAL_WITHDRAWN, PROPOSED
from eventapp.registrations.errors import NoSuchStep
from eventapp.registrations.heir_queries import delete_proposals
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import needs_look
from eventapp.registrations.states import RegistrationKind, RegistrationState


def propose(guest: Registration, request: SubstituteRequest, *, locale: str) -> None:
    """Ask the organisers to let this person come instead; replaces what was proposed before.

    Within a larger step, with the event's lock. Raises OwnSubstitute, UnavailableSubstitute.
    """
    check_named(guest.event, guest, request)
    delete_proposals(guest)
    proposal = _proposal(guest.event, guest, request, locale)
    if queries.live_twin(guest.event, proposal) is not None:
        raise UnavailableSubstitute
    db.session.add(proposal)
    _note(guest, PROPOSED, by=GUEST)


def _proposal(
    event: Event, guest: Registration, request: SubstituteRequest, locale: str
) -> Registration:
    public_id = new_public_id()
    return Registration(
        event_id=event.id,
        public_id=public_id,
        number=f"U-{public_id}",
        state=RegistrationState.IN_REVIEW,
        kind=RegistrationKind.SUBSTITUTE,
        replaces_id=guest.id,
        first_name=request.first_name,
        last_name=request.last_name,
        email=request.email,
        organisation_name=guest.organisation_name,
        locale=locale,
    )


def withdraw_proposal(guest: Registration, *, by: Actor) -> None:
    """Nobody shall come instead any more, if somebody should; nobody was told, so nobody is.

    Within a larger step, with the event's lock.
    """
    if needs_look(guest) and delete_proposals(guest):
        _note(guest, PROPOSAL_WITHDRAWN, by=by)


def take_up(proposal: Registration) -> tuple[Registration, SubstituteRequest]:
    """Who proposed whom, now that it is agreed to; the proposal is gone. Within a larger step."""
    guest, request = _guest_of(proposal), _request_of(proposal)
    db.session.delete(proposal)
    db.session.flush()
    return guest, request


def decline_proposal(proposal: Registration, *, by: Actor, reason: str) -> Registration:
    """The guest is told, and still has what they had. Returns them. Within a larger step."""
    guest, name = _guest_of(proposal), proposal.full_name
    db.session.delete(proposal)
    db.session.flush()
    _note(guest, PROPOSAL_DECLINED, by=by, reason=reason)
    if guest.is_live or guest.state is RegistrationState.REPLACED:
        substitute_mails.queue_proposal_declined(guest, name, reason=reason)
    return guest


def _guest_of(proposal: Registration) -> Registration:
    guests = queries.registrations_by_ids([proposal.replaces_id or 0])
    if not guests:
        raise NoSuchStep
    return guests[0]


def _request_of(proposal: Registration) -> SubstituteRequest:
    return SubstituteRequest(
        first_name=proposal.first_name, last_name=proposal.last_name, email=proposal.email
    )


def _note(guest: Registration, step: str, *, by: Actor, reason: str = "") -> None:
    """In the history of the guest, and without the name: whoever is not let in leaves nothing."""
    record_change(
        by, step, guest, reason=reason, scope=guest.event.scope, host_id=guest.event.host_id
    )
