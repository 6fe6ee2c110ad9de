"""Stopping a wave that goes out, letting it go on, or taking back what has not left."""

from collections.abc import Sequence

from eventapp.accounts.audit import Actor, record_change
from eventapp.foundation import clock
from eventapp.foundation.database import after_commit, db, lock, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.wake import wake_worker
from eventapp.invitations import queries
from eventapp.invitations.errors import NoSuchStep
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.states import UNANSWERED, WaveState


def stop_wave(wave: Wave, *, by: Actor) -> int:
    """Hold back every mail of the wave that has not left; returns how many.

    The worker looks at least once a second whether it may go on. Raises NoSuchStep before the wave
    is sent.
    """
    with transaction():
        lock(wave)
        if wave.state is not WaveState.PAUSED:
            wave.move_to(WaveState.PAUSED)
        mails = queries.unsent_mails_of(wave.batch)
        for mail in mails:
            mail.state = MailState.STOPPED
        _note(wave, "wave.stopped", len(mails), by=by)
    return len(mails)


def continue_wave(wave: Wave, *, by: Actor) -> int:
    """Let go what was held back, to those who still want it and have not answered; returns how
    many. Raises NoSuchStep for a wave that is not stopped."""
    with transaction():
        lock(wave)
        _go_on(wave)
        mails = _wanted(wave, queries.stopped_mails(wave.batch))
        for mail in mails:
            mail.state, mail.lease_id, mail.leased_until = MailState.QUEUED, "", None
            mail.next_attempt_at = clock.now()
        after_commit("wake worker", wake_worker)
        _note(wave, "wave.continued", len(mails), by=by)
    return len(mails)


def take_back_unsent(wave: Wave, *, by: Actor) -> int:
    """Undo the invitations whose mails were held back, as if they had never been; returns how many.

    Who has answered all the same keeps the invitation. Raises NoSuchStep.
    """
    with transaction():
        lock(wave)
        _go_on(wave)
        mails = {mail.about: mail for mail in queries.stopped_mails(wave.batch)}
        invitations = [
            one
            for one in queries.invitations_about(list(mails))
            if one.state in UNANSWERED and one.replied_at is None
        ]
        for invitation in invitations:
            mails[queries.about(invitation)].state = MailState.RECALLED
            db.session.delete(invitation)
        _note(wave, "wave.taken_back", len(invitations), by=by)
    return len(invitations)


def _go_on(wave: Wave) -> None:
    if wave.state is not WaveState.PAUSED:
        raise NoSuchStep
    wave.move_to(WaveState.SENT)


def _wanted(wave: Wave, mails: Sequence[OutboxMail]) -> list[OutboxMail]:
    invitations = {queries.about(one): one for one in _invited(mails)}
    unwanted = queries.unwanted_among(wave.event, invitations.values())
    return [
        mail
        for mail in mails
        if (one := invitations.get(mail.about)) is not None
        and one.id not in unwanted
        and one.state in UNANSWERED
    ]


def _invited(mails: Sequence[OutboxMail]) -> Sequence[Invitation]:
    return queries.invitations_about([mail.about for mail in mails])


def _note(wave: Wave, step: str, count: int, *, by: Actor) -> None:
    record_change(
        by,
        step,
        wave,
        after={"mails": count},
        scope=wave.event.scope,
        host_id=wave.event.host_id,
    )
