"""One of everything: two organisations, events of both, people in all roles, and every address.

The nets in `architecture` and `trust` walk all pages of the program. A page with a new part in its
address needs a line in `World.parts`; the nets say so.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from factories import (
    make_account,
    make_answer,
    make_contact,
    make_contribution,
    make_contributor,
    make_event,
    make_host,
    make_invitation,
    make_list,
    make_material,
    make_municipality,
    make_organisation,
    make_question,
    make_registration,
    make_series,
    make_session,
    make_show_line,
    make_show_plan,
    make_sign_in,
    make_slot,
    make_venue,
    make_wave,
)
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from eventapp.accounts.audit import record_change
from eventapp.accounts.models import Account, AuditEntry, HostOrganisation, Membership
from eventapp.accounts.states import Role
from eventapp.contacts.actions.imports import stage_import
from eventapp.events.models import Event, Partner, Room
from eventapp.events.states import EventState, PartnerRole
from eventapp.exports.models import KeptColumns
from eventapp.foundation import clock
from eventapp.foundation.access import Access, access_of
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import (
    OBJECTION_GENERATION,
    UNSUBSCRIBE,
    MailState,
    OutboxMail,
)
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.models import Invitation
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.releases.states import DigestState
from eventapp.programme.casting.models import Candidate
from eventapp.programme.checking import conflicts_in
from eventapp.programme.models import AcknowledgedConflict, Contributor, ProgrammeFile
from eventapp.programme.queries import programme_of
from eventapp.programme.run_of_show.models import ShowPlan
from eventapp.programme.states import ContributorState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationKind, RegistrationState

MARKER = "Quittenmarmelade"
PAPER = {
    "format": "csv",
    "first_day": "2027-06-24",
    "last_day": "2027-06-24",
    "rows": [["sessions", MARKER, "added"]],
    "remarks": [[["Row %(line)s", {"line": 2}, None, 1], "title", MARKER, [MARKER, {}, None, 1]]],
    "missing": [MARKER],
    "conflicts": [["hard", [MARKER, {}, None, 1]]],
    "conflict_count": 1,
}
"""What is told of a programme file, as it is kept."""
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For rules of HTTP and HTML, where a second database would tell nothing new."""
VISITORS = ("anonymous", "outsider", "viewer", "frontdesk", "organiser", "administrator")
ROLES = {
    "viewer": Role.VIEWER,
    "frontdesk": Role.FRONTDESK,
    "organiser": Role.ORGANISER,
    "administrator": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Page:
    """An address that exists, and how one may ask for it."""

    endpoint: str
    path: str
    methods: frozenset[str]
    rule: Rule = field(compare=False)
    access: Access | None = field(compare=False)

    @property
    def arguments(self) -> set[str]:
        """The parts of the address that name something."""
        return set(self.rule.arguments)


@dataclass
class World:
    """The rows that stand behind the addresses."""

    host: HostOrganisation
    event: Event
    sibling: Event
    accounts: dict[str, Account]
    rows: dict[str, Any]

    def parts(self, endpoint: str, argument: str) -> Any:
        """What stands in the address of an endpoint for one of its arguments."""
        special = {
            ("accounts.host_stylesheet", "slug"): self.host.slug,
            ("accounts_organiser.revoke", "session_id"): self.rows["sign_in_id"],
            ("accounts_organiser.join", "membership_id"): self.rows["joining_id"],
            ("accounts_organiser.decline", "membership_id"): self.rows["declining_id"],
            ("accounts_organiser.choose_team", "membership_id"): self.rows["own_team_id"],
            ("programme_conflicts.show_again", "number"): self.rows["noted_id"],
            ("programme_casting.drop", "contribution_id"): self.rows["dropped_id"],
            ("programme_people.take_out", "contribution_id"): self.rows["taken_out_id"],
            ("run_of_show_organiser.delete", "line_id"): self.rows["deleted_line_id"],
            ("outbox.attachment", "number"): 1,
            ("outbox.host_attachment", "number"): 1,
        }
        if (endpoint, argument) in special:
            return special[endpoint, argument]
        if argument == "contact_id" and endpoint.startswith("contacts_doubles"):
            return self.rows["twin_id"]
        if argument == "contact_id" and endpoint.startswith("invitations"):
            return self.rows["not_yet_invited_id"]
        if argument == "person_id":
            return self.rows["invitation_id"]
        return self.rows[argument]


def make_world(*, copies: int = 1, state: EventState = EventState.OPEN) -> World:
    """Everything once, or each thing that lists show `copies` times."""
    with transaction():
        host = make_host(name=f"Agentur {MARKER}")
        accounts = {name: make_account(host, role) for name, role in ROLES.items()}
        accounts["organiser"].memberships[0].sees_needs = True
        accounts["outsider"] = make_account(make_host(), Role.ADMINISTRATOR)
        make_event(accounts["outsider"].memberships[0].host)
        event = make_event(
            host,
            state=state,
            title_de=f"Fest {MARKER}",
            title_en=f"Fair {MARKER}",
            series_id=make_series(host, name_de=MARKER).id,
        )
        sibling = make_event(host, venue=make_venue(host))
        rows = {"slug": event.slug, "kind": "imprint", "filename": "icon.svg", "key": "reminder"}
        rows |= {"consent": "photo", "step": "room"}
        rows |= {"consent": "photo"}
        rows |= {"plan_id": make_show_plan(event).id}
        for _ in range(copies):
            rows |= _contacts(host) | _programme(event) | _guests(event, host)
        make_sign_in(accounts["organiser"])
        invited = make_account(
            host, Role.VIEWER, name="", link_expires_at=clock.now() + timedelta(days=7)
        )
        rows |= {"account_id": invited.id, "membership_id": invited.memberships[0].id}
        asked = Membership(host=accounts["outsider"].memberships[0].host, role=Role.VIEWER)
        accounts["organiser"].memberships.append(asked)
        db.session.flush()
        declined = Membership(host=make_host(), role=Role.VIEWER)
        accounts["organiser"].memberships.append(declined)
        db.session.flush()
        rows |= {"joining_id": asked.id, "declining_id": declined.id}
        rows |= {"own_team_id": accounts["organiser"].memberships[0].id}
        record_change(accounts["organiser"], "registration.closed", event, scope=event.scope)
        rows |= {"entry_id": db.session.query(func.max(AuditEntry.id)).scalar()}
    rows["sign_in_id"] = 1
    return World(host, event, sibling, accounts, rows)


def _contacts(host: HostOrganisation) -> dict[str, Any]:
    make_municipality()
    organisation = make_organisation(host)
    contact = make_contact(host, organisation_id=organisation.id, first_name=MARKER)
    group = make_list(host, contact)
    staged = stage_import(
        host,
        filename=f"{MARKER}.csv",
        actor="test",
        content=(
            f"Vorname;Nachname;E-Mail\n{MARKER};Ohm{contact.id};ohm{contact.id}@werk.example\n"
        ).encode(),
    )
    kept = KeptColumns(
        host_id=host.id, name=f"{MARKER} {contact.id}", columns=["last_name", "city"]
    )
    db.session.add(kept)
    db.session.flush()
    return {
        "kept_id": kept.id,
        "contact_id": contact.id,
        "twin_id": make_contact(host, first_name=MARKER, last_name="Ömer").id,
        "other_id": make_contact(host, first_name=MARKER, last_name="Oemer").id,
        "organisation_id": organisation.id,
        "list_id": group.id,
        "import_id": staged.id,
    }


def _programme(event: Event) -> dict[str, Any]:
    number = len(event.partners) + 1
    partner = Partner(
        event=event, name=f"Partner {MARKER}", role=PartnerRole.COOPERATION, position=number
    )
    room = Room(venue=event.venue, name=f"Raum {number}", capacity=30, position=number + 2)
    db.session.add_all([partner, room])
    db.session.flush()
    slot = make_slot(event)
    session = make_session(event, title_de=f"Vortrag {MARKER}", room_id=room.id)
    contributor = make_contributor(event, first_name=MARKER)
    contribution = make_contribution(session, contributor)
    unsure = [make_contributor(event, first_name=MARKER, last_name=name) for name in ("A", "B")]
    asked = [make_contribution(session, one, state=ContributorState.PENCILLED) for one in unsure]
    db.session.add(Candidate(contribution_id=contribution.id, contributor_id=unsure[0].id))
    hints = [one for one in conflicts_in(programme_of(event)) if session.id in one.sessions]
    noted = AcknowledgedConflict(
        event=event,
        fingerprint=hints[1].fingerprint,
        rule=hints[1].rule.value,
        reason=MARKER,
        by=MARKER,
    )
    db.session.add(noted)
    db.session.flush()
    kept = ProgrammeFile(
        event=event,
        filename=f"{MARKER}.csv",
        content=f"Titel;Datum;Uhrzeit\n{MARKER};24.06.2027;15:00\n".encode(),
        report=PAPER,
    )
    db.session.add(kept)
    db.session.flush()
    portrait, slides = make_material(contributor, MARKER)
    texts = dict.fromkeys(("where", "who", "sound", "light", "video", "stage", "remark"), MARKER)
    make_show_line(event, session_id=session.id, what="")
    line, deleted = (
        make_show_line(event, what=f"Gong {MARKER}", fixed=True, **texts) for _ in "ab"
    )
    return {
        "name": f"{portrait.public_id}-small",
        "slides_id": slides.id,
        "digest_id": _digest(event).id,
        "line_id": line.id,
        "deleted_line_id": deleted.id,
        "fingerprint": hints[0].fingerprint,
        "noted_id": noted.id,
        "file_id": kept.id,
        "partner_id": partner.id,
        "room_id": room.id,
        "slot_id": slot.id,
        "release_number": 1,
        "uid": session.uid,
        "session_id": session.id,
        "contributor_id": contributor.id,
        "speaker_id": contributor.public_id,
        "contribution_id": contribution.id,
        "dropped_id": asked[0].id,
        "taken_out_id": asked[1].id,
    }


def _digest(event: Event) -> ReleaseDigest:
    """One that has gone out already, so that a second one may wait."""
    digest = ReleaseDigest(event=event, due_at=clock.now(), state=DigestState.SENT)
    db.session.add(digest)
    db.session.flush()
    return digest


def _guests(event: Event, host: HostOrganisation) -> dict[str, Any]:
    wave = make_wave(event)
    invitation = make_invitation(event, make_contact(host, first_name=MARKER), wave_id=wave.id)
    registration = make_registration(event, first_name=MARKER)
    unconfirmed = make_registration(event, first_name=MARKER, state=RegistrationState.UNCONFIRMED)
    make_registration(event, first_name=MARKER, state=RegistrationState.IN_REVIEW)
    companion = make_registration(
        event,
        first_name=MARKER,
        email="",
        kind=RegistrationKind.COMPANION,
        main_id=registration.id,
    )
    number = registration.id
    mail = OutboxMail(
        message_id=f"<{number}@test>",
        scope=event.scope,
        kind="test",
        to_email="gast@werk.example",
        subject=MARKER,
        text=MARKER,
        state=MailState.KEPT,
        html=f"<p>{MARKER}</p>",
        about=f"i/{invitation.public_id}",
        headers={UNSUBSCRIBE: "<https://link.invalid>"},
        sent_at=clock.now(),
        attachments=[
            {
                "filename": "termin.ics",
                "content_type": "text/calendar",
                "body": b64encode(b"BEGIN:VCALENDAR").decode(),
            }
        ],
    )
    db.session.add(mail)
    db.session.flush()
    question = make_question(event, f"A {MARKER}", ("B", 5000), label_de=f"Frage {MARKER}")
    chosen = question.choices[0].value
    make_question(event, label_de=f"Was {MARKER}", condition_id=question.id, condition_value=chosen)
    make_answer(registration, question, choices=[chosen])
    return {
        "question_id": question.id,
        "wave_id": wave.id,
        "not_yet_invited_id": make_contact(host, first_name=MARKER).id,
        "number": wave.number,
        "invitation_id": invitation.id,
        "registration_id": registration.id,
        "companion_id": companion.id,
        "unconfirmed_id": unconfirmed.id,
        "mail_id": mail.id,
        "public_id": mail.public_id,
    }


def pages(app: Flask, world: World) -> list[Page]:
    """Every address of the program, filled with the rows of the world."""
    return [
        Page(
            rule.endpoint,
            path_of(app, world, rule),
            frozenset(rule.methods or ()),
            rule,
            access_of(app, rule.endpoint),
        )
        for rule in app.url_map.iter_rules()
    ]


def path_of(app: Flask, world: World, rule: Rule, **other: Any) -> str:
    """The address of one rule; `other` replaces parts of it."""
    values = {
        name: world.parts(rule.endpoint, name)
        for name in rule.arguments
        if name not in {"token", *other}
    }
    if "token" in rule.arguments and "token" not in other:
        values["token"] = token_for(world, rule)
    return app.url_map.bind("localhost").build(rule.endpoint, values | other)


def token_for(world: World, rule: Rule) -> str:
    """The secret of the personal link whose letter begins the address."""
    kind = LinkKind(rule.rule.split("/")[1])
    thing = {
        LinkKind.INVITATION: (Invitation, "invitation_id"),
        LinkKind.REGISTRATION: (Registration, "registration_id"),
        LinkKind.CONTRIBUTOR: (Contributor, "contributor_id"),
        LinkKind.CONFIRMATION: (Registration, "unconfirmed_id"),
        LinkKind.ACCOUNT: (Account, "account_id"),
        LinkKind.CREW: (ShowPlan, "plan_id"),
        LinkKind.UNSUBSCRIBE: (OutboxMail, "mail_id"),
    }[kind]
    row = db.session.get(thing[0], world.rows[thing[1]])
    return sign(kind, row.public_id, getattr(row, "link_generation", OBJECTION_GENERATION))


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to see whether anything changed."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in db.metadata.sorted_tables
        }
