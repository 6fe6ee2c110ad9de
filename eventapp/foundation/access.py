"""Default deny: a page without a statement about its visitors keeps the application from starting.

The statement is a decorator on the view. Which signed-in person has which role is not known here;
`accounts` hands in the check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, request
from werkzeug.wrappers import Response

from eventapp.foundation.errors import NotFound


class Visitor(StrEnum):
    """Who may ask for a page at all; what they see there is up to the loader behind it."""

    PUBLIC = "public"
    BEARER = "bearer"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Access:
    """The statement of a view: kind of visitor and, if signed in, which roles."""

    visitor: Visitor
    roles: frozenset[str] = frozenset()

    def lets_in(self, role: str) -> bool:
        """Whether somebody signed in with this role may ask for the page."""
        return not self.roles or role in self.roles


View = Callable[..., Any]
SignedInCheck = Callable[["Access"], Response | None]
V = TypeVar("V", bound=View)


def _stated(view: V, access: Access) -> V:
    view.access = access  # type: ignore[attr-defined]  # functions take attributes
    return view


def public(view: V) -> V:
    """Anybody may see this page."""
    return _stated(view, Access(Visitor.PUBLIC))


def bearer(view: V) -> V:
    """Whoever bears the secret link may see this page; the view's loader verifies it."""
    return _stated(view, Access(Visitor.BEARER))


def signed_in(*roles: StrEnum) -> Callable[[V], V]:
    """Only signed-in people with one of the roles; without roles, everybody signed in."""

    def decorate(view: V) -> V:
        return _stated(view, Access(Visitor.SIGNED_IN, frozenset(role.value for role in roles)))

    return decorate


@dataclass(frozen=True)
class LargeBody:
    """How many bytes a view takes beyond what all take, and who may send them."""

    limit: int
    may: Callable[..., bool]


def takes_files(limit: int, may: Callable[..., bool]) -> Callable[[V], V]:
    """This view takes a body of up to `limit` bytes from whom `may` lets in.

    It is asked with what stands in the address, before a byte of the body is read.
    """

    def decorate(view: V) -> V:
        view.large_body = LargeBody(limit, may)  # type: ignore[attr-defined]  # as `_stated`
        return view

    return decorate


def large_body_of(app: Flask, endpoint: str) -> LargeBody | None:
    """What the view of an endpoint takes beyond the usual, if it does."""
    return getattr(app.view_functions[endpoint], "large_body", None)


def access_of(app: Flask, endpoint: str) -> Access | None:
    """What the view of an endpoint states, or None where it states nothing."""
    return getattr(app.view_functions[endpoint], "access", None)


def enforce_access(app: Flask, check_signed_in: SignedInCheck) -> None:
    """Refuse to start with a page that states nothing; ask for sign-in before each that wants it.

    `check_signed_in` returns None to let the visitor in, a response to send them elsewhere, or
    raises NotAllowed.
    """
    silent = [name for name in app.view_functions if access_of(app, name) is None]
    if silent:
        raise RuntimeError(f"pages without an access statement: {', '.join(sorted(silent))}")

    @app.before_request
    def deny_by_default() -> Response | None:
        endpoint = request.endpoint
        if endpoint is None:
            return None  # no such page: the 404 handler answers
        access = access_of(app, endpoint)
        if access is None:
            raise NotFound
        return check_signed_in(access) if access.visitor is Visitor.SIGNED_IN else None
