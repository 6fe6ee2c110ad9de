"""Error pages: friendly, in the visitor's language, with the request's id, and without traces."""

from collections.abc import Callable

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from eventapp.foundation import sessions
from eventapp.foundation.errors import DomainError, Invalid, NotAllowed, NotFound, Refused, Stale
from eventapp.foundation.http import no_store
from eventapp.foundation.logs import log, request_id
from eventapp.foundation.message import message

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Refused: 409,
    Invalid: 400,
    DomainError: 400,
}
FAILURE = 500
BUSY, RETRY_SECONDS = 503, 5
ORGANISERS_PART = "/organise"
SAID_BY_THE_HEADING = (DomainError.default(), NotFound.default(), NotAllowed.default())
KEPT_HEADERS = frozenset({"Allow", "Retry-After"})
STALE_FORM = message(
    "This page was open in another window, or your browser blocks cookies. "
    "Please load it again and send it once more."
)
BARE_PAGE = """<!doctype html>
<html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Etwas ist schiefgelaufen</title>
<main><h1>Etwas ist bei uns schiefgelaufen</h1>
<p>Bitte versuchen Sie es in einigen Minuten erneut.</p>
<p lang="en">Something went wrong on our side. Please try again in a few minutes.</p>
<p><small>%s</small></p></main></html>
"""


def answer_problems(app: Flask) -> None:
    """Turn each kind of refusal and each accident into a page with the right status."""
    for kind, status in STATUS.items():
        app.register_error_handler(kind, _domain_answer(status))
    app.register_error_handler(
        CSRFError, lambda _problem: problem_page(DomainError(STALE_FORM), 400)
    )
    app.register_error_handler(StaleDataError, lambda _rivals: problem_page(Stale(), 409))
    app.register_error_handler(OperationalError, _busy_answer)
    app.register_error_handler(HTTPException, _http_answer)  # accidents arrive here as 500


def _domain_answer(status: int) -> Callable[[DomainError], Response]:
    def answer(problem: DomainError) -> Response:
        return problem_page(problem, status)

    return answer


def problem_page(problem: DomainError | None, status: int) -> Response:
    """What happened, what to do now; bare words where even the template fails."""
    organising = request.path.startswith(ORGANISERS_PART)
    try:
        page = render_template(
            "layout/problem.html",
            said=problem.text if problem and problem.text not in SAID_BY_THE_HEADING else "",
            status=status,
            reference=request_id(),
            organising=organising,
            frame="organiser_bar.html" if organising and _knows_the_person(status) else None,
        )
    except Exception as second:  # the page that reports accidents must not have one
        log.error("problem page failed", exc_info=second)
        page = BARE_PAGE % escape(request_id())
    return no_store(make_response(page, status))


def _knows_the_person(status: int) -> bool:
    """Whether somebody is signed in; after an accident the database is not asked."""
    try:
        return status < FAILURE and sessions.current_person() is not None
    except Exception as second:  # then the guests' frame, which needs nobody
        log.error("nobody could be asked for", exc_info=second)
        return False


def _busy_answer(problem: OperationalError) -> Response:
    """The database is locked or gone for the moment; nothing was done, a repetition is safe."""
    log.error("database unavailable", exc_info=problem)
    answer = problem_page(None, BUSY)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _http_answer(problem: HTTPException) -> Response | HTTPException:
    status = problem.code or FAILURE
    if status < 400:
        return problem
    answer = problem_page(None, status)
    for name, value in problem.get_headers(request.environ):
        if name in KEPT_HEADERS:
            answer.headers[name] = value
    return answer
