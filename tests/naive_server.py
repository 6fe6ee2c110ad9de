"""The program with the check that oversells: look whether a place is free, then take it.

Run by test_rush.py as the positive control, with the arguments of `eventapp`.
"""

import secrets
import time

from eventapp.app import main
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.registrations import queries
from eventapp.registrations.front_door import actions
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

LOOKING_SECONDS = 0.5


def confirm_naively(registration: Registration) -> None:
    """As `confirm_registration` would be without a lock and without the conditional update."""
    event = registration.event
    free = queries.places_held(event) < event.capacity
    db.session.rollback()
    time.sleep(LOOKING_SECONDS)
    with transaction():
        lock_columns(registration)
        registration.number = secrets.token_hex(4)
        registration.move_to(RegistrationState.CONFIRMED if free else RegistrationState.WAITING)


if __name__ == "__main__":
    actions.confirm_registration = confirm_naively
    main()
