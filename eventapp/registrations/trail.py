"""What happened to an invited person, in words, newest first: changes, and the mails that went out.

Whether somebody opened a mail or a link is not kept, so it cannot be told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eventapp.accounts.audit import ERASED, GUEST, SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.consents.words import ACTION_WORDS as CONSENT_STEPS
from eventapp.contacts.models import Contact
from eventapp.contacts.words import ACTION_WORDS as CONTACT_STEPS
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.mail_words import STATE_KINDS, STATE_WORDS
from eventapp.foundation.message import Message, message
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.return_reports import reason_in_words
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import invitations_of_contact
from eventapp.invitations.words import ACTION_WORDS as INVITATION_STEPS
from eventapp.registrations import trail_queries as queries
from eventapp.registrations.models import Registration
from eventapp.registrations.recipients import Guest, person_of, row_of
from eventapp.registrations.words import ACTION_WORDS as REGISTRATION_STEPS

STEP_WORDS = {**CONTACT_STEPS, **INVITATION_STEPS, **CONSENT_STEPS, **REGISTRATION_STEPS}
BY_STAFF = {
    "invitation.accepted": message("Accepted, noted by staff"),
    "invitation.declined": message("Declined, noted by staff"),
    "invitation.substituted": message("Substitute named, noted by staff"),
}
CAME_BACK = frozenset({"invitation.undeliverable", "contact.undeliverable"})
UNNAMED = message("Changed")
ERASED_WORD = message("deleted")
ACTORS = {GUEST: message("the guest"), SYSTEM: message("automatically")}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: when, by whom, what, and why if somebody said so.

    Of a mail also its name and state; `event` stands where several events are told of.
    """

    at: datetime
    who: str
    what: Message
    reason: str = ""
    action: str = ""
    scope: str = ""
    mail: str = ""
    state: MailState | None = None

    @property
    def state_words(self) -> Message | None:
        """What became of the mail."""
        return STATE_WORDS[self.state] if self.state else None

    @property
    def state_kind(self) -> str:
        """In which colour that is said."""
        return STATE_KINDS[self.state] if self.state else ""


def trail_of(subject: Invitation | Registration) -> list[Step]:
    """All about one invitation and what came of it, newest first. Five statements at most."""
    if isinstance(subject, Invitation):
        return _told([subject], queries.registrations_by([subject]))
    invitation = subject.invitation
    return _told([invitation] if invitation is not None else [], [subject])


def trail_of_contact(contact: Contact) -> list[Step]:
    """All about a person over all events, newest first. Six statements at most."""
    invitations = invitations_of_contact(contact)
    return _told(invitations, queries.registrations_of_contact(contact), contact)


def reason_of_return(steps: Iterable[Step]) -> str:
    """Why the latest mail came back, in words; empty where nobody knows."""
    return next((step.reason for step in steps if step.action in CAME_BACK), "")


def _told(
    invitations: Sequence[Invitation],
    registrations: Iterable[Registration],
    contact: Contact | None = None,
) -> list[Step]:
    registrations = list(registrations)
    rows: list[Invitation | Registration | Contact] = [*invitations, *registrations]
    rows += [contact] if contact is not None else []
    waves = {one.wave for one in invitations if one.wave and not _has_own_entry(one)}
    entries = queries.changes_about([*rows, *waves])
    sent = {entry.subject_id: entry for entry in entries if entry.action == "wave.sent"}
    steps = [_step(entry) for entry in entries if entry.subject_kind != "wave"]
    steps += [_first_step(one, sent) for one in invitations if str(one.wave_id) in sent]
    steps += [_mail_step(mail) for mail in _mails([*invitations, *registrations])]
    return sorted(steps, key=lambda step: step.at, reverse=True)[: queries.LIMIT]


def _mails(guests: Sequence[Guest]) -> list[OutboxMail]:
    """About these, and the lost links that somebody with the same address asked for."""
    if not guests:
        return []
    marks = [row_of(one) for one in guests]
    found = queries.mails_about(marks)
    emails = {*(one.to_email for one in found), *(person_of(one).email or "" for one in guests)}
    host_id = guests[0].event.host_id
    return [*found, *queries.lost_links_with_others(marks, host_id, emails)]


def _has_own_entry(invitation: Invitation) -> bool:
    """Whoever was not invited with a wave: their invitation was noted by itself."""
    standing = invitation.wave is not None and invitation.wave.is_standing
    return standing or invitation.substitute_id is not None


def _step(entry: AuditEntry) -> Step:
    who = str(ACTORS.get(entry.actor, entry.actor))
    what = STEP_WORDS.get(entry.action, UNNAMED)
    if entry.account_id is not None:
        what = BY_STAFF.get(entry.action, what)
    reason = str(ERASED_WORD) if entry.reason == ERASED else entry.reason
    step = Step(entry.at, who, what, reason, entry.action, entry.scope)
    if entry.action in CAME_BACK and entry.actor == SYSTEM:
        return replace(step, reason=str(reason_in_words(entry.reason)))
    return step


def _first_step(invitation: Invitation, sent: dict[str, AuditEntry]) -> Step:
    """Invited with a wave: the wave's entry says by whom."""
    entry, wave = sent[str(invitation.wave_id)], invitation.wave
    return Step(
        at=invitation.created_at,
        who=str(ACTORS.get(entry.actor, entry.actor)),
        what=message("Invited with “%(wave)s”", wave=wave.name if wave else ""),
        scope=entry.scope,
    )


def _mail_step(mail: OutboxMail) -> Step:
    came_back = mail.state is MailState.RETURNED
    return Step(
        at=mail.sent_at or mail.created_at,
        who=mail.to_email,
        what=message("Mail: %(subject)s", subject=mail.subject),
        reason=str(reason_in_words(mail.last_error)) if came_back else "",
        scope=mail.scope,
        mail=mail.public_id,
        state=mail.state,
    )
