"""Imprint, privacy and accessibility: honest templates first, then the organisation's own words."""

import pytest
from factories import make_host

from eventapp.accounts.legal import filled, has_gaps
from eventapp.accounts.models import AuditEntry, HostOrganisation, LegalPage
from eventapp.accounts.states import LegalKind
from eventapp.foundation.database import db, transaction
from eventapp.foundation.markdown import render
from eventapp.foundation.outbox import OutboxMail


def own_page(host, kind=LegalKind.IMPRINT, **given):
    with transaction():
        page = LegalPage(
            **{
                "host": host,
                "kind": kind,
                "body_de": "Von **{host}**.",
                "body_en": "By **{host}**.",
            }
            | given
        )
        db.session.add(page)
    return page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/imprint", ["§ 5 DDG", "§ 18 Abs. 2 MStV", "Registernummer", "Aufsichtsbehörde"]),
        (
            "/privacy",
            [
                "Datenschutzbeauftragte",
                "Rechtsgrundlage",
                "Art. 6 Abs. 1",
                "Art. 9 Abs. 2",
                "Wer Ihre Daten erhält",
                "Löschung",
                "Art. 15",
                "Art. 17",
                "Art. 21",
                "widerrufen",
                "ldi.nrw.de",
                "Art. 22",
                "§ 25 Abs. 2 TDDDG",
                "Woher wir",
            ],
        ),
        ("/accessibility", ["BGG NRW", "BITVNRW", "EN 301 549", "Barriere melden", "Ombudsstelle"]),
    ],
)
def test_the_template_has_what_the_law_lists(client, app, path, words):
    host = make_host(name="Agentur Sauerland", email="post@sauerland.example", phone="02931 1234")

    page = client.get(path, headers={"Accept-Language": "de"}).text

    assert [word for word in words if word not in page] == []
    assert "Agentur Sauerland" in page
    assert host.email in page
    assert "{" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("path", ["/imprint", "/privacy", "/accessibility"])
def test_every_legal_page_exists_in_english(client, app, path):
    make_host()

    page = client.get(f"{path}?lang=en").text

    assert '<html lang="en">' in page
    assert "Telephone" in page or "telephone" in page


def test_what_the_organisation_wrote_replaces_the_template(client, app):
    own_page(make_host(name="Agentur Sauerland"))

    page = client.get("/imprint", headers={"Accept-Language": "de"}).text

    assert "Von <strong>Agentur Sauerland</strong>." in page
    assert "MStV" not in page
    assert "eckigen Klammern" not in page


@pytest.mark.parametrize("path", ["/imprint", "/privacy", "/accessibility"])
def test_a_template_with_gaps_says_that_it_is_none_of_the_organisations_yet(client, app, path):
    make_host(name="Agentur Sauerland")

    page = client.get(path, headers={"Accept-Language": "de"}).text

    assert "Agentur Sauerland füllt noch aus, was in eckigen Klammern steht" in page


def test_a_markdown_link_is_no_gap():
    assert not has_gaps("Siehe [www.ldi.nrw.de](https://www.ldi.nrw.de).")
    assert has_gaps("[Anschrift], E-Mail")


def test_each_organisation_has_its_own_pages(client, app):
    make_host()
    own_page(make_host(slug="zweite", name="Zweite Agentur"))

    assert "<strong>Zweite Agentur</strong>" in client.get("/imprint?host=zweite").text
    assert client.get("/imprint?host=gibt-es-nicht").status_code == 404


def test_before_anything_is_set_up_the_page_says_so(client, app):
    answer = client.get("/imprint", headers={"Accept-Language": "de"})

    assert answer.status_code == 404
    assert "noch nicht eingerichtet" in answer.text


def test_script_in_a_page_is_text(client, app):
    own_page(
        make_host(),
        body_de='<script>x()</script> [hier](javascript:x()) <b onclick="x()">',
        body_en="x",
    )

    page = client.get("/imprint", headers={"Accept-Language": "de"}).text

    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;" in page


def save(client, **given):
    return client.post(
        "/organise/pages/imprint",
        data={"version": "0", "body_de": "Neu auf Deutsch", "body_en": "New in English"} | given,
    )


