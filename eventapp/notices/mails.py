"""Which mail of a notice goes to whom, with which values."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.foundation import mail_rendering
from eventapp.foundation.outbox import base_url, queue_mail
from eventapp.invitations.letters import Letter
from eventapp.invitations.mails import SAMPLE_LINK, address_of_person, frame_values, link_to
from eventapp.invitations.models import Invitation
from eventapp.notices import queries
from eventapp.notices.letters import Frame, frame_of, letter_to_guest, person_of
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeKind
from eventapp.registrations.mails import page_link
from eventapp.registrations.models import Registration

TEMPLATES = {
    NoticeKind.REMINDER: "notices/mail/reminder.txt",
    NoticeKind.PRACTICAL: "notices/mail/practical.txt",
}
Guest = Invitation | Registration


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


def _locale(guest: Guest) -> str:
    """The language in which the person answered, or is thought to read."""
    return guest.person.locale if isinstance(guest, Invitation) else guest.locale


def _link(guest: Guest) -> str:
    """The placeholder of the link to where the person answers, or finds everything again."""
    return link_to(guest) if isinstance(guest, Invitation) else page_link(guest)


def queue_notice(notice: Notice, ids: Sequence[int]) -> None:
    """The words to each of these people in their language."""
    event = notice.event
    frames: dict[str, Frame] = {}
    for guest in guests_by_ids(notice, ids):
        locale = _locale(guest)
        frame = frames.get(locale) or frame_of(notice, locale, base_url())
        frames[locale] = frame
        letter = letter_to_guest(frame, notice, guest, link=_link(guest), locale=locale)
        queue_mail(
            to=address_of_person(person_of(guest)),
            template=TEMPLATES[notice.kind],
            values=frame_values(event, letter),
            locale=locale,
            scope=event.scope,
            bulk=True,
            may_object=notice.kind is NoticeKind.REMINDER,
            dedupe_key=mark_of(notice, guest),
            reply_to=event.host.email or None,
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
    locale = _locale(guest)
    frame = frame_of(notice, locale, base_url())
    letter: Letter = letter_to_guest(frame, notice, guest, link=SAMPLE_LINK, locale=locale)
    values = frame_values(notice.event, letter)
    if notice.kind is NoticeKind.REMINDER:
        values["objection"] = SAMPLE_LINK
    mail = mail_rendering.render(TEMPLATES[notice.kind], values, locale)
    return Sample(guest.id, letter.addressee, locale, mail.subject, mail.text, mail.html)
