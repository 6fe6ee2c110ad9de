"""What tables ask once for a page: words in the reader's language, addresses as the router's."""

from flask import url_for
from markupsafe import Markup

from eventapp.foundation.i18n import use_locale
from eventapp.foundation.message import message
from eventapp.foundation.row_help import Kept, address_of_each, badges


def test_a_word_is_asked_once_and_stays_a_text():
    asked = []
    words = Kept(lambda key: asked.append(key) or message("Guests"))
    assert [words["a"], words["a"], words["b"]] == ["Guests"] * 3
    assert asked == ["a", "b"]


def test_words_of_another_page_are_in_its_own_language(app):
    def words():
        return Kept(lambda _key: message("Guests"))

    with app.test_request_context():
        with use_locale("de"):
            german = words()["x"]
        with use_locale("en"):
            assert (german, words()["x"]) == ("Gäste", "Guests")


def test_badges_are_markup_with_the_word_escaped(app):
    with app.test_request_context():
        drawn = badges(lambda state: f"<{state}>", {"good": "success"})
        assert isinstance(drawn["good"], Markup)
        assert "kern-badge--success" in drawn["good"]
        assert "kern-badge--plain" in drawn["other"]
        assert "&lt;good&gt;" in drawn["good"]


def test_the_pattern_gives_the_address_that_the_router_gives(app):
    with app.test_request_context():
        for slug in ("fest", "fest-7070707070", "100%-fest", "a b"):
            pattern = address_of_each("registrations_organiser.guest", "registration_id", slug=slug)
            assert pattern % 17 == url_for(
                "registrations_organiser.guest", slug=slug, registration_id=17
            )
