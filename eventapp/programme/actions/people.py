"""Contributors: who they are, when they can be there, and whether they have agreed."""

from collections.abc import Sequence, Set
from dataclasses import asdict, replace

from sqlalchemy import delete

from eventapp.accounts.audit import SYSTEM, Actor
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message
from eventapp.foundation.outbox import OutboxMail
from eventapp.programme.actions.changes import (
    ContributorChange,
    differences,
    refuse_stale,
    write,
)
from eventapp.programme.actions.correcting import forget_person, is_named_now, rename_person
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.actions.surroundings import Surroundings, locked_surroundings
from eventapp.programme.errors import KeyTaken, StillInvolved
from eventapp.programme.keys import free_key
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.signals import contributor_leaves
from eventapp.programme.states import ContributorState

SHOWN = frozenset(
    {"title", "first_name", "last_name", "name_suffix", "position", "organisation_name"}
)
"""Columns that stand on the public page."""


def add_contributor(event: Event, change: ContributorChange, *, by: Actor) -> Contributor:
    """A person who may then be given parts in sessions."""
    with transaction():
        return add_contributors(locked_surroundings(event), [change], by=by)[0]


def add_contributors(
    around: Surroundings, changes: Sequence[ContributorChange], *, by: Actor
) -> list[Contributor]:
    """Many people at once; call it inside the transaction in which `around` was read."""
    people = []
    for wanted in changes:
        change = _checked(wanted, around.contributor_keys, known_key="")
        around.contributor_keys.add(change.key)
        people.append(Contributor(event=around.event, **asdict(change)))
    db.session.add_all(people)
    db.session.flush()
    around.contributors |= {person.id: person for person in people}
    for person in people:
        note(by, "contributor.added", person, around.event, name=person.name)
    return people


def change_contributor(
    contributor: Contributor,
    change: ContributorChange,
    *,
    seen: int,
    by: Actor,
    around: Surroundings | None = None,
) -> None:
    """Change what is known of a person; where everybody reads the name, it is corrected at once."""
    event = contributor.event
    with transaction():
        around = around or locked_surroundings(event)
        lock(contributor)
        change = _checked(change, around.contributor_keys, known_key=contributor.key)
        different = differences(contributor, change)
        refuse_stale(contributor, seen, different)
        if not different:
            return
        write(contributor, different)
        if SHOWN & different.keys():
            rename_person(contributor, by=by)
        note(by, "contributor.changed", contributor, event, different=different)


def remove_contributor(contributor: Contributor, *, by: Actor) -> None:
    """Forget a person who has no part in any session. Raises StillInvolved for others."""
    event = contributor.event
    with transaction():
        lock(event)
        lock(contributor)
        if contributor.contributions:
            raise StillInvolved
        note(by, "contributor.removed", contributor, event, name=contributor.name)
        forget_person(contributor, by=by)
        _forget_mails(contributor)
        db.session.delete(contributor)


def forget_contributor(contributor: Contributor) -> None:
    """Of a programme that is over: a name that everybody reads stays, and nothing else."""
    with transaction():
        lock(contributor)
        _forget_mails(contributor)
        if not is_named_now(contributor):
            forget_person(contributor, by=SYSTEM)
            db.session.delete(contributor)
            return
        contributor.contact_id = contributor.available_from = contributor.available_until = None
        contributor.biography_de = contributor.biography_en = ""
        contributor.email = contributor.phone = ""


def _forget_mails(contributor: Contributor) -> None:
    """What went to them about their sessions; what has not gone out stays here. And what slices
    above keep of them."""
    contributor_leaves.send(contributor)
    db.session.execute(
        delete(OutboxMail).where(OutboxMail.about == contributor.mails_about),
        execution_options={"synchronize_session": False},
    )


def set_contribution_state(
    contribution: Contribution, state: ContributorState, *, by: Actor
) -> None:
    """Note that a person has been asked, has agreed, declined, or dropped out.

    Raises NotNow where no arrow leads there.
    """
    session = contribution.session
    with transaction():
        lock(session.event)
        lock(session)
        lock(contribution)
        before = contribution.state
        if state is before:
            return
        contribution.move_to(state)
        touch_session(session)
        note(
            by,
            "contribution.changed",
            contribution,
            session.event,
            different={"state": (before, state)},
        )


def take_out(contribution: Contribution, *, by: Actor) -> None:
    """End a person's part in a session; the person stays among the contributors."""
    session = contribution.session
    with transaction():
        lock(session.event)
        lock(session)
        note(
            by,
            "contribution.removed",
            contribution,
            session.event,
            name=contribution.contributor.name,
        )
        session.contributions.remove(contribution)
        touch_session(session)


def _checked(change: ContributorChange, taken: Set[str], *, known_key: str) -> ContributorChange:
    start, end = change.available_from, change.available_until
    if start and end and end <= start:
        raise Invalid("until", message("The end must come after the start."))
    if not change.key:
        return replace(change, key=known_key or free_key("M", taken))
    if change.key != known_key and change.key in taken:
        raise KeyTaken
    return change