def test_an_organiser_edits_a_page_and_the_change_is_recorded(client, organiser):
    answer = save(client)

    assert (answer.status_code, answer.location) == (303, "/organise/pages/imprint")
    page = db.session.query(LegalPage).one()
    assert (page.body_de, page.body_en) == ("Neu auf Deutsch", "New in English")
    entry = db.session.query(AuditEntry).one()
    assert (entry.action, entry.actor, entry.before) == ("legal_page.changed", organiser.name, {})


def test_the_editor_begins_with_the_template(client, organiser):
    page = client.get("/organise/pages/privacy").text

    assert "Dies ist eine Vorlage" in page
    assert "# Wer verantwortlich ist" in page
    assert "# Who is responsible" in page


def test_a_preview_saves_nothing(client, organiser):
    page = save(client, preview="1", body_de="**fett**").text

    assert "<strong>fett</strong>" in page
    assert db.session.query(LegalPage).count() == 0


def test_the_second_of_two_editors_sees_both_versions_and_overwrites_nothing(client, organiser):
    save(client)

    second = save(client, body_de="Meine Fassung")

    assert second.status_code == 409
    assert "Neu auf Deutsch" in second.text
    assert "Meine Fassung</textarea>" in second.text
    assert db.session.query(LegalPage).one().body_de == "Neu auf Deutsch"


def test_after_seeing_both_the_second_editor_may_replace_the_text(client, organiser):
    save(client)
    save(client, body_de="Meine Fassung")

    assert save(client, version="1", body_de="Meine Fassung").status_code == 303
    db.session.expire_all()
    assert db.session.query(LegalPage).one().body_de == "Meine Fassung"


def test_an_empty_text_is_refused_with_the_other_kept(client, organiser):
    page = save(client, body_de="  ").text

    assert "<title>Fehler: " in page
    assert "New in English" in page


def test_there_are_three_legal_pages_and_no_other(client, organiser):
    assert client.get("/organise/pages/terms").status_code == 404


def report(client, **given):
    return client.post(
        "/accessibility",
        data={"message": "Der Plan ist nicht lesbar.", "page": "Programm", "email": ""} | given,
    )


def test_a_barrier_can_be_reported_without_an_account_or_an_address(client, app):
    host = make_host(email="post@agentur.example")

    answer = report(client)

    assert (answer.status_code, answer.location) == (
        303,
        f"/accessibility?host={host.slug}&reported=1",
    )
    mail = db.session.query(OutboxMail).one()
    assert (mail.to_email, mail.scope, mail.reply_to) == (
        "post@agentur.example",
        f"host:{host.id}",
        "",
    )
    assert "Der Plan ist nicht lesbar." in mail.text
    assert "Vielen Dank" in client.get(answer.location).text


def test_the_answer_to_a_report_goes_to_the_person_who_wrote(client, app):
    make_host(email="post@agentur.example")

    report(client, email="gast@werk.example")

    assert db.session.query(OutboxMail).one().reply_to == "gast@werk.example"


def test_an_empty_report_is_refused_in_words(client, app):
    make_host(email="post@agentur.example")

    page = report(client, message=" ").text

    assert "<title>Fehler: " in page
    assert "Programm" in page
    assert db.session.query(OutboxMail).count() == 0


def test_an_organisation_without_an_address_offers_no_form(client, app):
    make_host(email="")

    assert "<textarea" not in client.get("/accessibility").text
    assert report(client).status_code == 409


def test_address_and_telephone_are_links_unless_the_text_has_made_one_already():
    host = HostOrganisation(name="A", slug="a", email="info@a.example", phone="+49 (0)2761 83-0")

    words = render(filled("E-Mail: {email}, Telefon: {phone}", host))
    own = render(filled("[{email}](mailto:{email})", host))

    assert '<a href="mailto:info@a.example" rel="noopener nofollow">info@a.example</a>' in words
    assert 'href="tel:+492761830"' in words
    assert own.count("<a ") == 1
    assert filled("{email} {phone}", HostOrganisation(name="A", slug="a")) == "– –"


def test_reports_from_one_network_are_limited_together(limited_app):
    make_host(email="post@sauerland.example")
    browser = limited_app.test_client()

    answers = [
        browser.post(
            "/accessibility",
            data={"text": "Zu klein"},
            environ_base={"REMOTE_ADDR": f"2001:db8:0:7::{number:x}"},
        ).status_code
        for number in range(22)
    ]

    assert 429 not in answers[:20]
    assert answers[20:] == [429] * 2
