"""Which mail about a registration goes to whom, with which values."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Unpack

from eventapp.accounts.models import HostOrganisation
from eventapp.events.calendar_entry import event_calendar_file
from eventapp.events.models import Event
from eventapp.foundation.message import Message
from eventapp.foundation.outbox import Address, Attachment, base_url, link_placeholder, queue_mail
from eventapp.foundation.text import normalised_email
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.letters import Letter, letter_about
from eventapp.invitations.mails import Envelope, frame_values, link_to, queue_letter
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import party_queries, queries
from eventapp.registrations.asked import told_by_mail
from eventapp.registrations.models import Registration
from eventapp.registrations.party import company_words
from eventapp.registrations.permissions import may_hand_over
from eventapp.registrations.recipients import (
    LINKS,
    Guest,
    links_key,
    locale_of,
    person_of,
    reader_of,
    row_of,
    salutation_of,
)
from eventapp.registrations.states import RegistrationState

CALENDAR_NAMES = {"de": "termin.ics", "en": "event.ics"}
QUIET_MINUTES = 10
KEPT_FILES = 32
OWN = frozenset(
    {"salutation", "for_whom", "link", "company", "guest", "substitute", "registrant", "code"}
)
"""What differs from reader to reader: templates write it out, and ask at most if it is empty."""

_kept_files: dict[tuple[object, ...], bytes] = {}


def page_link(registration: Registration) -> str:
    """The placeholder of the link to the personal page; before that exists, to confirm."""
    unconfirmed = registration.state is RegistrationState.UNCONFIRMED
    kind = LinkKind.CONFIRMATION if unconfirmed else LinkKind.REGISTRATION
    return link_placeholder(kind, registration.public_id, registration.link_generation)


def link_of(guest: Guest) -> str:
    """The placeholder of the link to where the person answers, or finds everything again."""
    return link_to(guest) if isinstance(guest, Invitation) else page_link(guest)


def queue_to_guest(
    guest: Guest,
    template: str,
    values: Mapping[str, Any],
    *,
    locale: str = "",
    email: str | None = None,
    letter: Letter | None = None,
    **envelope: Unpack[Envelope],
) -> None:
    """Write to whoever is invited or registered; who has no address was told by phone.

    In their language or `locale`, to their address or `email`; a `letter` has words of its own.
    """
    person, locale = person_of(guest), locale or locale_of(guest)
    address = person.email if email is None else email
    if not address:
        return
    values = {"salutation": salutation_of(guest, locale), "for_whom": _for_whom(guest), **values}
    own = OWN if letter is None else frozenset()  # a letter is the reader's own in every line
    queue_letter(
        guest.event,
        letter or letter_about(guest.event, locale, base_url()),
        template,
        {name: value for name, value in values.items() if name not in own},
        own={name: value for name, value in values.items() if name in own},
        to=Address(address, person.full_name),
        locale=locale,
        about=row_of(guest),
        **envelope,
    )


def _for_whom(guest: Guest) -> str:
    """Whose mail it is, where it goes to the colleague who registered them; else nothing."""
    registrant = party_queries.registrant_of(guest) if isinstance(guest, Registration) else None
    shared = registrant is not None and registrant.email_key == normalised_email(
        person_of(guest).email
    )
    return person_of(guest).full_name if shared else ""


def queue_about(
    guest: Guest,
    kind: str,
    /,
    *,
    locale: str = "",
    attachments: Sequence[Attachment] = (),
    may_object: bool = False,
    **values: Any,
) -> None:
    """The mail of this kind, with these values."""
    template = f"registrations/mail/{kind}.txt"
    queue_to_guest(
        guest, template, values, locale=locale, attachments=attachments, may_object=may_object
    )


def queue_acceptance(registration: Registration, *, again: Message | str = "") -> None:
    """What an acceptance led to: a place, or a spot in the queue; `again` is what to say anew."""
    if registration.state is RegistrationState.CONFIRMED:
        _queue_confirmation(registration, moved_up=False, again=again)
    elif registration.state is RegistrationState.OFFERED:
        queue_offer(registration)
    elif registration.state is RegistrationState.WAITING:
        queue_about(
            registration,
            "waiting",
            link=page_link(registration),
            invited=registration.invitation_id is not None,
            rank=queries.rank_of(registration),
            again=again,
            **_party(registration.company),
        )


def _party(company: Sequence[Registration]) -> dict[str, Any]:
    """For how many people a mail is, and who they are."""
    return {"places": 1 + len(company), "company": company_words(company)}


def queue_offer(registration: Registration) -> None:
    """A place became free and is held for this person until the deadline."""
    _queue_about_offer(registration, "offer")


def queue_lapse(registration: Registration) -> None:
    """The deadline is over, the place is gone; how to get back in line."""
    _queue_about_offer(registration, "lapse")


def _queue_about_offer(registration: Registration, template: str) -> None:
    queue_about(
        registration,
        template,
        link=page_link(registration),
        until=registration.offered_until,
        **_party([one for one in registration.companions if one.state is registration.state]),
        zone=registration.event.zone,
        asks_once_more=registration.event.waiting_list,
        **told_by_mail(registration),
    )


def queue_promotion(registration: Registration) -> None:
    """A place became free and is now this person's."""
    _queue_confirmation(registration, moved_up=True)


