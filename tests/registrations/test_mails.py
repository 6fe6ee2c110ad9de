"""Every mail in both languages: subject, text, HTML, and nothing left in the other language."""

import re

import pytest
from factories import make_account, make_contact, make_event, make_invitation, make_venue
from registrations.support import ludmila
from sqlalchemy import select

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.actions import resend_link
from eventapp.registrations.actions import (
    accept_invitation,
    decline_invitation,
    name_substitute,
    request_links,
    tend_waiting_lists,
)

WORDS = {
    "de": {
        "confirmation": "Ihr Platz ist fest reserviert",
        "waiting": "auf der Warteliste auf Platz 1",
        "offer": "Wir halten ihn für Sie frei bis",
        "lapse": "zurück auf die Warteliste, an ihr Ende",
        "regret": "Schade, dass Sie nicht dabei sind",
        "substitute": "hat Sie als Vertretung benannt",
        "substitute_notice": "in Vertretung für Sie",
        "substitute_answer": "kann nicht an Ihrer Stelle",
        "withdrawal": "Ihre Einladung gilt nicht mehr",
        "link": "Ihr persönlicher Link",
        "links": "Sie haben um den persönlichen Link",
    },
    "en": {
        "confirmation": "Your place is reserved for you",
        "waiting": "in place 1",
        "offer": "We hold it for you until",
        "lapse": "back on the waiting list, at the end",
        "regret": "We are sorry to miss you",
        "substitute": "has named you as a substitute",
        "substitute_notice": "in your place",
        "substitute_answer": "cannot come to “Light” in your place",
        "withdrawal": "Your invitation is no longer valid",
        "link": "your personal link",
        "links": "you have asked for your personal link",
    },
}
TAGS = r"<style.*?</style>|<[^>]+>"
FOREIGN = {"de": r"\b(the|your|you|have|is|with)\b", "en": r"\b(die|der|Sie|Ihre?|und|nicht)\b"}


def all_kinds(locale: str) -> dict[str, OutboxMail]:
    """A little story in which each mail is sent once at least."""
    host = make_event().host
    event = make_event(
        host,
        capacity=1,
        venue=make_venue(host),
        title_de="Licht",
        title_en="Light",
        funding_notice_de="Gefördert",
        funding_notice_en="Funded",
    )
    first, second, third = (
        make_invitation(event, make_contact(host, locale=locale, email=f"{n}@x.example"))
        for n in "abc"
    )
    accept_invitation(first)
    waiting = accept_invitation(second)
    follow_up = name_substitute(first, ludmila())
    accept_invitation(first)
    decline_invitation(name_substitute(first, ludmila(first_name="Anna")))
    decline_invitation(first)
    decline_invitation(third)
    with clock.held(waiting.offered_until):
        tend_waiting_lists()
    resend_link(third, by=make_account(host))
    request_links("c@x.example", asked_from="203.0.113.7", locale=locale)
    assert follow_up.person.locale == locale
    return {
        mail.kind.rpartition("/")[2].removesuffix(".txt"): mail
        for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()))
    }


@pytest.mark.parametrize("locale", ["de", "en"])
def test_each_mail_says_its_thing_in_the_readers_language_as_text_and_as_html(app, locale):
    mails = all_kinds(locale)

    assert set(mails) == set(WORDS[locale])
    for kind, sentence in WORDS[locale].items():
        mail = mails[kind]
        html = " ".join(re.sub(TAGS, " ", mail.html, flags=re.DOTALL).split())
        letter = " ".join(mail.text.split())
        assert sentence in letter + mail.subject, kind
        assert mail.locale == locale, kind
        for text in (mail.subject, letter, html):
            assert not re.search(FOREIGN[locale], text.replace("Licht", "")), (kind, text)
            assert "{" not in text, kind
        assert ("Gefördert" if locale == "de" else "Funded") in letter, kind
        assert "Lichtforum, Am Leuchtenwerk 1, 59821 Arnsberg" in letter, kind


def test_replies_go_to_the_host_and_mails_belong_to_the_event(app):
    event = make_event()
    accept_invitation(make_invitation(event))

    mail = db.session.scalars(select(OutboxMail)).one()

    assert (mail.reply_to, mail.scope) == (event.host.email, event.scope)
