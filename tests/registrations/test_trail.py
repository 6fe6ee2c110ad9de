"""The trail of changes: whatever happens to an invitation or a place says who did it, and when."""

from factories import make_account, make_event, make_invitation, make_registration
from registrations.support import ludmila
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.foundation.database import Model, db
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    name_substitute,
    withdraw_invitation,
)
from eventapp.registrations.queries import registration_of
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.trail import STEP_WORDS, trail_of


def steps(subject: Model) -> list[tuple[str, str]]:
    """(who, what) of one row, oldest first."""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == subject.__tablename__,
            AuditEntry.subject_id == str(subject.id),
        )
        .order_by(AuditEntry.id)
    )
    return [(row.actor, row.action.rpartition(".")[2]) for row in rows]


def test_a_regret_is_noted_with_the_invitation_and_with_the_place_it_gives_up(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    registration = accept_invitation(invitation)
    waiting = accept_invitation(make_invitation(event))

    decline_invitation(invitation)

    assert steps(invitation) == [("guest", "accepted"), ("guest", "declined")]
    assert steps(registration) == [("guest", "confirmed"), ("guest", "cancelled")]
    assert steps(waiting) == [("guest", "waiting"), ("system", "offered")]


def test_a_cancelled_place_is_a_regret_of_the_invitation_too(app):
    invitation = make_invitation(make_event())
    registration = accept_invitation(invitation)

    cancel_registration(registration)

    assert steps(invitation)[-1] == ("guest", "declined")
    assert steps(registration)[-1] == ("guest", "cancelled")


def test_a_withdrawal_is_noted_with_its_reason_and_for_everybody_who_leaves(app):
    event = make_event()
    account = make_account(event.host)
    invitation = make_invitation(event)
    registration = accept_invitation(invitation)
    companion = make_registration(
        event,
        kind=RegistrationKind.COMPANION,
        main_id=registration.id,
        invitation_id=invitation.id,
    )
    db.session.refresh(registration)

    withdraw_invitation(invitation, by=account, reason="Doppelt")

    gone = (account.name, "cancelled")
    assert steps(invitation)[-1] == (account.name, "withdrawn")
    assert (steps(registration)[-1], steps(companion)[-1]) == (gone, gone)
    assert trail_of(registration)[0].reason == "Doppelt"


def test_a_place_that_is_passed_on_is_noted_on_both_sides(app):
    invitation = make_invitation(make_event())
    held = accept_invitation(invitation)

    follow_up = name_substitute(invitation, ludmila())

    heir = registration_of(follow_up)
    assert steps(invitation)[-1] == ("guest", "substituted")
    assert steps(follow_up) == [("guest", "invited")]
    assert steps(held)[-1] == ("guest", "replaced")
    assert steps(heir) == [("guest", "inherited")]


def test_a_place_that_is_taken_back_is_noted_on_both_sides(app):
    invitation = make_invitation(make_event())
    held = accept_invitation(invitation)
    follow_up = name_substitute(invitation, ludmila())
    heir = registration_of(follow_up)

    accept_invitation(invitation)

    assert steps(follow_up)[-1] == ("guest", "withdrawn")
    assert (steps(heir)[-1], steps(held)[-1]) == (("guest", "cancelled"), ("guest", "returned"))


def test_naming_somebody_else_notes_who_is_not_needed_any_more(app):
    invitation = make_invitation(make_event())
    accept_invitation(invitation)
    first = name_substitute(invitation, ludmila())

    name_substitute(invitation, ludmila(first_name="Anna", email="anna@werk.example"))

    assert steps(first) == [("guest", "invited"), ("guest", "withdrawn")]
    assert steps(registration_of(first))[-1] == ("guest", "replaced")


def test_every_step_has_words(app):
    invitation = make_invitation(make_event())
    accept_invitation(invitation)
    decline_invitation(name_substitute(invitation, ludmila()))
    accept_invitation(invitation)
    withdraw_invitation(invitation, by="test")

    noted = set(db.session.scalars(select(AuditEntry.action)))

    assert noted <= set(STEP_WORDS)
    assert RegistrationState.CANCELLED in {one.partition(".")[2] for one in noted}
