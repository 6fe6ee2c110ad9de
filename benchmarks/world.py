"""A database with 1,000 registrations, programmes of 20 and 300 sessions, and links to answer."""

import json
from datetime import timedelta
from pathlib import Path

from eventapp.accounts.actions import NewAccount, add_account, add_host
from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import HostOrganisation
from eventapp.accounts.states import Role
from eventapp.app import create_app
from eventapp.contacts.actions import ensure_municipalities
from eventapp.contacts.models import Contact, DistributionList
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.events.models import Event, Room, Venue
from eventapp.events.states import EventState, RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.kept_templates import load_templates
from eventapp.foundation.migrations import upgrade
from eventapp.foundation.settings import Settings
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

PASSWORD = "ein Satz nur zum Messen"
EMAIL = "organiser@bench.example"
REGISTRATIONS, MANY_REGISTRATIONS, ANSWERS = 1_000, 5_000, 400
SESSIONS, MANY_SESSIONS = 20, 300
REGISTERING = 2_000


def build(settings: Settings) -> dict[str, object]:
    """Fill the database; returns what a client needs to know of it."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
        ensure_municipalities()  # both as `eventapp db upgrade` does
        load_templates(app)
        host = add_host("Messagentur", "messagentur")
        add_account(
            host,
            NewAccount(email=EMAIL, name="Messende Person", password=PASSWORD, role=Role.ORGANISER),
            actor=SYSTEM,
        )
        main = _event(host, "messung", SESSIONS, REGISTRATIONS)
        feed = _event(host, "kalender", MANY_SESSIONS, 0)
        large = _event(host, "liste", SESSIONS, MANY_REGISTRATIONS)
        links = _invitations(host, main)
        with transaction():
            main.registration_mode = RegistrationMode.OPEN
        known = {
            "page": main.slug,
            "feed": feed.slug,
            "list": large.slug,
            "links": links,
            "email": EMAIL,
            "password": PASSWORD,
        }
        db.session.remove()
        db.engine.dispose()
    Path(settings.data_dir, "world.json").write_text(json.dumps(known), encoding="utf-8")
    return known


def _event(host: HostOrganisation, slug: str, sessions: int, registrations: int) -> Event:
    starts_at = (clock.now() + timedelta(days=21)).replace(
        hour=13, minute=0, second=0, microsecond=0
    )
    rooms = [Room(name=f"Raum {number}", capacity=200, position=number) for number in range(5)]
    with transaction():
        event = Event(
            host=host,
            slug=slug,
            state=EventState.OPEN,
            title_de=f"Messung „{slug}“",
            title_en=f"Measuring “{slug}”",
            starts_at=starts_at,
            zone="Europe/Berlin",
            ends_at=starts_at + timedelta(hours=9),
            doors_at=starts_at - timedelta(minutes=30),
            capacity=registrations + 2 * ANSWERS + REGISTERING,
            places_taken=registrations,
            last_registration_number=registrations,
            programme_published_at=clock.now(),
            reply_by_on=(starts_at - timedelta(days=7)).date(),
            venue=Venue(
                host_id=host.id,
                name="Messhalle",
                street="Weg 1",
                postcode="59821",
                city="Arnsberg",
                rooms=rooms,
            ),
        )
        db.session.add(event)
        db.session.flush()
        for number in range(sessions):
            begin = starts_at + timedelta(minutes=25 * (number // len(rooms)) % 480)
            db.session.add(
                Session(
                    event_id=event.id,
                    key=f"P{number:03}",
                    kind=SessionKind.KEYNOTE,
                    state=SessionState.PUBLISHED,
                    title_de=f"Vortrag {number} über größere Übel",
                    teaser_de="Ein Satz mit Umlauten: äöüß, und noch einer. " * 3,
                    starts_at=begin,
                    ends_at=begin + timedelta(minutes=20),
                    room_id=rooms[number % len(rooms)].id,
                    published_at=clock.now(),
                )
            )
        for number in range(registrations):
            db.session.add(_registration(event, number))
    return event


def _registration(event: Event, number: int) -> Registration:
    return Registration(
        event_id=event.id,
        number=f"A-{number + 1:04}",
        state=RegistrationState.CONFIRMED,
        form_of_address=FormOfAddress.MS,
        first_name="Käthe",
        last_name=f"Müßigbrodt-{number:05}",
        email=f"kaethe.{number}@bench.example",
        organisation_name=f"Größe & Söhne {number % 50}",
        sector=list(Sector)[number % 4],
        city="Arnsberg",
        county="Hochsauerlandkreis",
        registered_at=clock.now() - timedelta(minutes=number),
        confirmed_at=clock.now(),
    )


def _invitations(host: HostOrganisation, event: Event) -> list[str]:
    with transaction():
        verteiler = DistributionList(host_id=host.id, name="Messverteiler")
        invitations = []
        for number in range(ANSWERS):
            contact = Contact(
                host_id=host.id,
                form_of_address=FormOfAddress.MR,
                first_name="Jürgen",
                last_name=f"Antwortmann-{number:04}",
                email=f"juergen.{number}@bench.example",
                sector=Sector.BUSINESS,
                city="Soest",
                county="Kreis Soest",
                lists=[verteiler],
            )
            invitations.append(
                Invitation(
                    event=event,
                    contact=contact,
                    state=InvitationState.SENT,
                    sent_at=clock.now(),
                    reply_by_on=event.reply_by_on,
                )
            )
        db.session.add_all(invitations)
    return [
        f"/i/{sign(LinkKind.INVITATION, one.public_id, one.link_generation)}" for one in invitations
    ]
