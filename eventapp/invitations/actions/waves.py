"""Writing a wave of invitations, looking at it, and sending it once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts.models import Contact
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, expect_version, lock, transaction
from eventapp.foundation.message import Message, message
from eventapp.foundation.tokens import new_public_id
from eventapp.invitations import mails, queries
from eventapp.invitations.actions.readiness import check_can_go_out
from eventapp.invitations.errors import NoSuchStep, NotReadyToSend, WaveHasChanged
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.permissions import may_change_wave
from eventapp.invitations.requests import WaveDraft, WaveWords
from eventapp.invitations.selection import Selection, select_recipients
from eventapp.invitations.signals import room_asked
from eventapp.invitations.states import Channel, InvitationState, WaveState

SAMPLES = 3


@dataclass(frozen=True)
class WavePreview:
    """What sending would do: who is invited, who is not and why, and three of the mails.

    `problem` says why nothing can go out at the moment, if so; `room` what happens to whoever
    accepts, where not all of them would get a place.
    """

    selection: Selection
    samples: tuple[mails.Sample, ...]
    room: Sequence[Message]
    problem: Message | None


def draft_wave(event: Event, draft: WaveDraft, *, by: Actor) -> Wave:
    """Start a wave; nobody is invited yet."""
    with transaction():
        lock(event)
        wave = Wave(event=event, number=queries.last_wave_number(event) + 1, name=draft.name)
        db.session.add(wave)
        _write(wave, draft)
        record_change(
            by,
            "wave.drafted",
            wave,
            after={"name": wave.name},
            scope=event.scope,
            host_id=event.host_id,
        )
    return wave


def change_wave(wave: Wave, draft: WaveDraft, *, seen_version: int, by: Actor) -> None:
    """Change words, lists or deadline of a wave. Raises Stale, and NoSuchStep once it is sent."""
    with transaction():
        lock(wave)
        expect_version(wave, seen_version)
        if not may_change_wave(wave):
            raise NoSuchStep
        before = _summary(wave)
        _write(wave, draft)
        record_change(
            by,
            "wave.changed",
            wave,
            before=before,
            after=_summary(wave),
            scope=wave.event.scope,
            host_id=wave.event.host_id,
        )


def delete_wave(wave: Wave, *, seen_version: int, by: Actor) -> None:
    """Remove a wave of which nobody has heard. Raises Stale, and NoSuchStep once it is sent."""
    with transaction():
        lock(wave.event)
        lock(wave)
        expect_version(wave, seen_version)
        if not may_change_wave(wave):
            raise NoSuchStep
        record_change(
            by,
            "wave.deleted",
            wave,
            before={"name": wave.name},
            scope=wave.event.scope,
            host_id=wave.event.host_id,
        )
        db.session.delete(wave)


def _write(wave: Wave, draft: WaveDraft) -> None:
    wave.name, wave.uses_reserved = draft.name, draft.uses_reserved
    wave.companions_allowed = draft.companions_allowed
    write_words(wave, draft)
    wave.lists = list(queries.lists_by_ids(wave.event.host_id, draft.list_ids))


def write_words(wave: Wave, words: WaveWords) -> None:
    """Let the mails of a wave say this."""
    wave.subject_de, wave.body_de = words.subject_de, words.body_de
    wave.subject_en, wave.body_en = words.subject_en, words.body_en
    wave.reply_by_on = words.reply_by_on


def _summary(wave: Wave) -> dict[str, object]:
    return {
        "name": wave.name,
        "reply_by_on": wave.reply_by_on,
        "uses_reserved": wave.uses_reserved,
        "companions_allowed": wave.companions_allowed,
        "subject_de": wave.subject_de,
        "lists": ", ".join(one.name for one in wave.lists),
    }


def preview_wave(wave: Wave) -> WavePreview:
    """Who would be invited, who is left out and why, and the first three real mails."""
    selection = recipients_of(wave)
    ids = [one.contact_id for one in selection.chosen[:SAMPLES]]
    samples = tuple(mails.sample_mail(wave, contact) for contact in queries.contacts_by_ids(ids))
    room = words_about_room(wave, people=len(selection.chosen))
    try:
        check_can_go_out(wave)
    except NotReadyToSend as found:
        return WavePreview(selection, samples, room, found.text)
    return WavePreview(selection, samples, room, None)


def words_about_room(wave: Wave, *, people: int) -> list[Message]:
    """What happens to so many people if they accept; nothing where all would get a place."""
    if not people:
        return []
    return [said for _receiver, said in room_asked.send(wave, people=people) if said]


def recipients_of(wave: Wave) -> Selection:
    """Who would be invited now, and who is left out and why. Three statements."""
    return select_recipients(queries.candidates_of(wave), invited=queries.invited_to(wave.event))


def send_wave(wave: Wave, *, expected: int, by: Actor) -> int:
    """Invite everybody on the wave's lists who is not invited yet; returns how many.

    One transaction makes all invitations and queues all mails, so a crash leaves either nothing or
    everything. A wave that is sent already is left alone (0): a second click doubles nothing.
    `expected` is the number the preview named. Raises NotReadyToSend, WaveHasChanged.
    """
    with transaction():
        lock(wave.event)
        lock(wave)
        if wave.state is WaveState.SENT:
            return 0
        selection = recipients_of(wave)
        _check_ready(wave, selection, expected=expected)
        contacts = queries.contacts_by_ids([one.contact_id for one in selection.chosen])
        invitations = _invite(wave, contacts)
        mails.queue_invitations(wave, list(zip(contacts, invitations, strict=True)))
        wave.move_to(WaveState.SENT)
        wave.sent_at = clock.now()
        record_change(
            by,
            "wave.sent",
            wave,
            after={"invited": len(contacts)},
            scope=wave.event.scope,
            host_id=wave.event.host_id,
        )
    return len(contacts)


def _check_ready(wave: Wave, selection: Selection, *, expected: int) -> None:
    check_can_go_out(wave)
    if not selection.chosen:
        raise NotReadyToSend(message("There is nobody left on these lists to invite."))
    if len(selection.chosen) != expected:
        raise WaveHasChanged(seen=expected, now=len(selection.chosen))


def _invite(wave: Wave, contacts: Sequence[Contact]) -> list[mails.Link]:
    """Insert the invitations in bulk; the links are known before the rows have ids."""
    now = clock.now()
    links = [mails.Link(new_public_id(), 1) for _contact in contacts]
    db.session.execute(
        insert(Invitation),
        [
            {
                "event_id": wave.event_id,
                "wave_id": wave.id,
                "contact_id": contact.id,
                "public_id": link.public_id,
                "link_generation": link.generation,
                "channel": Channel.EMAIL,
                "state": InvitationState.SENT,
                "sent_at": now,
                "created_at": now,
                "reply_by_on": wave.answer_by,
                "companions_allowed": wave.companions_allowed,
                "note": "",
                "version": 1,
            }
            for contact, link in zip(contacts, links, strict=True)
        ],
    )
    return links
