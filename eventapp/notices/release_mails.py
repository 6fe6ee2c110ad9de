"""One mail to each person whom a release of the programme concerns, with all that is new for them.

Whoever contributes and comes as a guest as well gets one mail, with what concerns them as either.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.foundation.i18n import localised, use_locale
from eventapp.foundation.message import message
from eventapp.foundation.outbox import base_url
from eventapp.foundation.text import normalised_email
from eventapp.invitations.letters import letter_about, salutation_for
from eventapp.invitations.mails import address_of_person, queue_letter
from eventapp.programme.change_words import ReleaseNote, told
from eventapp.programme.comparing import SessionDifference
from eventapp.programme.concerned import Concerned
from eventapp.registrations.mails import page_link, queue_to_guest
from eventapp.registrations.models import Registration
from eventapp.registrations.person_keys import name_key_of
from eventapp.registrations.recipients import locale_of

CHANGES = "notices/mail/changes.txt"


@dataclass(frozen=True)
class Digest:
    """What a release means for people: which one, what organisers say to it, and who is told."""

    event: Event
    number: int
    note: ReleaseNote
    contributors: Sequence[Concerned]
    guests: Sequence[Registration]
    for_guests: Sequence[SessionDifference]


def queue_digests(digest: Digest) -> int:
    """A mail to everybody, in their language, in the release's transaction; gives how many."""
    both = {_likeness(one) for one in digest.guests} & {
        _likeness(one.contributor) for one in digest.contributors
    }
    for one in digest.contributors:
        _tell_contributor(digest, one, as_guest=both)
    guests = [one for one in digest.guests if _likeness(one) not in both]
    texts = {
        locale: _lines(digest, digest.for_guests, locale) for locale in set(map(locale_of, guests))
    }
    for guest in guests:
        _tell_guest(digest, guest, texts[locale_of(guest)], locale_of(guest))
    return len(digest.contributors) + len(guests)


def _likeness(person: PersonColumns) -> tuple[str, str]:
    return normalised_email(person.email or ""), name_key_of(person)


def _tell_contributor(
    digest: Digest, one: Concerned, *, as_guest: Collection[tuple[str, str]]
) -> None:
    person, locale = one.contributor, one.contributor.locale
    more = digest.for_guests if _likeness(person) in as_guest else ()
    queue_letter(
        digest.event,
        letter_about(digest.event, locale, base_url()),
        CHANGES,
        {
            "salutation": salutation_for(person, locale),
            "lines": _lines(digest, _once([*one.differences, *more]), locale, left=one.left),
            "contributes": True,
            "note": localised(digest.note, "note", locale),
            "link": "",
        },
        to=address_of_person(person),
        locale=locale,
        about=person.mails_about,
        bulk=True,
        dedupe_key=_key(digest, person.public_id),
    )


def _tell_guest(digest: Digest, guest: Registration, lines: Sequence[str], locale: str) -> None:
    queue_to_guest(
        guest,
        CHANGES,
        {
            "lines": lines,
            "contributes": False,
            "note": localised(digest.note, "note", locale),
            "link": page_link(guest),
        },
        bulk=True,
        dedupe_key=_key(digest, guest.public_id),
    )


def _key(digest: Digest, public_id: str) -> str:
    return f"release:{digest.event.id}:{digest.number}:{public_id}"


def _once(differences: Iterable[SessionDifference]) -> list[SessionDifference]:
    return list({one.session_id: one for one in differences}.values())


def _lines(
    digest: Digest,
    differences: Sequence[SessionDifference],
    locale: str,
    *,
    left: Collection[int] = (),
) -> tuple[str, ...]:
    with use_locale(locale):
        return tuple(
            _gone(told(one, digest.event.zone).name)
            if one.session_id in left
            else told(one, digest.event.zone).sentence
            for one in differences
        )


def _gone(name: str) -> str:
    return str(message("%(session)s: you are no longer named there", session=name))
