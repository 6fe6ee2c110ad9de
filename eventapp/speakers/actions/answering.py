"""Contributors say yes or no to a part, and that they have seen what is new."""

from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.programme.casting import actions as casting
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.states import ContributorState
from eventapp.speakers import queries
from eventapp.speakers.actions.common import note, sheet_for
from eventapp.speakers.errors import ChangedMeanwhile, NotAnyMore
from eventapp.speakers.models import Colleague
from eventapp.speakers.own_sessions import OwnSession, mark_of, seen_after
from eventapp.speakers.permissions import may_agree, may_give_up
from eventapp.speakers.reading import sessions_of
from eventapp.speakers.requests import Refusal
from eventapp.speakers.states import CONTRIBUTOR


def agree(part: Contribution, *, mark: str) -> None:
    """Say yes to the part as it stood on the page; `mark` is what that page carried.

    Raises ChangedMeanwhile where it stands otherwise by now, NotAnyMore where nobody waits for it.
    """
    person = part.contributor
    with transaction():
        lock(person.event)
        lock(part)
        if part.state in {ContributorState.AGREED, ContributorState.CONFIRMED}:
            return  # pressed twice
        if not may_agree(part, person.event):
            raise NotAnyMore
        shown = _as_shown(part)
        if shown.mark != mark:
            raise ChangedMeanwhile
        casting.agree(part, by=CONTRIBUTOR)
        _remember_first_look(person)
        proposed = queries.colleague_for(part)
        if proposed is not None:
            db.session.delete(proposed)


def decline(part: Contribution, refusal: Refusal) -> None:
    """Say no, or take a yes back, with the reason and whom somebody proposes instead.

    Raises NotAnyMore where the part does not lead there any more.
    """
    person = part.contributor
    with transaction():
        lock(person.event)
        lock(part)
        if not may_give_up(part, person.event):
            raise NotAnyMore
        casting.decline(part, refusal.reason, by=CONTRIBUTOR)
        _propose(part, refusal)
        _remember_first_look(person)


def _propose(part: Contribution, refusal: Refusal) -> None:
    if not refusal.colleague_name:
        return
    row = queries.colleague_for(part) or Colleague(contribution_id=part.id)
    row.name, row.email = refusal.colleague_name, refusal.colleague_email
    row.organisation, row.proposed_at = refusal.colleague_organisation, clock.now()
    db.session.add(row)


def acknowledge(person: Contributor, *, mark: str) -> None:
    """Note that the person has seen their sessions as they were on the page.

    Raises ChangedMeanwhile where something has changed since, which they cannot have seen.
    """
    with transaction():
        lock(person.event)
        sessions = sessions_of(person)
        if mark_of(sessions) != mark:
            raise ChangedMeanwhile
        _remember(person, sessions)
        note(CONTRIBUTOR, "speaker.seen", person)


def _as_shown(part: Contribution) -> OwnSession:
    return next(one for one in sessions_of(part.contributor) if one.part_id == part.id)


def _remember_first_look(person: Contributor) -> None:
    """Who answers has the page before them: from here on, what changes is new."""
    if sheet_for(person).seen_at is None:
        _remember(person, sessions_of(person))


def _remember(person: Contributor, sessions: list[OwnSession]) -> None:
    sheet = sheet_for(person)
    sheet.seen, sheet.seen_at = seen_after(sessions), clock.now()
