"""Where to go in the demo: printed for people, written to demo.json for programs."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eventapp.cli.demo.events import MAIN, SMALL
from eventapp.cli.demo.people import COLLEAGUES
from eventapp.events.models import Event
from eventapp.events.queries import event_by_slug
from eventapp.foundation.database import db
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import replies
from eventapp.invitations.replies import ReplyFilter, ReplyGroup
from eventapp.programme.models import Contributor
from eventapp.registrations.guest_queries import guests_wanted
from eventapp.registrations.guests import GuestFilter, GuestGroup
from eventapp.registrations.models import Registration
from eventapp.speakers.event_queries import handed_in

FILE = "demo.json"
SHOWN = 3


def known_password(folder: Path) -> str | None:
    """The password of an earlier start; the data keeps only its hash."""
    file = folder / FILE
    if not file.exists():
        return None
    signin: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["signin"]
    return str(signin["organiser"]["password"])


def write_addresses(
    folder: Path, base_url: str, password: str, *, say: Callable[[str], None]
) -> None:
    """Write demo.json and print the addresses with which to begin."""
    events = [event for words in (SMALL, MAIN) if (event := event_by_slug(words.slug))]
    addresses = _addresses(events, base_url, password)
    text = json.dumps(addresses, ensure_ascii=False, indent=2)
    file = folder / FILE
    file.touch(mode=0o600)
    file.write_text(text + "\n", encoding="utf-8")
    organiser = addresses["signin"]["organiser"]
    say("")
    say(f"Öffentliche Seite     {addresses['events'][-1]['public']}")
    say(f"Persönlicher Link     {addresses['invitations'][0]}")
    for link in addresses["contributors"][:1]:
        say(f"Seite Mitwirkende     {link}")
    say(f"Anmeldung Verwaltung  {addresses['signin']['url']}")
    say(f"                      {organiser['email']}  {organiser['password']}")
    say("")


def _addresses(events: Sequence[Event], base_url: str, password: str) -> dict[str, Any]:
    small, *full = (list(_unanswered(event)) for event in events)
    unanswered = small[: SHOWN - len(full)] + [one for rows in full for one in rows[:1]]
    registered = [one for event in events for one in _registered(event)][:SHOWN]
    return {
        "events": [
            {
                "slug": event.slug,
                "public": f"{base_url}/e/{event.slug}/",
                "register": f"{base_url}/e/{event.slug}/register",
                "calendar": f"{base_url}/e/{event.slug}/calendar.ics",
            }
            for event in events
        ],
        "invitations": [_link(base_url, LinkKind.INVITATION, one) for one in unanswered],
        "registrations": [_link(base_url, LinkKind.REGISTRATION, one) for one in registered],
        "contributors": [
            _link(base_url, LinkKind.CONTRIBUTOR, one)
            for event in events
            for one in _contributing(event)
        ][-SHOWN:],
        "signin": {"url": f"{base_url}/organise/signin"}
        | {
            role.value: {"email": email, "password": password}
            for role, (email, _name) in COLLEAGUES.items()
        },
        "outbox": f"{base_url}/organise/{events[0].slug}/mails",
    }


def _unanswered(event: Event) -> Sequence[Invitation]:
    return replies(event, ReplyFilter(group=ReplyGroup.UNANSWERED), 1).rows


def _registered(event: Event) -> Sequence[Registration]:
    wanted = guests_wanted(event, GuestFilter(group=GuestGroup.CONFIRMED))
    return db.session.scalars(wanted.limit(SHOWN)).all()


def _contributing(event: Event) -> Sequence[Contributor]:
    """Who takes part in something; first who has handed in most."""
    return [one.contributor for one in handed_in(event)][:1]


def _link(base_url: str, kind: LinkKind, row: Invitation | Registration | Contributor) -> str:
    return f"{base_url}/{kind.value}/{sign(kind, row.public_id, row.link_generation)}"
