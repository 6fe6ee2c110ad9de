"""The two notices that every event has, as they are before anybody changes them."""

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.notices.default_words import first_words
from eventapp.notices.models import Notice, days_of
from eventapp.notices.states import NoticeKind, NoticeState
from eventapp.notices.timing import next_reminder, usual_due


def another_reminder(event: Event) -> Notice:
    """A further reminder, not stored, with the first words: due on a day to come, if any is."""
    notice = notice_by_rule(event, NoticeKind.REMINDER)
    notice.due_at = next_reminder(days_of(event), now=clock.now())
    return notice


def notice_by_rule(event: Event, kind: NoticeKind) -> Notice:
    """A notice that is not stored: version 0, due when the rule says, with the first words."""
    words = first_words(kind, signed_by=event.signed_by or event.host.name)
    return Notice(
        event=event,
        event_id=event.id,
        kind=kind,
        state=NoticeState.DRAFT,
        due_at=usual_due(kind, days_of(event), made_at=event.created_at),
        subject_de=words.subject_de,
        body_de=words.body_de,
        subject_en=words.subject_en,
        body_en=words.body_en,
        reviewed_by="",
        version=0,
    )
