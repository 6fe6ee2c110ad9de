"""What a guest says by the link at the foot of a mail: no more of these."""

from collections.abc import Iterable

from eventapp.accounts.audit import GUEST, record_change
from eventapp.contacts.actions import suppress_address
from eventapp.contacts.states import ObjectionKind
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations import queries
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import Objector


def object_to_all(objector: Objector) -> None:
    """No invitations of this host to this address any more; a second time changes nothing.

    Answers and registrations stay as they are.
    """
    with transaction():
        if objector.invitation is not None:
            lock(objector.invitation)
        if not objector.objects_to_all:
            suppress_address(
                objector.event.host_id, objector.email, kind=ObjectionKind.LINK, actor=GUEST
            )
            _note(objector, "invitation.objected")
        _hold_back(queries.unsent_mails_to(objector.event.host_id, objector.email))


def object_to_event(objector: Objector) -> None:
    """No more mails to many about this one event; a second time changes nothing."""
    invitation = objector.invitation
    if invitation is None:
        object_to_all(objector)  # nobody is known any more of whom only this event could be meant
        return
    with transaction():
        lock(invitation)
        if invitation.no_mail_at is None:
            invitation.no_mail_at = clock.now()
            _note(objector, "invitation.event_objected")
        mails = queries.unsent_mails_to(objector.event.host_id, objector.email)
        _hold_back(one for one in mails if one.scope == objector.event.scope)


def _note(objector: Objector, step: str) -> None:
    invitation: Invitation | None = objector.invitation
    record_change(
        GUEST,
        step,
        invitation or objector.event,
        scope=objector.event.scope,
        host_id=objector.event.host_id,
    )


def _hold_back(mails: Iterable[OutboxMail]) -> None:
    """What waits to go out, of the kind that one can object to; a mail on its way is lost sight of
    by its worker, who looks once more before handing it over."""
    for mail in mails:
        if mail.may_be_objected_to:
            mail.state = MailState.STOPPED
