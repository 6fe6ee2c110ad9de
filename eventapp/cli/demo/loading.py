"""Filling an empty database with the demo, once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from eventapp.accounts.models import Account
from eventapp.accounts.states import Role
from eventapp.cli.demo.dates import Shift, shift_for
from eventapp.cli.demo.events import LAST, MAIN, SMALL, load_event, load_series, written_day
from eventapp.cli.demo.history import load_history, make_wave
from eventapp.cli.demo.last_edition import load_last_edition
from eventapp.cli.demo.material import load_material
from eventapp.cli.demo.past import write_trail
from eventapp.cli.demo.people import colleague, load_agency, load_contacts
from eventapp.cli.demo.run_of_show import load_run_of_show
from eventapp.contacts.actions import ensure_municipalities
from eventapp.contacts.models import Contact, DistributionList
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import is_one_address
from eventapp.invitations.actions import send_wave
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.queries import replies
from eventapp.invitations.replies import ReplyFilter
from eventapp.programme.actions import Part, SessionChange, add_session
from eventapp.programme.kinds import Role as ContributionRole
from eventapp.programme.kinds import SessionKind
from eventapp.programme.queries import contributors_of
from eventapp.programme.states import ContributorState
from eventapp.registrations.actions import accept_invitation, decline_invitation

ZONE = "Europe/Berlin"
INVITED_TO_SMALL = 40
PREPARED = "29.03.2027 11:00"
PREPARED_LAST = "02.11.2026 11:00"
SMALL_LIST, SMALL_SENT = "Mobilität", "02.06.2027 10:00"
SMALL_YES, SMALL_NO = 12, 3
PLANNED = "05.06.2027 10:15"
IDEA_AT = "07.06.2027 16:20"
MATERIAL_AT = "08.06.2027 09:30"

Say = Callable[[str], None]


def load_demo(password: str, say: Say) -> None:
    """The agency, its contacts, two events ahead and the last edition; all or nothing."""
    with transaction():
        say("Kontakte")
        host = load_agency(password)
        ensure_municipalities()
        contacts = load_contacts(host)
        series = load_series(host)
        shift = shift_for(written_day(MAIN), today=clock.today(ZONE), zone=ZONE)
        say("Veranstaltungen und Programm")
        with clock.held(shift.past_moment(PREPARED_LAST)):
            last = load_event(host, series, LAST, shift)
        with clock.held(shift.past_moment(PREPARED)):
            full = load_event(host, series, MAIN, shift)
            small = load_event(host, series, SMALL, shift)
        organiser = colleague(Role.ORGANISER)
        with clock.held(shift.past_moment(PLANNED)):
            load_run_of_show(full, by=organiser)
        say("Einladungen und Anmeldungen")
        load_last_edition(last, contacts, shift)
        load_history(full, contacts, shift)
        write_trail(full, by=organiser)
        replay_small_event(small, contacts, shift, by=organiser)
        with clock.held(shift.past_moment(IDEA_AT)):
            add_session(small, idea(), [asked_for_it(small)], by=organiser)
        say("Vitae, Porträts, Folien")
        with clock.held(shift.past_moment(MATERIAL_AT)):
            load_material(full, by=organiser)
            load_material(small, by=organiser)


def idea() -> SessionChange:
    """A session that is no more than a title yet, so that something is missing."""
    empty = dict.fromkeys(("key", "title_en", "teaser_de", "teaser_en", "questions"), "")
    return SessionChange(
        kind=SessionKind.PANEL,
        title_de="Podium: Was die Verkehrsverbünde beitragen",
        starts_at=None,
        ends_at=None,
        room_id=None,
        slot_id=None,
        capacity=None,
        public=True,
        **empty,
    )


def asked_for_it(event: Event) -> Part:
    """Somebody who has not answered yet."""
    person = contributors_of(event)[-1]
    return Part(person.id, ContributionRole.PANEL, ContributorState.ASKED)


def replay_small_event(
    event: Event, contacts: Mapping[str, Contact], shift: Shift, *, by: Account
) -> None:
    """The small event's wave and first answers, by the same actions that people use."""
    sent_at = shift.past_moment(SMALL_SENT)
    wave = _small_wave(event, contacts)
    with clock.held(sent_at):
        send_wave(wave, expected=INVITED_TO_SMALL, by=by)
    invitations = replies(event, ReplyFilter(), 1).rows
    for count, invitation in enumerate(invitations[: SMALL_YES + SMALL_NO]):
        with clock.held(_answer_moment(sent_at, count)):
            _answer(invitation, count)


def _small_wave(event: Event, contacts: Mapping[str, Contact]) -> Wave:
    chosen = [
        contact
        for contact in contacts.values()
        if is_one_address(contact.email) and not contact.blocked_at
    ][-INVITED_TO_SMALL:]
    with transaction():
        wave = make_wave(event, 1, "Mobilität", None)
        wave.lists = [
            DistributionList(
                host_id=event.host_id,
                name=SMALL_LIST,
                contacts=chosen,
                purpose="Fachimpuls Mobilität",
            )
        ]
        db.session.add(wave)
    return wave


def _answer_moment(sent_at: datetime, count: int) -> datetime:
    return sent_at + timedelta(hours=3 + 5 * count, minutes=(17 * count) % 60)


def _answer(invitation: Invitation, count: int) -> None:
    if count < SMALL_YES:
        accept_invitation(invitation)
    else:
        decline_invitation(invitation)
