"""Which mail of a notice goes to whom, with which values."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.foundation import mail_rendering
from eventapp.foundation.outbox import base_url
from eventapp.invitations.letters import Letter
from eventapp.invitations.mails import SAMPLE_LINK, frame_values
from eventapp.notices import queries
from eventapp.notices.letters import Frame, frame_of, letter_to_guest
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeKind
from eventapp.registrations.mails import link_of, queue_to_guest
from eventapp.registrations.recipients import Guest, locale_of

TEMPLATES = {
    NoticeKind.REMINDER: "notices/mail/reminder.txt",
    NoticeKind.PRACTICAL: "notices/mail/practical.txt",
}


def mark_of(notice: Notice, guest: Guest) -> str:
    """By what a mail is told: the notice, and the invitation or registration it went to.

    The latter by its random name: numbers of deleted rows may be given again.
    """
    return f"notice:{notice.id}:{guest.public_id}"


def guests_by_ids(notice: Notice, ids: Sequence[int]) -> Sequence[Guest]:
    """The invitations, or registrations, with these ids."""
    if notice.kind is NoticeKind.REMINDER:
        return queries.invitations_by_ids(notice.event, ids)
    return queries.registrations_by_ids(notice.event, ids)


def queue_notice(notice: Notice, ids: Sequence[int]) -> None:
    """The words to each of these people in their language."""
    frames: dict[str, Frame] = {}
    for guest in guests_by_ids(notice, ids):
        locale = locale_of(guest)
        frame = frames.get(locale) or frame_of(notice, locale, base_url())
        frames[locale] = frame
        letter = letter_to_guest(frame, guest, link=link_of(guest), locale=locale)
        queue_to_guest(
            guest,
            TEMPLATES[notice.kind],
            {},
            letter=letter,
            bulk=True,
            may_object=notice.kind is NoticeKind.REMINDER,
            dedupe_key=mark_of(notice, guest),
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail as this person would get it, without a link that works."""

    person_id: int
    addressee: str
    locale: str
    subject: str
    text: str
    html: str


def samples(notice: Notice, ids: Sequence[int]) -> list[Sample]:
    """The very mails that these people would get, in both their parts."""
    guests = {guest.id: guest for guest in guests_by_ids(notice, ids)}
    return [_sample(notice, guests[one]) for one in ids if one in guests]


def _sample(notice: Notice, guest: Guest) -> Sample:
    locale = locale_of(guest)
    frame = frame_of(notice, locale, base_url())
    letter: Letter = letter_to_guest(frame, guest, link=SAMPLE_LINK, locale=locale)
    values = frame_values(notice.event, letter)
    if notice.kind is NoticeKind.REMINDER:
        values["objection"] = SAMPLE_LINK
    mail = mail_rendering.render(TEMPLATES[notice.kind], values, locale)
    return Sample(guest.id, letter.addressee, locale, mail.subject, mail.text, mail.html)
