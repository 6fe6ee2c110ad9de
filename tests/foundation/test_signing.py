"""What is signed by the short way is what itsdangerous and Flask-WTF would have signed."""

import pytest
from flask import g, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf, validate_csrf
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from werkzeug.exceptions import BadRequest

from eventapp.foundation.form_guard import csrf, form_token
from eventapp.foundation.signing import KeyedSerializer

SECRETS = ["one that is older", "one that is newer"]
OPTIONS = {"key_derivation": "hmac"}


def ours(secrets=SECRETS, salt="salt", **more):
    return KeyedSerializer(secrets, salt=salt, **more)


def theirs(secrets=SECRETS, salt="salt", **more):
    return URLSafeTimedSerializer(secrets, salt=salt, **more)


@pytest.mark.parametrize("value", ["", "ä", {"a": [1, None]}, "long " * 200])
@pytest.mark.parametrize("options", [{}, {"signer_kwargs": OPTIONS}])
def test_each_reads_what_the_other_has_signed(value, options):
    assert theirs(**options).loads(ours(**options).dumps(value)) == value
    assert ours(**options).loads(theirs(**options).dumps(value)) == value
    assert ours(**options).loads(theirs(SECRETS[:1], **options).dumps(value)) == value


@pytest.mark.parametrize("value", ["", "Äußerlich, Hermine", {"a": ["b@werk.example", 0]}])
def test_what_is_short_is_signed_to_the_letter_as_itsdangerous_signs_it(value, monkeypatch):
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 1_000_000)
    assert ours().dumps(value) == theirs().dumps(value)


def test_what_is_long_is_still_made_shorter():
    assert len(ours().dumps("long " * 200)) == len(theirs().dumps("long " * 200))


def test_what_was_signed_with_another_key_or_for_something_else_is_refused():
    known = ours()
    for strange in (theirs(["another"]), theirs(salt="other"), ours(["another"]), ours(salt="x")):
        with pytest.raises(BadSignature):
            known.loads(strange.dumps("value"))
    signed = known.dumps("value")
    for changed in (signed[:-2], "A" + signed[1:], signed.replace(".", ""), "", "..", signed + "A"):
        with pytest.raises(BadSignature):
            known.loads(changed)
    assert known.loads(known.dumps("value", salt="other"), salt="other") == "value"
    assert known.loads(signed) == "value"  # and none of this is remembered


def test_what_is_too_old_is_refused(monkeypatch):
    known = ours()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 1_000_000)
    signed = known.dumps("value")
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 1_000_100)

    assert known.loads(signed, max_age=100) == "value"
    with pytest.raises(SignatureExpired):
        known.loads(signed, max_age=99)


def test_the_cookie_of_a_key_that_is_being_retired_still_opens_its_session(app):
    flasks = SecureCookieSessionInterface()
    with app.test_request_context("/"):
        before = flasks.get_signing_serializer(app).dumps({"word": "ä"})
    app.config["SECRET_KEY_FALLBACKS"], kept = [app.config["SECRET_KEY"]], app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "a newer key, as long as it must be"
    try:
        name = app.session_interface.get_cookie_name(app)
        with app.test_request_context("/", headers={"Cookie": f"{name}={before}"}):
            assert session["word"] == "ä"
    finally:
        app.config.update(SECRET_KEY=kept, SECRET_KEY_FALLBACKS=[])


def test_the_token_of_a_form_is_flask_wtfs(app):
    with app.test_request_context("/"):
        own = form_token()
        assert form_token() == own
        validate_csrf(own)
        del g.csrf_token
        theirs = generate_csrf()
    for token in (own, theirs):
        guard(app, token, session_from=own)


def token_of_a_visitor(app):
    with app.test_request_context("/"):
        g.pop("csrf_token", None)
        return form_token()


def guard(app, token, *, session_from):
    raw = KeyedSerializer(app.secret_key, salt="wtf-csrf-token").loads(session_from)
    with app.test_request_context("/", method="POST", data={"csrf_token": token}):
        session["csrf_token"] = raw
        csrf.protect()
        assert g.csrf_valid


def test_a_form_without_our_token_or_with_another_visitors_is_refused(app):
    own, anothers = token_of_a_visitor(app), token_of_a_visitor(app)
    guard(app, own, session_from=own)
    for wrong in ("", "x", own[:-1], anothers, own + anothers):
        with pytest.raises(BadRequest):
            guard(app, wrong, session_from=own)
    with (
        app.test_request_context("/", method="POST", data={"csrf_token": own}),
        pytest.raises(BadRequest),
    ):
        csrf.protect()  # nobody has given this visitor a token


def test_what_stands_in_a_session_instead_of_a_token_is_no_token(app):
    with app.test_request_context("/"):
        session["csrf_token"] = ["not a text"]
        assert isinstance(
            KeyedSerializer(app.secret_key, salt="wtf-csrf-token").loads(form_token()), str
        )
