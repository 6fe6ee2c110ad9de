"""No more mails: by the link at the foot of a mail, in the mail program, and what follows."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from factories import make_contact, make_event, make_host, make_list
from invitations.waves import drafted_wave, sent_wave
from mail_sink import mail_sink
from sqlalchemy import select
from world import dump

from eventapp.accounts.audit import GUEST
from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions import import_staged, remove_contact, stage_import
from eventapp.contacts.models import Contact, Suppression
from eventapp.contacts.states import ObjectionKind
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import deliver_due
from eventapp.foundation.form_guard import csrf
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.settings import SecretStr
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.actions import invite_person, preview_wave, resend_link
from eventapp.invitations.errors import NoMailWanted
from eventapp.invitations.models import Invitation
from eventapp.invitations.selection import Reason
from eventapp.registrations.actions import accept_invitation, resend_links

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
EVA = "eva@werk.example"


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def invitation(event):
    return invite_person(event, make_contact(event.host, email=EVA), by="test")


def mail_about(invitation) -> OutboxMail:
    return db.session.scalars(
        select(OutboxMail)
        .where(OutboxMail.about == f"i/{invitation.public_id}")
        .order_by(OutboxMail.id.desc())
    ).first()


def link_in(invitation) -> str:
    return f"/u/{sign(LinkKind.UNSUBSCRIBE, mail_about(invitation).public_id, 1)}"


def actions_noted() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.actor, row.action) for row in rows if row.action.partition(".")[0] != "wave"]


# ---- The mail ------------------------------------------------------------------------------------


def test_every_mail_of_a_wave_carries_the_link_in_text_html_and_both_headers(
    app, event, monkeypatch, client
):
    sent_wave(event, make_contact(event.host, email=EVA))
    with mail_sink() as sink:
        changed = replace(app.config["SETTINGS"], smtp_url=SecretStr(sink.url))
        monkeypatch.setitem(app.config, "SETTINGS", changed)
        deliver_due()
        (mail,) = sink.arrived

    link = mail["List-Unsubscribe"].removeprefix("<").removesuffix(">")
    assert link.startswith("http://localhost/u/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.get_body(("plain",)).get_content()
    assert link in mail.get_body(("html",)).get_content()
    assert client.get(urlsplit(link).path).status_code == 200


def test_a_confirmation_is_no_advertising_and_carries_no_such_header(event, invitation):
    accept_invitation(invitation)

    mails = db.session.scalars(select(OutboxMail)).all()
    assert {(one.kind.rpartition("/")[2], one.may_be_objected_to) for one in mails} == {
        ("invitation.txt", True),
        ("confirmation.txt", False),
    }


# ---- One click in the mail program ---------------------------------------------------------------


def test_t14_a_mail_program_posts_without_cookie_and_token(app, client, invitation, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    link = link_in(invitation)

    answer = client.post(link, data=ONE_CLICK)

    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert "Set-Cookie" not in answer.headers
    db.session.expire_all()
    assert invitation.contact.block_kind is ObjectionKind.LINK
    assert (GUEST, "invitation.objected") in actions_noted()


def test_t14_one_click_as_multipart_counts_too(client, invitation):
    answer = client.post(link_in(invitation), data=ONE_CLICK, content_type="multipart/form-data")

    assert answer.status_code == 200
    db.session.expire_all()
    assert invitation.contact.blocked_at is not None


def test_t14_the_second_time_says_the_same_and_changes_nothing(client, invitation):
    link = link_in(invitation)
    first = client.post(link, data=ONE_CLICK)
    before = dump()

    second = client.post(link, data=ONE_CLICK)

    assert (second.status_code, second.data) == (first.status_code, first.data)
    assert dump() == before


@pytest.mark.parametrize("method", ["get", "head"])
def test_t13_t14_opening_the_page_changes_nothing(client, invitation, method):
    link = link_in(invitation)
    before = dump()

    for _time in range(3):
        assert getattr(client, method)(link).status_code == 200

    assert dump() == before


def test_t14_wrong_links_all_get_the_same_404_whatever_is_behind_them(client, invitation):
    mail = mail_about(invitation)
    genuine = link_in(invitation)
    accept_invitation(invitation)
    confirmation = db.session.scalars(
        select(OutboxMail).where(OutboxMail.kind.like("%confirmation%"))
    ).one()
    wrong = [
        genuine[:-1] + ("A" if genuine[-1] != "A" else "B"),
        f"/u/{sign(LinkKind.UNSUBSCRIBE, 'nobody', 1)}",
        f"/u/{sign(LinkKind.INVITATION, mail.public_id, 1)}",
        f"/u/{sign(LinkKind.UNSUBSCRIBE, mail.public_id, 2)}",
        f"/u/{sign(LinkKind.UNSUBSCRIBE, invitation.public_id, 1)}",
        f"/u/{sign(LinkKind.UNSUBSCRIBE, confirmation.public_id, 1)}",
        "/u/x",
    ]
    before = dump()

    answers = {client.post(path, data=ONE_CLICK).data for path in wrong}
    pages = {re.sub(r"/u/[^\"]*", "", client.get(path).text) for path in wrong}

    assert {client.post(path, data=ONE_CLICK).status_code for path in wrong} == {404}
    assert {client.get(path).status_code for path in wrong} == {404}
    assert (len(answers), len(pages)) == (1, 1)
    assert dump() == before


def test_t14_only_this_form_goes_without_our_token(app):
    assert csrf._exempt_views == {"eventapp.registrations.objection_views.object_by_link"}


# ---- The page ------------------------------------------------------------------------------------


def test_the_page_offers_both_and_has_one_button(client, invitation):
    page = client.get(link_in(invitation)).text

    (form,) = re.findall(r'<form class="form.*?</form>', page, re.DOTALL)
    assert form.count("<button") == 1
    assert [("checked" in one) for one in re.findall(r"<input[^>]*radio[^>]*>", form)] == [
        True,
        False,
    ]
    assert "Nur die Mails zu dieser Veranstaltung" in page
    assert "no-referrer" in page
    assert EVA not in page


def test_never_again_holds_for_the_address_and_says_so(client, invitation):
    link = link_in(invitation)

    answer = client.post(link, data={"reach": "all"})
    page = client.get(answer.location).text

    assert answer.status_code == 303
    assert "Sie erhalten keine Einladungen mehr" in page
    assert "<form class=" not in page
    db.session.expire_all()
    assert invitation.contact.blocked_at is not None


def test_only_this_event_stops_its_mails_and_no_other_invitations(client, event, invitation):
    answer = client.post(link_in(invitation), data={"reach": "event"})
    page = client.get(answer.location).text

    assert "zu dieser Veranstaltung keine Einladungen mehr" in page
    db.session.expire_all()
    assert invitation.no_mail_at is not None
    assert invitation.contact.blocked_at is None
    other = make_event(event.host)
    assert len(preview_wave(drafted_wave(other, invitation.contact)).selection.chosen) == 1
    now = invitation.sent_at
    assert resend_links(event, [invitation], seen_at=now, by="test") == 0


def test_after_only_this_event_one_can_still_say_never_again(client, invitation):
    link = link_in(invitation)
    client.post(link, data={"reach": "event"})

    client.post(link, data={"reach": "all"})

    db.session.expire_all()
    assert invitation.contact.blocked_at is not None


def test_a_form_without_an_answer_is_shown_again(client, invitation):
    assert client.post(link_in(invitation), data={"reach": "odd"}).status_code == 422
    db.session.expire_all()
    assert invitation.contact.blocked_at is None


def test_an_answer_and_a_registration_stay_as_they_are(client, invitation):
    registration = accept_invitation(invitation)

    client.post(link_in(invitation), data=ONE_CLICK)

    db.session.expire_all()
    assert registration.is_live
    assert client.get(f"/i/{invitation.token}").status_code == 200


# ---- What follows --------------------------------------------------------------------------------


def test_whoever_objected_is_left_out_of_waves_links_and_substitutions(client, event, invitation):
    client.post(link_in(invitation), data=ONE_CLICK)
    db.session.expire_all()
    other = make_event(event.host)

    preview = preview_wave(drafted_wave(other, invitation.contact))

    assert [one.reason for one in preview.selection.left_out] == [Reason.BLOCKED]
    with pytest.raises(NoMailWanted):
        resend_link(invitation, by="test")


def test_mails_that_have_not_left_are_held_back(client, event):
    sent_wave(event, make_contact(event.host, email=EVA), make_contact(event.host))
    invitation = db.session.scalars(
        select(Invitation).join(Invitation.contact).where(Contact.email == EVA)
    ).one()

    client.post(link_in(invitation), data=ONE_CLICK)

    db.session.expire_all()
    states = {one.to_email == EVA: one.state for one in db.session.scalars(select(OutboxMail))}
    assert states == {True: MailState.STOPPED, False: MailState.QUEUED}


def test_a_confirmation_that_waits_goes_out_all_the_same(client, invitation):
    accept_invitation(invitation)

    client.post(link_in(invitation), data=ONE_CLICK)

    db.session.expire_all()
    waiting = db.session.scalars(
        select(OutboxMail.kind).where(OutboxMail.state == MailState.QUEUED)
    ).all()
    assert [kind.rpartition("/")[2] for kind in waiting] == ["confirmation.txt"]


def test_t33_it_survives_the_contact_and_a_new_import_leaves_the_person_out(
    client, event, invitation
):
    client.post(link_in(invitation), data=ONE_CLICK)
    db.session.expire_all()
    contact = invitation.contact
    link = link_in(invitation)
    with transaction():
        db.session.delete(invitation)
    remove_contact(contact, actor="test")
    assert EVA not in str([vars(row) for row in db.session.scalars(select(Suppression))])

    staged = stage_import(
        event.host, filename="neu.csv", actor="test",
        content=f"Vorname;Nachname;E-Mail\nEva;Sommer;{EVA.upper()}\nJan;Winter;jan@w.example".encode(),
    )  # fmt: skip
    done = import_staged(staged, actor="test")

    assert done.counts["verdicts"] | {"blocked": 1, "ok": 1} == done.counts["verdicts"]
    assert [one.email for one in db.session.scalars(select(Contact))] == ["jan@w.example"]
    assert client.get(link).status_code == 200  # the link works for as long as the mail is kept


def test_another_host_is_not_meant(client, invitation):
    other = make_host(slug="andere")
    elsewhere = make_contact(other, email=EVA)
    make_list(other, elsewhere)

    client.post(link_in(invitation), data=ONE_CLICK)

    db.session.expire_all()
    assert elsewhere.blocked_at is None


def test_the_person_now_at_a_corrected_address_is_not_meant(client, event, invitation):
    """Who got the mail by mistake speaks for their own address only."""
    link = link_in(invitation)
    with transaction():
        invitation.contact.email = "richtig@werk.example"

    client.post(link, data=ONE_CLICK)

    db.session.expire_all()
    assert invitation.contact.blocked_at is None
