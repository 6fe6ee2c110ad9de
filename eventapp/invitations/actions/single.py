"""Inviting one person, by the rules that hold for waves.

Such people belong to the event's standing wave, which is made when the first of them is invited.
Its words begin as those of the latest wave.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts.models import Contact
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, expect_version, lock, transaction
from eventapp.foundation.errors import NotFound
from eventapp.foundation.message import Message, message
from eventapp.invitations import mails, queries
from eventapp.invitations.actions.readiness import check_can_go_out
from eventapp.invitations.actions.waves import words_about_room, write_words
from eventapp.invitations.default_words import first_words
from eventapp.invitations.errors import CannotInvite, NotReadyToSend
from eventapp.invitations.models import STANDING, Invitation, Wave
from eventapp.invitations.requests import WaveWords
from eventapp.invitations.selection import Reason, select_recipients
from eventapp.invitations.states import InvitationState, WaveState
from eventapp.invitations.words import reason_label

NAME = message("Invited one by one")


@dataclass(frozen=True)
class PersonPreview:
    """What inviting a person would do: the mail, or why it cannot be sent."""

    wave: Wave
    mail: mails.Sample
    reason: Reason | None
    room: Sequence[Message]
    problem: Message | None


def preview_person(event: Event, contact: Contact) -> PersonPreview:
    """The real mail, whether the rules let this person in, and whether mails can go out at all."""
    wave = standing_wave(event)
    mail = mails.sample_mail(wave, contact)
    reason, room = _reason_against(event, contact), words_about_room(wave, people=1)
    try:
        check_can_go_out(wave)
    except NotReadyToSend as found:
        return PersonPreview(wave, mail, reason, room, found.text)
    return PersonPreview(wave, mail, reason, room, None)


def standing_wave(event: Event) -> Wave:
    """The wave for people invited one by one; a new one is not stored yet."""
    return queries.standing_wave(event) or _new_standing_wave(event)


def _new_standing_wave(event: Event) -> Wave:
    latest = queries.latest_wave(event)
    wave = Wave(event=event, number=STANDING, name=str(NAME), state=WaveState.SENDING)
    words = first_words(signed_by=event.signed_by or event.host.name, deadline=event.reply_by_on)
    write_words(wave, _words_of(latest) if latest else words)
    return wave


def _words_of(wave: Wave) -> WaveWords:
    return WaveWords(
        subject_de=wave.subject_de,
        body_de=wave.body_de,
        subject_en=wave.subject_en,
        body_en=wave.body_en,
        reply_by_on=wave.reply_by_on,
    )


def reasons_against(event: Event, contacts: Sequence[Contact]) -> dict[int, Reason | None]:
    """Why each contact (by id) is not to be invited, None where nothing is against it."""
    invited = queries.invited_to(event)
    candidates = queries.candidates_among(event.host_id, [contact.id for contact in contacts])
    return {
        one.contact_id: next(
            (left.reason for left in select_recipients([one], invited=invited).left_out), None
        )
        for one in candidates
    }


def _reason_against(event: Event, contact: Contact) -> Reason | None:
    """Raises NotFound for a contact that a colleague has deleted meanwhile."""
    reasons = reasons_against(event, [contact])
    if contact.id not in reasons:
        raise NotFound
    return reasons[contact.id]


def invite_person(event: Event, contact: Contact, *, by: Actor) -> Invitation:
    """Invite one person at once. Raises NotReadyToSend, and CannotInvite with the reason."""
    with transaction():
        lock(event)
        wave = standing_wave(event)
        check_can_go_out(wave)
        reason = _reason_against(event, contact)
        if reason is not None:
            raise CannotInvite(reason_label(reason))
        invitation = Invitation(
            event=event,
            wave=wave,
            contact=contact,
            state=InvitationState.SENT,
            sent_at=clock.now(),
            reply_by_on=wave.answer_by,
        )
        db.session.add(invitation)
        record_change(
            by,
            "invitation.sent",
            invitation,
            after={"state": invitation.state},
            scope=event.scope,
            host_id=event.host_id,
        )
        link = mails.Link(invitation.public_id, invitation.link_generation)
        mails.queue_invitations(wave, [(contact, link)])
    return invitation


def change_standing_words(event: Event, words: WaveWords, *, seen_version: int, by: Actor) -> None:
    """Let people invited one by one read these words from now on. Raises Stale."""
    with transaction():
        lock(event)
        wave = standing_wave(event)
        if wave.id is None:
            db.session.add(wave)
        else:
            lock(wave)
            expect_version(wave, seen_version)
        before = {"subject_de": wave.subject_de, "reply_by_on": wave.reply_by_on}
        write_words(wave, words)
        record_change(
            by,
            "wave.changed",
            wave,
            before=before,
            after={"subject_de": wave.subject_de, "reply_by_on": wave.reply_by_on},
            scope=event.scope,
            host_id=event.host_id,
        )
