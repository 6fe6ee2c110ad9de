"""Rows with sensible defaults; a test spells out only what matters to it. All are committed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from sqlalchemy import delete, insert

from eventapp.accounts.models import Account, HostOrganisation, Membership, SignInSession
from eventapp.accounts.permissions import secret_hash
from eventapp.accounts.states import Role
from eventapp.contacts.models import Contact, DistributionList, Municipality, Organisation
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.events.models import Event, Room, Series, Venue
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.uploads import Quota, StoredFile, received
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.states import InvitationState
from eventapp.programme.comparing import ShownSession
from eventapp.programme.kinds import Role as ContributionRole
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Contribution, Contributor, Session, Slot
from eventapp.programme.release_models import ProgrammeRelease, ReleasedSession
from eventapp.programme.release_queries import newest_release
from eventapp.programme.run_of_show.models import ShowLine, ShowPlan
from eventapp.programme.snapshots import as_drafted, columns_of
from eventapp.programme.states import Appearance, ContributorState, SessionState
from eventapp.questions.models import Question, QuestionAnswer, QuestionChoice
from eventapp.questions.states import QuestionKind
from eventapp.registrations.models import Registration
from eventapp.registrations.states import HOLDS_PLACE, RegistrationState
from eventapp.speakers.models import Colleague, Portrait, Slides, SpeakerNeeds, SpeakerSheet

_numbers = count(1)


def _saved(row: Any) -> Any:
    with transaction():
        db.session.add(row)
    return row


def make_host(**given: Any) -> HostOrganisation:
    """An agency."""
    number = next(_numbers)
    return _saved(
        HostOrganisation(
            **{
                "slug": f"agentur-{number}",
                "name": f"Agentur {number}",
                "email": f"post@agentur-{number}.example",
            }
            | given
        )
    )


def make_account(
    host: HostOrganisation | None = None, role: Role = Role.ORGANISER, **given: Any
) -> Account:
    """A colleague of a host organisation; without a password unless one is given as hash."""
    account = Account(
        **{"email": f"person-{next(_numbers)}@agentur.example", "name": "Sönke Vaßholz"} | given
    )
    account.memberships.append(
        Membership(host=host or make_host(), role=role, accepted_at=clock.now())
    )
    return _saved(account)


def make_sign_in(account: Account, **given: Any) -> str:
    """A signed-in browser of the account; gives the secret for its cookie."""
    secret = f"secret of browser {next(_numbers)}"
    _saved(
        SignInSession(
            **{
                "account_id": account.id,
                "secret_hash": secret_hash(secret),
                "host_id": account.memberships[0].host_id,
            }
            | given
        )
    )
    return secret


def make_municipality(**given: Any) -> Municipality:
    """Arnsberg, unless told otherwise."""
    row = {
        "ags": "05958004",
        "name": "Arnsberg",
        "county": "Hochsauerlandkreis",
        "postcode": "59821",
    } | given
    return db.session.get(Municipality, row["ags"]) or _saved(Municipality(**row))


def make_organisation(host: HostOrganisation, **given: Any) -> Organisation:
    """A company."""
    return _saved(
        Organisation(
            **{"host_id": host.id, "name": f"Werk {next(_numbers)} GmbH", "sector": Sector.BUSINESS}
            | given
        )
    )


def make_list(host: HostOrganisation, *contacts: Contact, **given: Any) -> DistributionList:
    """A distribution list with these contacts."""
    number = next(_numbers)
    with transaction():  # the contacts' side of the relation changes as well
        distribution_list = DistributionList(
            **{"host_id": host.id, "name": f"Verteiler {number}", "contacts": list(contacts)}
            | given
        )
        db.session.add(distribution_list)
    return distribution_list


def make_contact(host: HostOrganisation, **given: Any) -> Contact:
    """A person in business with an address of their own."""
    number = next(_numbers)
    return _saved(
        Contact(
            **{
                "host_id": host.id,
                "form_of_address": FormOfAddress.MS,
                "first_name": "Beate",
                "last_name": f"Meisterbernd{number}",
                "email": f"beate.{number}@werk.example",
                "organisation_name": "Nordhelle Commerce GmbH",
                "sector": Sector.BUSINESS,
                "city": "Arnsberg",
                "postcode": "59821",
                "county": "Hochsauerlandkreis",
            }
            | given
        )
    )


def make_series(host: HostOrganisation, **given: Any) -> Series:
    """A series of events."""
    return _saved(
        Series(
            **{
                "host_id": host.id,
                "slug": f"reihe-{next(_numbers)}",
                "name_de": "Fachimpuls",
                "name_en": "Fachimpuls",
            }
            | given
        )
    )


def make_venue(host: HostOrganisation, *rooms: Room, **given: Any) -> Venue:
    """A venue with a plenary hall and one more room, unless rooms are given."""
    return _saved(
        Venue(
            **{
                "host_id": host.id,
                "name": "Lichtforum",
                "street": "Am Leuchtenwerk 1",
                "postcode": "59821",
                "city": "Arnsberg",
                "rooms": list(rooms)
                or [
                    Room(name="Plenum", capacity=140, position=1),
                    Room(name="Akademie 1", capacity=50, position=2),
                ],
            }
            | given
        )
    )


def make_event(host: HostOrganisation | None = None, **given: Any) -> Event:
    """An open event in three weeks with 120 places; answers until one week before."""
    host = host or make_host()
    starts_at = (clock.now() + timedelta(days=21)).replace(
        hour=13, minute=30, second=0, microsecond=0
    )
    starts_at = given.get("starts_at", starts_at)
    return _saved(
        Event(
            **{
                "host_id": host.id,
                "slug": f"fachimpuls-{next(_numbers)}",
                "state": EventState.OPEN,
                "title_de": "Fachimpuls „Licht“",
                "title_en": "Fachimpuls “Light”",
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(hours=5, minutes=30),
                "doors_at": starts_at - timedelta(minutes=30),
                "capacity": 120,
                "reply_by_on": (starts_at - timedelta(days=7)).date(),
                "venue": given.get("venue") or make_venue(host),
            }
            | given
        )
    )


def make_slot(event: Event, **given: Any) -> Slot:
    """A slot of 45 minutes, an hour after the beginning."""
    starts_at = event.starts_at + timedelta(hours=1)
    return _saved(
        Slot(
            **{
                "event_id": event.id,
                "key": f"S{next(_numbers)}",
                "name_de": "Talk-Runden I",
                "name_en": "Talk rounds I",
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(minutes=45),
            }
            | given
        )
    )


def make_session(event: Event, **given: Any) -> Session:
    """A published keynote of 20 minutes at the beginning of the event, as everybody sees it."""
    session = _saved(
        Session(
            **{
                "event_id": event.id,
                "key": f"P{next(_numbers)}",
                "kind": SessionKind.KEYNOTE,
                "state": SessionState.PUBLISHED,
                "title_de": "Fabrik ohne Inseln",
                "title_en": "Factory without islands",
                "starts_at": event.starts_at,
                "ends_at": event.starts_at + timedelta(minutes=20),
            }
            | given
        )
    )
    show(session)
    return session


def show(*sessions: Session) -> None:
    """Put sessions into what everybody sees, as they are; drafts and internal ones are not there.

    The event keeps its one release: this is how the world was before the test began.
    """
    with transaction():
        ids = [session.id for session in sessions]
        found = [shown for shown in map(_as_shown, sessions) if shown is not None]
        release = newest_release(sessions[0].event)
        if release is None and not found:
            return
        release = release or _first_release(sessions[0].event)
        known = ReleasedSession.session_id.in_(ids), ReleasedSession.release_id == release.id
        db.session.execute(delete(ReleasedSession).where(*known))
        rows = [columns_of(shown) for shown in found]
        place = {"release_id": release.id, "since": release.number}
        if rows:
            db.session.execute(insert(ReleasedSession), [place | row for row in rows])


def _as_shown(session: Session) -> ShownSession | None:
    db.session.refresh(session)
    if session.internal or not session.known_outside:
        return None
    shown = as_drafted(session)
    off = session.state is SessionState.CANCELLED
    return replace(shown, appearance=Appearance.CANCELLED) if shown and off else shown


def _first_release(event: Event) -> ProgrammeRelease:
    release = ProgrammeRelease(event_id=event.id, number=1)
    db.session.add(release)
    db.session.flush()
    return release


def make_contributor(event: Event, **given: Any) -> Contributor:
    """A person who contributes to the event."""
    number = next(_numbers)
    return _saved(
        Contributor(
            **{
                "event_id": event.id,
                "key": f"M{number}",
                "first_name": "Friedlinde",
                "last_name": f"Kappelströd{number}",
                "email": f"mitwirkung-{number}@demo.example",
            }
            | given
        )
    )


def make_contribution(
    session: Session,
    contributor: Contributor,
    role: ContributionRole = ContributionRole.INPUT,
    **given: Any,
) -> Contribution:
    """An agreed contribution, as everybody sees it if they see the session."""
    contribution = _saved(
        Contribution(
            **{
                "session_id": session.id,
                "contributor_id": contributor.id,
                "role": role,
                "state": ContributorState.AGREED,
            }
            | given
        )
    )
    if session.known_outside:
        show(session)
    return contribution


def make_stored_file(event: Event, content: bytes, media_type: str, **given: Any) -> StoredFile:
    """A file as it lies in the data folder."""
    with received(BytesIO(content), limit=len(content)) as incoming, transaction():
        return incoming.keep(
            **{
                "scope": event.scope,
                "owner": "s/test",
                "filename": "Datei",
                "media_type": media_type,
                "quota": Quota(scope_bytes=10**9, owner_bytes=10**9, owner_files=10**6),
            }
            | given
        )


def make_material(contributor: Contributor, word: str) -> tuple[Portrait, Slides]:
    """What a contributor has handed in, with a word in all texts; the picture is none."""
    event = contributor.event
    files = [make_stored_file(event, b"picture", "image/jpeg", filename=word) for _ in "ab"]
    with transaction():
        portrait = Portrait(
            contributor_id=contributor.id, small=files[0], large=files[1], small_width=3,
            small_height=4, large_width=9, large_height=12, photographer=word, alt=word,
            rights_at=clock.now(),
        )  # fmt: skip
        slides = Slides(
            contributor_id=contributor.id,
            file=make_stored_file(event, b"%PDF-1.7", "application/pdf", filename=word),
        )
        sheet = SpeakerSheet(
            contributor_id=contributor.id, technical=word, arrival=word, hotel_note=word, seen={}
        )
        needs = SpeakerNeeds(
            contributor_id=contributor.id, diet=word, access=word, text_version="1-de",
            delete_on=event.starts_on,
        )  # fmt: skip
        parts = contributor.contributions
        proposed = [Colleague(contribution_id=one.id, name=word, email=word) for one in parts]
        db.session.add_all([portrait, slides, sheet, needs, *proposed])
        db.session.flush()
    return portrait, slides


def make_show_line(event: Event, **given: Any) -> ShowLine:
    """A line of the run of show, ten minutes at the beginning of the event."""
    own = {} if "session_id" in given else {"starts_at": event.starts_at, "minutes": 10}
    return _saved(ShowLine(**{"event_id": event.id, "what": "Begrüßung"} | own | given))


def make_show_plan(event: Event, **given: Any) -> ShowPlan:
    """A plan that its crew may read by link."""
    return _saved(ShowPlan(**{"event_id": event.id, "shared_at": clock.now()} | given))


def make_wave(event: Event, **given: Any) -> Wave:
    """A wave still in draft."""
    number = next(_numbers)
    return _saved(
        Wave(
            **{
                "event_id": event.id,
                "number": number,
                "name": f"Welle {number}",
                "subject_de": "Einladung: {event}",
                "subject_en": "Invitation: {event}",
                "body_de": "{salutation}\n\nwir laden Sie herzlich ein.\n\n{link}",
                "body_en": "{salutation}\n\nyou are cordially invited.\n\n{link}",
            }
            | given
        )
    )


def make_invitation(event: Event, contact: Contact | None = None, **given: Any) -> Invitation:
    """A sent, unanswered invitation."""
    if contact is None and "substitute" not in given:
        contact = make_contact(event.host)
    return _saved(
        Invitation(
            **{
                "event_id": event.id,
                "contact_id": contact.id if contact else None,
                "state": InvitationState.SENT,
                "sent_at": clock.now() - timedelta(days=7),
                "reply_by_on": event.reply_by_on,
            }
            | given
        )
    )


def make_registration(event: Event, **given: Any) -> Registration:
    """A confirmed guest; counts among the places taken if its state holds one."""
    number = next(_numbers)
    state = given.get("state", RegistrationState.CONFIRMED)
    with transaction():
        registration = Registration(
            **{
                "event_id": event.id,
                "number": f"A-{number:04}",
                "state": state,
                "form_of_address": FormOfAddress.MS,
                "first_name": "Claudia",
                "last_name": f"Nüsperling{number}",
                "email": f"claudia.{number}@kontor.example",
                "organisation_name": "IT-Kontor Lippe",
                "sector": Sector.BUSINESS,
                "county": "Kreis Soest",
                "city": "Lippstadt",
                "waiting_since": clock.now() if state is RegistrationState.WAITING else None,
            }
            | given
        )
        db.session.add(registration)
        if state in HOLDS_PLACE:
            event.places_taken += 1
    return registration


def make_question(event: Event, *choices: str | tuple[str, int | None], **given: Any) -> Question:
    """A text question; with choices (words, or words and places) one of them is to be chosen."""
    number = next(_numbers)
    rows = [one if isinstance(one, tuple) else (one, None) for one in choices]
    kind = QuestionKind.CHOICE if rows else QuestionKind.TEXT
    return _saved(
        Question(
            **{
                "event_id": event.id,
                "position": number,
                "kind": kind,
                "label_de": f"Frage {number}",
                "label_en": f"Question {number}",
                "choices": [
                    QuestionChoice(label_de=words, label_en=words, places=places, position=position)
                    for position, (words, places) in enumerate(rows, start=1)
                ],
            }
            | given
        )
    )


def make_answer(registration: Registration, question: Question, **given: Any) -> QuestionAnswer:
    """What this guest answered; takes no place, see `answer_questions`."""
    return _saved(QuestionAnswer(registration_id=registration.id, question_id=question.id, **given))


def day(text: str) -> date:
    """A date written as in ISO 8601."""
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A UTC moment written as in ISO 8601 without zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
