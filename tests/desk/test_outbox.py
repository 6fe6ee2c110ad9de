"""The outbox page: whose mails, in which state, with which parts, and once more."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import make_account, make_event, make_host
from mail_sink import mail_sink
from statements import statement_count

from eventapp.desk.outbox_words import OCCASIONS
from eventapp.foundation import clock
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import deliver_due
from eventapp.foundation.mail_links import link_placeholder
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.settings import SecretStr
from eventapp.foundation.text import search_key
from eventapp.foundation.tokens import LinkKind, sign

TEMPLATES = asset_folder("templates")
SAYS_ENOUGH = frozenset({MailState.QUEUED, MailState.INFLIGHT, MailState.SENT, MailState.KEPT})
CALENDAR = b"BEGIN:VCALENDAR\r\nSUMMARY:Fachimpuls\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


def make_mail(scope: str, number: int = 1, **given) -> OutboxMail:
    link = link_placeholder(LinkKind.INVITATION, "gundula", 1)
    row = {
        "message_id": f"<{number}@agentur.example>",
        "scope": scope,
        "kind": "invitations/mail/invitation.txt",
        "to_email": f"gast-{number}@werk.example",
        "to_name": f"Gast {number}",
        "subject": f"Einladung {number}",
        "state": MailState.SENT,
        "text": f"Ihr Link: {link}\n",
        "locale": "de",
        "html": f'<html><head></head><body><a href="{link}">Antworten</a></body></html>',
    } | given
    mail = OutboxMail(search=search_key(row["to_name"], row["to_email"], row["subject"]), **row)
    with transaction():
        db.session.add(mail)
    return mail


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path, headers={"Accept-Language": "de"})
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_an_event_shows_its_own_mails_newest_first(client, event):
    older, newer = make_mail(event.scope, 1), make_mail(event.scope, 2)
    make_mail(make_event(event.host).scope, 3)

    shown = page(client, f"/organise/{event.slug}/mails")

    assert shown.index(newer.subject) < shown.index(older.subject)
    assert "Einladung 3" not in shown


def test_the_organisations_list_has_the_mails_of_all_its_events(client, event):
    make_mail(event.scope, 1)
    make_mail(make_event(event.host).scope, 2)
    make_mail(f"host:{event.host_id}", 3)
    foreign = make_event(make_host())
    make_mail(foreign.scope, 4)
    make_mail(f"host:{foreign.host_id}", 5)

    shown = page(client, "/organise/mails")

    assert [f"Einladung {number}" in shown for number in range(1, 6)] == [True] * 3 + [False] * 2


@pytest.mark.parametrize("part", ["", "/html", "/attachments/1"])
def test_mails_of_others_do_not_exist(client, event, part):
    """T-01, T-02: neither under the own event's address nor under the organisation's."""
    foreign = make_mail(
        make_event(make_host()).scope,
        attachments=[{"filename": "x.ics", "content_type": "text/calendar", "body": ""}],
    )

    page(client, f"/organise/{event.slug}/mails/{foreign.public_id}{part}", 404)
    page(client, f"/organise/mails/{foreign.public_id}{part}", 404)


def test_a_mail_of_another_event_of_the_same_host_is_not_under_this_one(client, event):
    """T-02."""
    other = make_mail(make_event(event.host).scope)

    page(client, f"/organise/{event.slug}/mails/{other.public_id}", 404)
    page(client, f"/organise/mails/{other.public_id}")


def test_mails_are_found_by_name_address_and_subject_with_umlauts_folded(client, event):
    make_mail(event.scope, 1, to_name="Jörg Übermäßig")
    make_mail(event.scope, 2, to_name="Anna Klein")

    for search in ("übermäßig", "uebermaessig", "JOERG", "gast-1@werk", "einladung 1"):
        shown = page(client, f"/organise/{event.slug}/mails?q={search}")
        assert "Jörg Übermäßig" in shown, search
        assert "Anna Klein" not in shown, search


def test_chips_count_and_filter_by_what_people_do_next(client, event):
    make_mail(event.scope, 1, state=MailState.FAILED, last_error="550 no")
    make_mail(event.scope, 2)

    shown = page(client, f"/organise/{event.slug}/mails?group=failed")

    assert "Nicht zustellbar<span>1</span>" in shown
    assert "Alle<span>2</span>" in shown
    assert "Einladung 1" in shown
    assert "Einladung 2" not in shown


@pytest.mark.parametrize(
    "query", ["?page=99", "?page=x", "?group=nonsense", "?q=%00x", "?q=%25", "?q=" + "x" * 5000]
)
def test_odd_questions_get_a_page_or_a_clear_no(client, event, query):
    make_mail(event.scope)

    assert client.get(f"/organise/{event.slug}/mails{query}").status_code in {200, 400}


def test_an_empty_outbox_says_what_will_stand_there(client, event):
    assert "Noch ist keine Mail geschrieben" in page(client, f"/organise/{event.slug}/mails")


def test_a_mail_is_shown_with_all_its_parts(client, event):
    mail = make_mail(
        event.scope,
        reply_to="post@agentur.example",
        attachments=[
            {
                "filename": "termin.ics",
                "content_type": "text/calendar",
                "body": base64.b64encode(CALENDAR).decode(),
            }
        ],
    )

    shown = page(client, f"/organise/{event.slug}/mails/{mail.public_id}")

    for part in (
        "Einladung 1",
        "gast-1@werk.example",
        "post@agentur.example",
        "Ihr Link:",
        "termin.ics",
        "SUMMARY:Fachimpuls",
        f"mails/{mail.public_id}/html",
        "zugestellt",
    ):
        assert part in shown
    assert "Jetzt erneut senden" not in shown


def test_links_are_masked_outside_the_demo(client, event):
    mail = make_mail(event.scope)
    secret = sign(LinkKind.INVITATION, "gundula", 1)

    parts = [
        page(client, f"/organise/{event.slug}/mails/{mail.public_id}{part}")
        for part in ("", "/html")
    ]

    assert all(secret not in part and "gundula" not in part for part in parts)
    assert "http://localhost/i/…" in parts[0]
    assert "Links in dieser Mail" not in parts[0]


def test_links_work_in_the_demo(client, event, app, monkeypatch):
    settings = replace(app.config["SETTINGS"], demo=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    mail = make_mail(event.scope)
    link = f"http://localhost/i/{sign(LinkKind.INVITATION, 'gundula', 1)}"

    shown = page(client, f"/organise/{event.slug}/mails/{mail.public_id}")
    letter = client.get(f"/organise/{event.slug}/mails/{mail.public_id}/html")

    assert f'href="{link}"' in shown
    assert f'href="{link}"' in letter.get_data(as_text=True)
    assert '<base target="_blank">' in letter.get_data(as_text=True)
    assert "allow-popups" in letter.headers["Content-Security-Policy"]
    assert "allow-scripts" not in letter.headers["Content-Security-Policy"]


def test_the_letter_can_do_nothing_in_its_frame(client, event):
    mail = make_mail(event.scope, html="<p>x</p><script>alert(1)</script>")

    answer = client.get(f"/organise/{event.slug}/mails/{mail.public_id}/html")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_mail_without_html_has_no_letter(client, event):
    mail = make_mail(event.scope, html="")

    page(client, f"/organise/{event.slug}/mails/{mail.public_id}/html", 404)
    assert "<iframe" not in page(client, f"/organise/{event.slug}/mails/{mail.public_id}")


def test_attachments_are_downloads(client, event):
    mail = make_mail(
        event.scope,
        attachments=[
            {
                "filename": "termin.ics",
                "content_type": "text/calendar",
                "body": base64.b64encode(CALENDAR).decode(),
            },
            {"filename": "böse\r\nSet-Cookie: x.html", "content_type": "text/html", "body": ""},
        ],
    )

    calendar = client.get(f"/organise/{event.slug}/mails/{mail.public_id}/attachments/1")
    page_file = client.get(f"/organise/{event.slug}/mails/{mail.public_id}/attachments/2")

    assert calendar.data == CALENDAR
    assert calendar.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.headers["Content-Disposition"] == "attachment; filename=termin.ics"
    assert page_file.headers["Content-Type"] == "application/octet-stream"
    assert page_file.headers["Content-Disposition"].startswith("attachment")
    for number in (0, 3, 99):
        page(client, f"/organise/{event.slug}/mails/{mail.public_id}/attachments/{number}", 404)


def test_a_failed_mail_says_why_and_goes_out_again_on_request(client, event, app, monkeypatch):
    mail = make_mail(
        event.scope, state=MailState.FAILED, attempts=1, last_error="550 5.1.1 no such user"
    )
    address = f"/organise/{event.slug}/mails/{mail.public_id}"
    assert "550 5.1.1 no such user" in page(client, address)
    with mail_sink() as sink:
        settings = replace(app.config["SETTINGS"], smtp_url=SecretStr(sink.url))
        monkeypatch.setitem(app.config, "SETTINGS", settings)

        assert client.post(f"{address}/retry").status_code == 303
        deliver_due()

    assert sink.recipients == ["gast-1@werk.example"]
    assert "Die Mail wird jetzt erneut versendet." in page(client, address)


def test_a_delivered_mail_cannot_be_sent_again(client, event):
    mail = make_mail(event.scope)

    answer = client.post(f"/organise/{event.slug}/mails/{mail.public_id}/retry")

    assert answer.status_code == 409
    db.session.refresh(mail)
    assert mail.state is MailState.SENT


def test_a_waiting_mail_says_when_it_is_tried_again(client, event):
    mail = make_mail(
        event.scope,
        state=MailState.AWAITING_RETRY,
        last_error="451 greylisted",
        next_attempt_at=clock.now() + timedelta(minutes=5),
    )

    shown = page(client, f"/organise/{event.slug}/mails/{mail.public_id}")

    assert "Diese Mail wurde noch nicht angenommen" in shown
    assert "451 greylisted" in shown


def test_markup_in_names_and_subjects_stays_text(client, event):
    nasty = '<script>alert(1)</script>{{7*7}}" onx="'
    mail = make_mail(
        event.scope,
        to_name=nasty,
        subject=nasty,
        last_error=nasty,
        state=MailState.FAILED,
        text=nasty,
    )

    for path in (f"/organise/{event.slug}/mails", f"/organise/{event.slug}/mails/{mail.public_id}"):
        shown = page(client, path)
        assert "<script>alert" not in shown
        assert "{{7*7}}" in shown


def test_the_list_needs_as_many_statements_for_three_mails_as_for_sixty(client, event):
    def statements() -> int:
        with statement_count() as sent:
            page(client, f"/organise/{event.slug}/mails")
        return len(sent)

    for number in range(3):
        make_mail(event.scope, number)
    few = statements()
    for number in range(3, 60):
        make_mail(event.scope, number)

    assert statements() == few


def test_an_outsider_finds_no_outbox(client, event, sign_in):
    sign_in(client, make_account())

    page(client, f"/organise/{event.slug}/mails", 404)


def test_without_a_mail_server_the_page_says_so(client, event, app, monkeypatch):
    """T-80."""
    path = f"/organise/{event.slug}/mails"
    assert "Keine Mail verlässt dieses Gerät" in page(client, path)

    settings = replace(app.config["SETTINGS"], smtp_url=SecretStr("smtp://x.example"))
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    assert "Keine Mail verlässt dieses Gerät" not in page(client, path)


def test_the_demo_says_in_passing_that_its_mails_stay(client, event, app, monkeypatch):
    demo = replace(app.config["SETTINGS"], demo=True)
    monkeypatch.setitem(app.jinja_env.globals, "settings", demo)

    shown = page(client, f"/organise/{event.slug}/mails")

    assert "In der Demo verlässt keine Mail dieses Gerät" in shown
    assert "kern-alert" not in shown


MAILS = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.glob("*/mail/*.txt")
    if "{% block subject %}" in path.read_text(encoding="utf-8")
)


def test_there_are_mails_to_look_at():
    assert len(MAILS) > 25


@pytest.mark.parametrize("kind", MAILS)
def test_every_kind_of_mail_has_a_name_of_its_own(kind):
    assert kind in OCCASIONS


def test_no_name_is_left_of_a_mail_that_is_gone():
    assert sorted(set(OCCASIONS) - set(MAILS)) == []


@pytest.mark.parametrize("state", [one for one in MailState if one not in SAYS_ENOUGH])
def test_a_mail_that_did_not_simply_go_says_so_in_a_sentence(client, event, state):
    mail = make_mail(event.scope, state=state, last_error="550 no", returned_at=clock.now())

    page = client.get(f"/organise/{event.slug}/mails/{mail.public_id}")

    assert page.status_code == 200
    assert "kern-alert" in page.text.partition("<main")[2]


def test_a_mail_that_was_taken_back_says_why(client, event):
    mail = make_mail(event.scope, state=MailState.RECALLED)

    page = client.get(
        f"/organise/{event.slug}/mails/{mail.public_id}", headers={"Accept-Language": "de"}
    )

    assert "Diese Mail wurde zurückgenommen, bevor sie hinausging" in page.text
    assert "Ihre Welle wurde zurückgenommen" in page.text
