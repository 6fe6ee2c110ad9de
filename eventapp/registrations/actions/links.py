"""Links and confirmations that are sent once more."""

from collections.abc import Sequence

from eventapp.accounts.actions import count_attempt
from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import HostOrganisation
from eventapp.accounts.throttle import lost_link_keys
from eventapp.foundation import clock
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.text import normalised_email
from eventapp.invitations import actions as invitation_actions
from eventapp.invitations import queries as invitation_queries
from eventapp.invitations.errors import NoMailWanted
from eventapp.invitations.models import Invitation
from eventapp.registrations import link_queries, mails, queries
from eventapp.registrations.errors import NoSuchStep
from eventapp.registrations.models import Registration
from eventapp.registrations.recipients import person_of, reader_of
from eventapp.registrations.signals import links_requested
from eventapp.registrations.states import RegistrationState

WITH_MAIL = frozenset(
    {RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.OFFERED}
)


def request_links(email: str, *, asked_from: str, locale: str) -> None:
    """Mail all live links of an address in one mail; nothing to a stranger's.

    Organisations do not read each other's mails, so each that knows the address sends its own.

    Does not say which of the two happened. Who has a registration gets its personal page; the
    invitation behind it can be reached from there, so an address that the guest uses no more gets
    neither. Raises TooManyAttempts, known or not, where the
    address is asked about too often, or somebody at `asked_from` asks about too many.
    """
    count_attempt(lost_link_keys(normalised_email(email), asked_from))
    with transaction():
        registrations = queries.live_registrations_of(email)
        invitations = _invitations_of(email)
        answered = {one.invitation_id for one in registrations}
        answered |= link_queries.answered_from_elsewhere(invitations, email)
        invitations = [one for one in invitations if one.id not in answered]
        links_requested.send(email, locale=locale)
        for host in _hosts(registrations, invitations):
            mails.queue_lost_links(
                host,
                [one for one in invitations if one.event.host_id == host.id],
                [one for one in registrations if one.event.host_id == host.id],
                email=normalised_email(email),
                locale=locale,
                at=clock.now(),
            )


def _invitations_of(email: str) -> list[Invitation]:
    """Those that went to the address, and those whose guests gave it since."""
    invitations = (
        *invitation_queries.live_links_of(email),
        *link_queries.invitations_answered_from(email),
    )
    return list(dict.fromkeys(invitations))


def _hosts(
    registrations: Sequence[Registration], invitations: Sequence[Invitation]
) -> list[HostOrganisation]:
    hosts = {one.event.host_id: one.event.host for one in registrations}
    hosts |= {one.event.host_id: one.event.host for one in invitations}
    return [hosts[id_] for id_ in sorted(hosts)]


def resend_confirmation(registration: Registration, *, by: Actor) -> None:
    """Mail confirmation or waiting-list notice again, with the personal link.

    Raises NoSuchStep for a registration that is neither.
    """
    with transaction():
        lock_columns(registration.event)
        queries.registrations_by_ids([registration.id])  # it may have been cancelled meanwhile
        if registration.state not in WITH_MAIL or not registration.email:
            raise NoSuchStep
        mails.queue_acceptance(registration)
        record_change(
            by,
            "registration.mail_sent",
            registration,
            scope=registration.event.scope,
            host_id=registration.event.host_id,
        )


def resend_link(invitation: Invitation, *, by: Actor) -> None:
    """Mail the same personal link again, in the language in which the guest answered.

    Who has given another address since gets it there: the link to the personal page, or, if they
    do not come, the one to answer. Raises NoAddress, NoMailWanted, and NoSuchStep for a withdrawn
    invitation.
    """
    reader, locale = reader_of(invitation), queries.language_of(invitation)
    if isinstance(reader, Registration) and reader.state in WITH_MAIL:
        if invitation_queries.objects_to_mail(invitation.event.host_id, reader.email):
            raise NoMailWanted
        resend_confirmation(reader, by=by)
        return
    email = person_of(reader).email
    invitation_actions.resend_link(invitation, by=by, locale=locale, email=email)


def close_links(registration: Registration) -> None:
    """Every link that is out opens nothing any more; in the transaction of a larger step."""
    registration.link_generation += 1
    if registration.invitation is not None:
        lock_columns(registration.invitation)
        registration.invitation.link_generation += 1
