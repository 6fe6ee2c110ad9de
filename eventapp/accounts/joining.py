"""What people do with an invitation to a team: accept it, decline, and choose among their teams."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import Membership
from eventapp.accounts.permissions import SignedIn
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction


def accept_membership(membership: Membership) -> None:
    """Work for the organisation from now on. Doing it twice changes nothing.

    Raises NotFound where the organisation has taken the invitation back.
    """
    if membership.accepted_at is not None:
        return
    with transaction():
        lock(membership)
        membership.accepted_at = membership.accepted_at or clock.now()
        _note(membership, "account.joined", by=membership.account)


def decline_membership(membership: Membership) -> None:
    """Tell the organisation no; it may ask again, and has learned nothing but the address.

    Raises NotFound for what is not open.
    """
    account = membership.account
    with transaction():
        lock(membership)
        if membership.accepted_at is None:
            _note(membership, "account.invitation_declined", by=account.email)
            account.memberships.remove(membership)


def work_for(person: SignedIn, membership: Membership) -> None:
    """Work for another of the person's teams in this browser, until its session ends."""
    with transaction():
        lock(membership)
        if person.session.host_id != membership.host_id:
            person.session.host_id = membership.host_id
            account = person.account
            record_change(account, "account.team_chosen", account, host_id=membership.host_id)


def _note(membership: Membership, step: str, *, by: Actor) -> None:
    account = membership.account
    record_change(by, step, account, host_id=membership.host_id, after={"role": membership.role})
