"""The next edition of an event, made of this one: every slice copies its own part."""

from dataclasses import dataclass

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.actions import Copying, copy_event
from eventapp.events.editions import NextEdition, Taken
from eventapp.events.models import Event
from eventapp.events.queries import event_by_uid
from eventapp.foundation.database import lock, transaction
from eventapp.notices.actions import copy_notices
from eventapp.programme.actions import CopiedProgramme, copy_programme
from eventapp.questions.actions import copy_questions


@dataclass(frozen=True)
class Made:
    """The new event, and what of the programme has come along."""

    event: Event
    sessions: int = 0
    people: int = 0


def make_next_edition(event: Event, wanted: NextEdition, *, by: Actor) -> Made:
    """A draft on another day, made of this event; all of it or nothing.

    Asked again from the same page it gives the event that is there already. Registrations,
    invitations, consents, needs, mails, releases and files stay where they are. Raises Invalid.
    """
    with transaction():
        lock(event.host)  # a double click waits here for the first
        known = event_by_uid(event.host_id, wanted.uid(event.uid))
        if known is not None:
            return Made(known)
        lock(event)
        copying = copy_event(event, wanted, by=by)
        told = _copy_parts(copying)
        made = Made(copying.target, told.sessions, told.people)
        _note(made, event, by)
    return made


def _copy_parts(copying: Copying) -> CopiedProgramme:
    if copying.takes(Taken.QUESTIONS):
        copy_questions(copying)
    if copying.takes(Taken.NOTICES):
        copy_notices(copying)
    if copying.takes(Taken.PROGRAMME):
        return copy_programme(copying)
    return CopiedProgramme(0, 0, 0)


def _note(made: Made, template: Event, by: Actor) -> None:
    record_change(
        by,
        "event.copied",
        made.event,
        after={"template": template.slug, "sessions": made.sessions, "people": made.people},
        scope=made.event.scope,
    )
