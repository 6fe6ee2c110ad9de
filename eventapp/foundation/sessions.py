"""Who is asking: the seam between Flask-Login and the slice that knows people.

The cookie carries a random secret; what it stands for is looked up by the loader handed in here,
at most once a request and only when a page asks.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from eventapp.foundation.http import own_path

PersonLoader = Callable[[str], Any | None]
DEVICE_SALT = "known-device"
DEVICE_LIFETIME_SECONDS = 180 * 24 * 3600
SEE_OTHER = 303


def init_sessions(app: Flask, load: PersonLoader) -> None:
    """Let `load` turn the cookie's secret into a person, or None where it is worth nothing."""
    manager = LoginManager()
    manager.session_protection = None  # sessions live and die in the database, see accounts
    manager.user_loader(_speaking_their_language(load))
    # Not init_app: it would look into the cookie for every answer, so that none could be shared.
    app.login_manager = manager  # type: ignore[attr-defined]
    app.add_template_global(current_user, "current_user")


def _speaking_their_language(load: PersonLoader) -> PersonLoader:
    def loaded(secret: str) -> Any | None:
        person = load(secret)
        if person is not None:
            g.guest_locale = person.locale
        return person

    return loaded


def current_person() -> Any | None:
    """The signed-in person of this request, or None."""
    person = current_user._get_current_object()
    return person if person is not None and person.is_authenticated else None


def begin_session(person: Any) -> None:
    """Put the person's secret into a fresh cookie; whatever the old one held is gone."""
    session.clear()
    login_user(person)


def end_session() -> None:
    """Forget the person and everything else the cookie held."""
    logout_user()
    session.clear()


def ask_to_sign_in() -> Response:
    """On to the sign-in page, and from there back to the page that was asked for."""
    wanted = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    return redirect(url_for("accounts.signin", next=wanted), code=SEE_OTHER)


def next_path(*, otherwise: str) -> str:
    """Where the person wanted to go before signing in; own paths only."""
    return own_path(request.args.get("next"), otherwise=otherwise)


def known_device(app: Flask, subject: str) -> str:
    """The mark this browser got when `subject` last signed in here, or ""."""
    try:
        known = _device_serializer(app).loads(request.cookies.get(_device_cookie(app), ""))
        return str(known["mark"]) if known["subject"] == subject else ""
    except (BadSignature, KeyError, TypeError):
        return ""


def remember_device(app: Flask, response: Response, *, subject: str, mark: str) -> None:
    """Mark this browser as one of `subject`'s, so that strangers' guesses do not slow it down."""
    value = _device_serializer(app).dumps({"subject": subject, "mark": mark})
    response.set_cookie(
        _device_cookie(app),
        str(value),
        max_age=DEVICE_LIFETIME_SECONDS,
        httponly=True,
        secure=app.config["OVER_HTTPS"],
        samesite="Lax",
    )


def _device_cookie(app: Flask) -> str:
    return "__Host-device" if app.config["OVER_HTTPS"] else "device"


def _device_serializer(app: Flask) -> URLSafeSerializer:
    keys = [*app.config.get("SECRET_KEY_FALLBACKS", []), app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt=DEVICE_SALT)
