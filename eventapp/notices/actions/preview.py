"""What sending a notice now would do, and what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.foundation.message import Message, message
from eventapp.notices import mails, queries
from eventapp.notices.models import Notice
from eventapp.notices.reach import Reach, reach_of, samples_of
from eventapp.notices.requests import NoticeWords
from eventapp.notices.states import NoticeState, goes_out_in
from eventapp.notices.wording import fault_of_words


@dataclass(frozen=True)
class Preview:
    """Whom it would reach today, who is left out and why, and three of the mails.

    `problem` says why it cannot be reviewed or go out at the moment, if so.
    """

    reach: Reach
    samples: Sequence[mails.Sample]
    problem: Message | None


def preview_notice(notice: Notice) -> Preview:
    """A bounded number of statements, however many people there are."""
    reach = reach_of(queries.everybody(notice))
    ids = [one.id for one in samples_of(reach.chosen)]
    return Preview(reach, mails.samples(notice, ids), obstacle_to(notice))


def obstacle_to(notice: Notice) -> Message | None:
    """Why the notice cannot go out: its time is over, the event keeps it back, faulty words."""
    event = notice.event
    if notice.standing is NoticeState.MISSED:
        return message(
            "The time of this notice is over. Please choose a later date, if there is one."
        )
    if not goes_out_in(event.state, notice.kind):
        return message(
            "Nothing goes out while the event is not published, postponed or called off."
        )
    words = NoticeWords(
        subject_de=notice.subject_de,
        body_de=notice.body_de,
        subject_en=notice.subject_en,
        body_en=notice.body_en,
    )
    return fault_of_words(notice.kind, words, deadline=event.reply_by_on)