def _queue_confirmation(
    registration: Registration, *, moved_up: bool, again: Message | str = ""
) -> None:
    event, locale = registration.event, registration.locale
    calendar = Attachment(CALENDAR_NAMES[locale], "text/calendar", _calendar_file(event, locale))
    queue_about(
        registration,
        "confirmation",
        link=page_link(registration),
        invited=registration.invitation_id is not None,
        moved_up=moved_up,
        again=again,
        may_hand_over=may_hand_over(registration),
        **_party(registration.company),
        attachments=[calendar],
        **told_by_mail(registration),
    )


def _calendar_file(event: Event, locale: str) -> bytes:
    """The event's entry; made once for each change of the event, as many guests get the same."""
    key = (event.uid, event.revision, event.last_modified_at, locale, base_url())
    file = _kept_files.get(key)
    if file is None:
        if len(_kept_files) >= KEPT_FILES:
            _kept_files.clear()  # another thread may still hold what it has found
        file = _kept_files[key] = event_calendar_file(event, locale, base_url())
    return file


def queue_party_change(registration: Registration) -> None:
    """For whom the registration is now, after staff has added or taken off a companion."""
    queue_about(
        registration,
        "party",
        link=page_link(registration),
        state=registration.state.value,
        **_party(registration.company),
    )


def queue_regret(
    invitation: Invitation, company: Sequence[Registration] = (), *, locale: str
) -> None:
    """Thanks for telling us; the link still changes the answer. `company` does not come either."""
    queue_about(
        reader_of(invitation),
        "regret",
        locale=locale,
        may_object=True,
        link=link_to(invitation),
        invited=True,
        company=company_words(company),
    )


def queue_correction(invitation: Invitation, noted: InvitationState) -> None:
    """What staff had noted was a mistake of ours: how things stand, and the link to answer."""
    queue_about(
        reader_of(invitation),
        "correction",
        locale=queries.language_of(invitation),
        link=link_to(invitation),
        said_yes=noted is InvitationState.ACCEPTED,
    )


def queue_cancellation(registration: Registration, company: Sequence[Registration] = ()) -> None:
    """The same for a place that was given up; who was not invited returns by the personal page."""
    invitation = registration.invitation
    queue_about(
        registration,
        "regret",
        may_object=True,
        link=link_to(invitation) if invitation else page_link(registration),
        invited=invitation is not None,
        company=company_words(company),
    )


def queue_lost_links(
    host: HostOrganisation,
    invitations: Sequence[Invitation],
    registrations: Sequence[Registration],
    *,
    email: str,
    locale: str,
    at: datetime,
) -> None:
    """All links of one address that this organisation gave; one mail in ten minutes at most."""
    period = int(at.timestamp()) // (QUIET_MINUTES * 60)
    events = {one.event for one in invitations} | {one.event for one in registrations}
    in_order = sorted(events, key=lambda event: (event.starts_at, event.id))
    parts = [_links_for(event, invitations, registrations, locale) for event in in_order]
    first, letter, scope = in_order[0], parts[0]["letter"], in_order[0].scope
    if len(parts) > 1:  # speaks of no single event, so nobody's team signs it
        letter, scope = replace(letter, signed_by=""), f"host:{host.id}"
    funding = " ".join(dict.fromkeys(part["letter"].funding for part in parts)).strip()
    queue_mail(
        to=Address(email, ""),
        template=LINKS,
        values={**frame_values(first, letter), "funding": funding, "parts": parts},
        locale=locale,
        scope=scope,
        reply_to=host.email or None,
        dedupe_key=f"{links_key(host.id, email)}{period}",
    )


def _links_for(
    event: Event,
    invitations: Sequence[Invitation],
    registrations: Sequence[Registration],
    locale: str,
) -> dict[str, Any]:
    """One event of that mail: what it is, and the names with their links."""
    registered = [one for one in registrations if one.event_id == event.id]
    invited = [one for one in invitations if one.event_id == event.id]
    return {
        "letter": letter_about(event, locale, base_url()),
        "entries": [
            *(
                {
                    "name": one.full_name,
                    "link": page_link(one),
                    "unconfirmed": one.state is RegistrationState.UNCONFIRMED,
                }
                for one in registered
            ),
            *({"name": one.person.full_name, "link": link_to(one)} for one in invited),
        ],
    }
