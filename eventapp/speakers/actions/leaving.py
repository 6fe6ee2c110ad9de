"""A contributor has everything about them deleted; what goes when the programme forgets them."""

from eventapp.foundation.database import db, lock, transaction
from eventapp.programme.actions import forget_contributor, remove_contributor, take_out
from eventapp.programme.models import Contributor
from eventapp.programme.signals import contributor_leaves
from eventapp.speakers import queries
from eventapp.speakers.actions.files import forget_files
from eventapp.speakers.errors import StillAGuest
from eventapp.speakers.guest_queries import guest_behind
from eventapp.speakers.permissions import takes_place
from eventapp.speakers.states import CONTRIBUTOR


def delete_me(person: Contributor) -> None:
    """Take the person out of all sessions and forget them.

    After the event their name stays in the programme that everybody has read, and nothing else.
    Raises StillAGuest.
    """
    with transaction():
        lock(person.event)
        lock(person)
        if guest_behind(person) is not None:
            raise StillAGuest
        if not takes_place(person.event):
            forget_contributor(person)
            return
        for part in list(person.contributions):
            take_out(part, by=CONTRIBUTOR)
        db.session.flush()
        db.session.refresh(person)
        remove_contributor(person, by=CONTRIBUTOR)


@contributor_leaves.connect
def forget_what_is_ours(person: Contributor) -> None:
    """Files at once, with their rows; the other rows go with the person or here."""
    forget_files(person)
    for row in (
        queries.sheet_of(person),
        queries.needs_of(person),
        *queries.colleagues_of(person).values(),
    ):
        if row is not None:
            db.session.delete(row)
    person.link_generation += 1
    db.session.flush()
