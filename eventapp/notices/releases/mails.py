"""One mail to each person whom releases of the programme concern, with all that is new for them.

Whoever contributes and comes as a guest as well gets one mail, with what concerns them as either.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from eventapp.events.models import Event
from eventapp.foundation.i18n import localised, use_locale
from eventapp.foundation.message import message
from eventapp.foundation.outbox import base_url, link_placeholder
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.letters import letter_about, salutation_for
from eventapp.invitations.mails import address_of_person, queue_letter
from eventapp.notices.releases.models import ReleaseDigest, ReleaseTelling
from eventapp.programme.change_words import told
from eventapp.programme.comparing import SessionDifference
from eventapp.programme.concerned import Concerned
from eventapp.registrations.mails import page_link, queue_to_guest
from eventapp.registrations.models import Registration
from eventapp.registrations.recipients import locale_of

CHANGES = "notices/mail/changes.txt"


@dataclass
class Letters:
    """The mails of a digest. What all guests of a language read is made once."""

    digest: ReleaseDigest
    for_guests: Sequence[SessionDifference]
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def event(self) -> Event:
        """What they are about."""
        return self.digest.event

    def to_contributor(self, one: Concerned, *, as_guest: Registration | None) -> None:
        """Write to who contributes; with what guests read if they are one."""
        person, locale = one.contributor, one.contributor.locale
        more = () if as_guest is None else self.for_guests
        queue_letter(
            self.event,
            letter_about(self.event, locale, base_url()),
            CHANGES,
            {
                "salutation": salutation_for(person, locale),
                "lines": _lines(self.event, _once([*one.differences, *more]), locale, one.left),
                "contributes": True,
                "notes": self._notes(locale, [each for each in self.digest.tellings
                                              if each.contributors or (more and each.guests)]),
                "link": link_placeholder(
                    LinkKind.CONTRIBUTOR, person.public_id, person.link_generation
                ),
            },
            to=address_of_person(person),
            locale=locale,
            about=person.mails_about,
            bulk=True,
            dedupe_key=mark_of(self.digest, person.public_id),
        )  # fmt: skip

    def to_guest(self, guest: Registration) -> None:
        """Write to who has a place."""
        locale = locale_of(guest)
        if locale not in self._known:
            self._known[locale] = _lines(self.event, self.for_guests, locale)
        queue_to_guest(
            guest,
            CHANGES,
            {
                "lines": self._known[locale],
                "contributes": False,
                "notes": self._notes(locale, [one for one in self.digest.tellings if one.guests]),
                "link": page_link(guest),
            },
            bulk=True,
            dedupe_key=mark_of(self.digest, guest.public_id),
        )

    def _notes(self, locale: str, tellings: Sequence[ReleaseTelling]) -> tuple[str, ...]:
        """What organisers said to these releases, each once."""
        said = [localised(one.release, "note", locale) for one in tellings]
        return tuple(dict.fromkeys(filter(None, said)))


def mark_of(digest: ReleaseDigest, public_id: str) -> str:
    """By what a mail is told: the digest, and the random name of whom it went to."""
    return f"digest:{digest.id}:{public_id}"


def _once(differences: Iterable[SessionDifference]) -> list[SessionDifference]:
    return list({one.session_id: one for one in differences}.values())


def _lines(
    event: Event,
    differences: Sequence[SessionDifference],
    locale: str,
    left: Collection[int] = (),
) -> tuple[str, ...]:
    with use_locale(locale):
        return tuple(
            _gone(told(one, event.zone).name)
            if one.session_id in left
            else told(one, event.zone).sentence
            for one in differences
        )


def _gone(name: str) -> str:
    return str(message("%(session)s: you are no longer named there", session=name))
