"""Deleting an event that was begun by mistake."""

import pytest
from factories import (
    make_account,
    make_contribution,
    make_contributor,
    make_event,
    make_invitation,
    make_list,
    make_registration,
    make_session,
    make_slot,
    make_wave,
)

from eventapp.accounts.models import AuditEntry
from eventapp.accounts.states import Role
from eventapp.desk.deletion_actions import delete_draft
from eventapp.events.models import Event, Partner, Venue
from eventapp.events.states import EventState, PartnerRole
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Refused
from eventapp.foundation.outbox import MailState, OutboxMail
from eventapp.invitations.models import Wave
from eventapp.invitations.states import InvitationState
from eventapp.programme.models import Contributor, Session


@pytest.fixture
def draft(organiser):
    event = make_event(organiser.memberships[0].host, state=EventState.DRAFT, title_de="Irrtum")
    session = make_session(event, slot_id=make_slot(event).id)
    make_contribution(session, make_contributor(event))
    with transaction():
        db.session.add(Partner(event=event, name="Verein", role=PartnerRole.FUNDER, position=1))
    wave = make_wave(event)
    with transaction():
        wave.lists = [make_list(event.host)]
    make_invitation(event, state=InvitationState.PLANNED)
    return event


def test_the_page_says_what_goes_along_and_changes_nothing(client, draft):
    page = client.get(f"/organise/{draft.slug}/delete")

    assert page.status_code == 200
    for words in ("Ein Programmpunkt", "Eine mitwirkende Person", "Eine nicht versendete Welle"):
        assert words in page.text
    assert db.session.get(Event, draft.id) is not None


def test_a_draft_goes_with_everything_that_hangs_on_it(client, draft, organiser):
    answer = client.post(f"/organise/{draft.slug}/delete")

    assert (answer.status_code, answer.location) == (303, "/organise/")
    assert "Der Entwurf „Irrtum“ ist gelöscht." in client.get("/organise/").text
    db.session.expire_all()
    for kind in (Event, Session, Contributor, Wave, Partner):
        assert db.session.query(kind).count() == 0
    assert db.session.query(Venue).count() == 1
    entry = db.session.query(AuditEntry).filter_by(action="event.deleted").one()
    assert (entry.actor, entry.before["title_de"]) == (organiser.name, "Irrtum")


def test_the_settings_lead_there_as_long_as_it_is_a_draft(client, draft):
    way = f'href="/organise/{draft.slug}/delete"'
    public = make_event(draft.host)

    assert way in client.get(f"/organise/{draft.slug}/life").text
    assert "/delete" not in client.get(f"/organise/{public.slug}/life").text


def mail_about(event):
    with transaction():
        db.session.add(
            OutboxMail(
                message_id="<1@test>", scope=event.scope, kind="test", to_email="a@b.example",
                subject="", text="", state=MailState.KEPT,
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (make_invitation, "Es sind Personen eingeladen."),
        (make_registration, "Es haben sich Personen angemeldet."),
        (mail_about, "Es wurden Mails dazu geschrieben."),
    ],
)
def test_an_event_of_which_somebody_has_heard_stays(client, draft, happened, words):
    happened(draft)

    assert words in client.get(f"/organise/{draft.slug}/delete").text
    assert client.post(f"/organise/{draft.slug}/delete").status_code == 409
    assert db.session.get(Event, draft.id) is not None


def test_a_public_event_stays(client, organiser):
    event = make_event(organiser.memberships[0].host)

    assert client.post(f"/organise/{event.slug}/delete").status_code == 409
    with pytest.raises(Refused):
        delete_draft(event, by=organiser)


def test_t01_the_draft_of_another_organisation_is_not_found(client, draft, sign_in):
    sign_in(client, make_account())

    assert client.post(f"/organise/{draft.slug}/delete").status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FRONTDESK])
def test_who_only_looks_deletes_nothing(client, draft, sign_in, role):
    sign_in(client, make_account(draft.host, role))

    assert client.post(f"/organise/{draft.slug}/delete").status_code == 403
