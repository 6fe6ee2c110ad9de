"""What is done again and again, by the worker each minute or by `eventapp mails send`."""

from collections.abc import Callable

from eventapp.consents.actions import forget_needs
from eventapp.contacts.actions import forget_old_lists
from eventapp.foundation.uploads import sweep
from eventapp.invitations.actions import take_in_undelivered
from eventapp.notices.actions import send_due_notices
from eventapp.notices.releases.actions import send_due_digests
from eventapp.programme.actions import forget_old_files
from eventapp.registrations.actions import forget_companions, tend_waiting_lists
from eventapp.registrations.front_door.actions import forget_unconfirmed
from eventapp.speakers.actions import forget_speakers_needs


def _never() -> bool:
    return False


def write_what_is_due(stopping: Callable[[], bool] = _never) -> None:
    """Pass on places and write due notices: before delivery, so that it is one round."""
    tend_waiting_lists()
    send_due_notices(stopping=stopping)
    send_due_digests(stopping=stopping)


def tidy_up() -> None:
    """Take in what came back, and forget what has had its day: after delivery."""
    take_in_undelivered()
    forget_what_is_over()


def forget_what_is_over() -> None:
    """Lists, programme files, registrations that nobody confirmed, names of companions who left,
    needs that have had their day, and files that belong to nobody."""
    forget_old_lists()
    forget_old_files()
    forget_unconfirmed()
    forget_companions()
    forget_needs()
    forget_speakers_needs()
    sweep()
