"""What may be done to a notice, and the loader of its pages."""

from eventapp.events.models import Event
from eventapp.foundation.errors import found
from eventapp.notices import queries
from eventapp.notices.models import Notice
from eventapp.notices.states import CHANGEABLE, NoticeState


def notice_for_organiser(event: Event, key: str) -> Notice:
    """A notice of this event by its key. Raises NotFound for those that it does not have."""
    return found(queries.notices_of(event).get(key))


def may_change(notice: Notice) -> bool:
    """Whether words and date can be changed: nothing of it has gone out yet, or it was stopped."""
    return notice.state in CHANGEABLE


def may_stop(notice: Notice, *, on_the_way: int) -> bool:
    """Whether stopping it would keep anything from going out; `on_the_way` mails have not left."""
    state = notice.standing
    if state is NoticeState.SENT:
        return on_the_way > 0
    return state in {NoticeState.DRAFT, NoticeState.REVIEWED, NoticeState.SENDING}
