"""The demo's panel has a list of those who could follow."""

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.programme.casting.actions import add_candidate
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.queries import contributors_of, sessions_of
from eventapp.programme.states import NAMED_IN_PUBLIC

CANDIDATES = 2


def load_casting(event: Event, *, by: Account) -> None:
    """For the last place on each panel, the first of those who are on none."""
    for session in sessions_of(event):
        places = [part for part in session.contributions if part.role is Role.PANEL]
        if session.kind is not SessionKind.PANEL or not places:
            continue
        there = {part.contributor_id for part in session.contributions}
        free = [one for one in contributors_of(event) if one.id not in there]
        if places[-1].state in NAMED_IN_PUBLIC:
            for person in free[:CANDIDATES]:
                add_candidate(places[-1], person.id, by=by)
