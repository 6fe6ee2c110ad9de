"""What happened before today: the waves that went out, the answers, the registrations."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from eventapp.cli.demo import files
from eventapp.cli.demo.dates import Shift
from eventapp.consents.actions import deletion_day
from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind, ConsentSource
from eventapp.consents.wordings import current_version
from eventapp.contacts.models import Contact
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.events.models import Event
from eventapp.foundation.database import db, transaction
from eventapp.invitations.default_words import first_words
from eventapp.invitations.models import Invitation, Substitute, Wave
from eventapp.invitations.states import InvitationState, WaveState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import HOLDS_PLACE, RegistrationKind, RegistrationState

WAVES = {1: "Aufsichtsrat und Politik", 2: "Fachverteiler", 3: "Interessierte und Presse"}
REPLIES = {
    "zugesagt": InvitationState.ACCEPTED,
    "abgesagt": InvitationState.DECLINED,
    "Vertretung benannt": InvitationState.SUBSTITUTED,
    "versendet": InvitationState.SENT,
    "unzustellbar": InvitationState.UNDELIVERABLE,
}
STATES = {
    "bestätigt": RegistrationState.CONFIRMED,
    "Warteliste": RegistrationState.WAITING,
    "storniert": RegistrationState.CANCELLED,
}
KINDS = {
    "Gast": RegistrationKind.GUEST,
    "Vertretung": RegistrationKind.SUBSTITUTE,
    "Begleitperson": RegistrationKind.COMPANION,
}
WALK_IN = "Spontangast"
FORMS = {"Frau": FormOfAddress.MS, "Herr": FormOfAddress.MR}
SECTORS = {
    "Wirtschaft": Sector.BUSINESS,
    "Politik & Verwaltung": Sector.POLITICS,
    "Hochschule & Forschung": Sector.SCIENCE,
    "Privat & Ehrenamt": Sector.CIVIL,
    "Presse": Sector.PRESS,
}


def make_wave(event: Event, number: int, name: str, sent_at: datetime | None) -> Wave:
    """A wave with the words that every wave begins with, already sent where a moment is given."""
    words = first_words(signed_by=event.signed_by, deadline=event.reply_by_on)
    return Wave(
        event_id=event.id,
        number=number,
        name=name,
        sent_at=sent_at,
        reply_by_on=event.reply_by_on,
        state=WaveState.SENT if sent_at else WaveState.DRAFT,
        created_at=(sent_at or event.created_at),
        companions_allowed=event.companions_allowed,
        subject_de=words.subject_de,
        body_de=words.body_de,
        subject_en=words.subject_en,
        body_en=words.body_en,
    )


def load_history(event: Event, contacts: Mapping[str, Contact], shift: Shift) -> None:
    """Waves, invitations with their replies, and registrations but the walk-ins."""
    with transaction():
        invitations = _load_invitations(event, contacts, shift)
        _load_registrations(event, contacts, invitations, shift)


def _load_invitations(
    event: Event, contacts: Mapping[str, Contact], shift: Shift
) -> dict[str, Invitation]:
    waves: dict[int, Wave] = {}
    invitations: dict[str, Invitation] = {}
    for count, row in enumerate(files.rows("invitations")):
        sent_at, number = shift.past_moment(row["Versendet am"]), int(row["Welle"])
        if number not in waves:
            waves[number] = make_wave(event, number, WAVES[number], sent_at)
        state = REPLIES[row["Status"]]
        answered = state is InvitationState.DECLINED
        invitations[row["Kontakt-Nr."]] = Invitation(
            event=event,
            wave=waves[number],
            contact=contacts[row["Kontakt-Nr."]],
            state=state,
            reply_by_on=event.reply_by_on,
            sent_at=sent_at,
            created_at=sent_at,
            replied_at=sent_at + timedelta(days=1 + count % 9, hours=count % 8)
            if answered
            else None,
        )
    db.session.add_all(invitations.values())
    db.session.flush()
    return invitations


def _load_registrations(
    event: Event,
    contacts: Mapping[str, Contact],
    invitations: Mapping[str, Invitation],
    shift: Shift,
) -> None:
    known: dict[str, Registration] = {}
    for row in files.rows("registrations"):
        if row["Art"] == WALK_IN:
            continue
        registration = _registration(event, row, shift)
        known[row["Anmelde-Nr."]] = registration
        _link(registration, row, contacts, invitations, known)
        _add_consents(registration, row)
        if registration.kind is RegistrationKind.COMPANION:
            _only_by_name(registration)
        db.session.add(registration)
        db.session.flush()
        _add_needs(registration, row, event)
    event.last_registration_number = len(known)
    event.places_taken = sum(one.state in HOLDS_PLACE for one in known.values())


def _registration(event: Event, row: Mapping[str, str], shift: Shift) -> Registration:
    at, state = shift.past_moment(row["Angemeldet am"]), STATES[row["Status"]]
    return Registration(
        event=event,
        number=row["Anmelde-Nr."],
        kind=KINDS[row["Art"]],
        state=state,
        form_of_address=FORMS.get(row["Anrede"], FormOfAddress.NONE),
        title=row["Titel"],
        first_name=row["Vorname"],
        last_name=row["Nachname"],
        organisation_name=row["Organisation"],
        sector=SECTORS[row["Sektor"]],
        city=row["Ort"],
        county=row["Kreis"],
        email=row["E-Mail"],
        registered_at=at,
        confirmed_at=None if state is RegistrationState.WAITING else at,
        waiting_since=at if state is RegistrationState.WAITING else None,
        cancelled_at=at + timedelta(days=2) if state is RegistrationState.CANCELLED else None,
    )


def _only_by_name(companion: Registration) -> None:
    """The program asks companions for nothing but a name (decision 0055)."""
    companion.sector, companion.organisation_name = Sector.UNKNOWN, ""
    companion.city = companion.county = companion.email = ""


def _link(
    registration: Registration,
    row: Mapping[str, str],
    contacts: Mapping[str, Contact],
    invitations: Mapping[str, Invitation],
    known: Mapping[str, Registration],
) -> None:
    contact = contacts.get(row["Kontakt-Nr."])
    if contact is not None:
        registration.contact = contact
        registration.municipality_ags = contact.municipality_ags
        registration.position, registration.locale = contact.position, contact.locale
        registration.phone = contact.phone
        registration.invitation = invitations[row["Kontakt-Nr."]]
        registration.invitation.replied_at = registration.registered_at
    if row["Begleitperson von"]:
        registration.main = known[row["Begleitperson von"]]
    if row["Vertretung für"]:
        registration.invitation = _substitute(registration, invitations[row["Vertretung für"]])


def _substitute(registration: Registration, named_by: Invitation) -> Invitation:
    """The substitute's own invitation, accepted at once."""
    named_by.replied_at = registration.registered_at
    return Invitation(
        event=registration.event,
        substitute_for=named_by,
        wave=named_by.wave,
        state=InvitationState.ACCEPTED,
        reply_by_on=named_by.reply_by_on,
        created_at=registration.registered_at,
        sent_at=registration.registered_at,
        replied_at=registration.registered_at,
        substitute=Substitute(
            form_of_address=registration.form_of_address,
            title=registration.title,
            first_name=registration.first_name,
            last_name=registration.last_name,
            organisation_name=registration.organisation_name,
            email=registration.email,
            named_at=registration.registered_at,
        ),
    )


def _add_consents(registration: Registration, row: Mapping[str, str]) -> None:
    given = {
        ConsentKind.PHOTO: row["Fotos ok"] == "ja",
        ConsentKind.ATTENDEE_LIST: row["Auf Teilnehmerliste"] == "ja",
        ConsentKind.NEEDS: bool(row["Ernährung"] or row["Unterstützungsbedarf"]),
    }
    registration.consents = [
        Consent(
            kind=kind,
            text_version=current_version(kind, registration.locale or "de"),
            given_at=registration.registered_at,
            source=ConsentSource.FORM.value,
        )
        for kind, yes in given.items()
        if yes
    ]


def _add_needs(registration: Registration, row: Mapping[str, str], event: Event) -> None:
    if row["Ernährung"] or row["Unterstützungsbedarf"]:
        db.session.add(
            Needs(
                registration_id=registration.id,
                diet=row["Ernährung"],
                access=row["Unterstützungsbedarf"],
                delete_on=deletion_day(event.starts_on),
            )
        )
