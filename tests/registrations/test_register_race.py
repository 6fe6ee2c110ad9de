"""Many register at once, with real threads on real databases (T-43, T-44)."""

import pytest
from factories import make_event
from registrations.public_form import entered, hermine
from registrations.support import all_registrations, mail_kinds, places
from registrations.test_last_place import at_once

from eventapp.foundation.database import db
from eventapp.registrations import queries
from eventapp.registrations.front_door.actions import confirm_registration, register
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

CLIENTS, PLACES = 20, 7
S = RegistrationState


def test_t43_as_many_are_confirmed_as_there_are_places_and_the_rest_wait_in_order(app):
    event = make_event(capacity=PLACES)
    slug = event.slug

    # made before the threads start: the form's time stamp holds the clock, which is one for all
    forms = [entered(email=f"gast{number}@werk.example") for number in range(CLIENTS)]

    def send(form: dict[str, str]) -> int:
        return app.test_client().post(f"/e/{slug}/register", data=form).status_code

    def confirm(number: int) -> None:
        confirm_registration(db.session.get_one(Registration, number))

    assert at_once(app, send, forms) == [303] * CLIENTS
    at_once(app, confirm, [one.id for one in all_registrations()])

    db.session.expire_all()
    states = [one.state for one in all_registrations()]
    assert (states.count(S.CONFIRMED), states.count(S.WAITING)) == (PLACES, CLIENTS - PLACES)
    assert places(event) == (PLACES, PLACES)
    assert len(queries.line(event)) == CLIENTS - PLACES
    assert len({one.number for one in all_registrations()}) == CLIENTS
    assert len(mail_kinds()) == 2 * CLIENTS


@pytest.mark.parametrize("times", [5])
def test_t44_the_same_form_at_the_same_instant_is_one_registration_and_one_mail(app, times):
    event_id = make_event().id

    def send(_number: int) -> None:
        from eventapp.events.models import Event

        register(db.session.get_one(Event, event_id), hermine())

    at_once(app, send, list(range(times)))

    assert len(all_registrations()) == 1
    assert len(mail_kinds()) == 1
