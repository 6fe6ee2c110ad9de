"""Entries in the trail of changes: who said what for whom, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import AuditEntry
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions.asking import choices_follow
from eventapp.registrations.models import Registration
from eventapp.registrations.requests import Mailing
from eventapp.registrations.states import RegistrationState

INHERITED = "registration.inherited"
HANDED_OVER = "registration.handed_over"
RETURNED = "registration.returned"
MOVED_UP = "registration.moved_up"
OFFER_DECLINED = "registration.offer_declined"
LINE_AGAIN = "registration.line_again"
BROUGHT = "registration.brought"
COMPANION_ADDED = "registration.companion_added"
COMPANION_REMOVED = "registration.companion_removed"
COMPANION_NAMED = "registration.companion_named"
CANCELLED = "registration.cancelled"
BEGUN_BY_MISTAKE = "registration.begun_by_mistake"
RESTORED = "registration.restored"
TAKEN_BACK = "invitation.reply_taken_back"
REINSTATED = "invitation.reinstated"
MERGED = "registration.merged"
ABSORBED = "registration.absorbed"
PROPOSED = "registration.substitute_proposed"
PROPOSAL_WITHDRAWN = "registration.proposal_withdrawn"
PROPOSAL_DECLINED = "registration.proposal_declined"
TOLD_APART = "registration.told_apart"
LOOKED_AGAIN = "registration.looked_again"
WITHOUT_EFFECT = frozenset(
    {
        "registration.mail_sent",
        "registration.asked_again",
        "registration.link_renewed",
        "invitation.link_renewed",
    }
)
"""Steps that change nothing of their subject, so that what was before them can be undone still."""
UNTOLD = "mail"
"""What the trail's entry of a reply or a cancellation holds where the guest got no mail."""


def _told(mailing: Mailing) -> dict[str, Mailing]:
    return {UNTOLD: mailing} if mailing is Mailing.NONE else {}


def was_told(step: AuditEntry) -> bool:
    """Whether the guest got a mail about this step, so that one is due when it is taken back."""
    return step.after.get(UNTOLD) != Mailing.NONE


def note_reply(
    invitation: Invitation,
    before: InvitationState,
    *,
    by: Actor,
    note: str = "",
    mailing: Mailing = Mailing.SENT,
) -> None:
    """What the invited person replied, and if they were not told by mail that it is noted."""
    record_change(
        by,
        f"invitation.{invitation.state}",
        invitation,
        before={"state": before},
        after={"state": invitation.state} | _told(mailing),
        reason=note,
        scope=invitation.event.scope,
        host_id=invitation.event.host_id,
    )


def note_step(
    registration: Registration,
    before: RegistrationState | None,
    *,
    by: Actor,
    reason: str = "",
    step: str | None = None,
    waited_since: datetime | None = None,
    mailing: Mailing = Mailing.SENT,
) -> None:
    """What became of a registration; the step is named after its new state unless told.

    Every step comes through here, so this is where limited choices follow the place.
    `waited_since` is the place in line that it had before, and lost; `mailing` says if the guest
    was not told.
    """
    left = {"waiting_since": waited_since} if waited_since else {}
    _record(registration, before, left, by=by, reason=reason, step=step, mailing=mailing)
    choices_follow(registration, before)


def note_together(
    party: Sequence[Registration],
    before: RegistrationState,
    *,
    by: Actor,
    reason: str = "",
    step: str | None = None,
) -> None:
    """What became of a party, in the history of each: the main guest's first, who chose for all."""
    main, *company = party
    note_step(main, before, by=by, reason=reason, step=step)
    for one in company:
        _record(one, before, {}, by=by, reason=reason, step=step)


def _record(
    registration: Registration,
    before: RegistrationState | None,
    left: Mapping[str, datetime],
    *,
    by: Actor,
    reason: str,
    step: str | None,
    mailing: Mailing = Mailing.SENT,
) -> None:
    record_change(
        by,
        step or f"registration.{registration.state}",
        registration,
        before={"state": before, **left} if before else None,
        after={"state": registration.state} | _told(mailing),
        reason=reason,
        scope=registration.event.scope,
        host_id=registration.event.host_id,
    )


def note_party(companion: Registration, step: str, *, by: Actor, reason: str = "") -> None:
    """What happened to a companion, in the history of whom they come with.

    By number: whoever leaves should not stay in the trail by name.
    """
    main = companion.main
    if main is not None:
        record_change(
            by,
            step,
            main,
            after={"companion": companion.number},
            reason=reason,
            scope=main.event.scope,
            host_id=main.event.host_id,
        )
