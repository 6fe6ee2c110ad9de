"""Pages for everybody: sign-in, legal pages, the organisation's colours."""

from hashlib import sha256
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import legal, queries, second_step
from eventapp.accounts.actions import continue_session, sign_in, sign_out
from eventapp.accounts.errors import CodeNeeded, TooManyAttempts, WrongSignIn
from eventapp.accounts.forms import BarrierForm, SignInForm
from eventapp.accounts.host_actions import report_barrier
from eventapp.accounts.models import HostOrganisation
from eventapp.accounts.permissions import SignedIn, current_person, may_open, person_by_secret
from eventapp.accounts.states import LegalKind
from eventapp.accounts.throttle import asker
from eventapp.foundation import sessions
from eventapp.foundation.access import access_of, public, signed_in
from eventapp.foundation.colour import Palette, palette_for, stylesheet
from eventapp.foundation.http import conditional, no_store
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.limits import limiter
from eventapp.foundation.logs import log
from eventapp.foundation.markdown import render
from eventapp.foundation.tokens import new_public_id

blueprint = Blueprint("accounts", __name__)

HOMES = ("desk_organiser.events", "accounts_organiser.account")
"""Where people go on after signing in: the first of these pages that is open to them."""
RENEWAL = "X-Renewal"
"""The header with which a page that is open asks for what is new, see static/js/renew.js."""
SEE_OTHER = 303
REPORT_LIMIT = "20 per hour"
TOO_MANY = 429
UNAUTHORISED = 401
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"


def init_sign_in(app: Flask) -> None:
    """Let the application know people by their session's secret, and links who may follow them."""
    sessions.init_sessions(app, _person_here)
    app.add_template_global(leads_on, "may_open")


def _person_here(secret: str) -> SignedIn | None:
    """Whose browser asks; a page that renews itself is no sign that somebody sits before it."""
    renewal = request.headers.get(RENEWAL) is not None
    return person_by_secret(secret) if renewal else continue_session(secret)


def leads_on(endpoint: str) -> bool:
    """Whether there is such a page and the signed-in person may open it."""
    known = endpoint in current_app.view_functions
    return known and may_open(access_of(current_app, endpoint))


@blueprint.route("/organise/signin", methods=["GET", "POST"])
@public
def signin() -> AnyResponse:
    """Sign in with e-mail address and password."""
    form = SignInForm()
    if not form.validate_on_submit():
        if request.method == "GET" and current_person() is not None:
            return redirect(_way_on(), code=SEE_OTHER)
        return _sign_in_page(form, 200)
    mark = known_mark(form.normalised_email())
    try:
        person = sign_in(form.request(device=mark))
    except (WrongSignIn, TooManyAttempts) as problem:
        return _refused(form, problem)
    except CodeNeeded as half_way:
        second_step.remember(half_way.account_id)
        wanted = sessions.next_path(otherwise="") or None
        return redirect(url_for("accounts_factor.code", next=wanted), code=SEE_OTHER)
    return let_in(person, mark=mark)


def enter_by_password(email: str, password: str) -> AnyResponse:
    """Sign in somebody who has just chosen this password; to the sign-in page where that fails."""
    form = SignInForm(formdata=None, email=email, password=password)
    mark = known_mark(form.normalised_email())
    try:
        person = sign_in(form.request(device=mark))
    except (WrongSignIn, TooManyAttempts):
        return redirect(url_for("accounts.signin", after="password"), code=SEE_OTHER)
    except CodeNeeded as half_way:
        second_step.remember(half_way.account_id)
        return redirect(url_for("accounts_factor.code"), code=SEE_OTHER)
    return let_in(person, mark=mark)


def known_mark(email: str) -> str:
    """The mark that this browser got when the account last signed in here, or ""."""
    return sessions.known_device(current_app, _subject(email))


def let_in(person: SignedIn, *, mark: str) -> AnyResponse:
    """Give the browser its session and its mark, and lead on to the page that was asked for."""
    sessions.begin_session(person)
    answer = redirect(_way_on(), code=SEE_OTHER)
    sessions.remember_device(
        current_app,
        answer,
        subject=_subject(person.account.email),
        mark=mark or new_public_id(),
    )
    return no_store(answer)


def _subject(email: str) -> str:
    return sha256(email.encode()).hexdigest()


def _way_on() -> str:
    """The page that was asked for before signing in, unless it is closed to the person."""
    wanted = sessions.next_path(otherwise="")
    if wanted and _is_open(wanted):
        return wanted
    return next(url_for(page) for page in HOMES if leads_on(page))


def _is_open(path: str) -> bool:
    try:
        endpoint, _parts = current_app.url_map.bind("").match(path.partition("?")[0])
    except HTTPException:  # no such page, or none to look at
        return False
    return leads_on(str(endpoint))


def _refused(form: SignInForm, problem: WrongSignIn | TooManyAttempts) -> Response:
    log.warning("sign-in refused", problem=type(problem).__name__, address=request.remote_addr)
    form.form_errors.append(str(problem.text))
    if isinstance(problem, WrongSignIn):
        return _sign_in_page(form, UNAUTHORISED)
    page = _sign_in_page(form, TOO_MANY)
    page.headers["Retry-After"] = str(problem.wait_seconds)
    return page


def _sign_in_page(form: SignInForm, status: int) -> Response:
    page = render_template(
        "accounts/signin.html",
        form=form,
        after=request.args.get("after") if not form.errors else None,
        host=queries.only_host(),
    )
    return no_store(make_response(page, status))


@blueprint.route("/organise/signout", methods=["POST"])
@signed_in()
def signout() -> AnyResponse:
    """End this browser's session and empty its cache, so that the back button shows nothing."""
    person = current_person()
    if person is not None:
        sign_out(person)
    sessions.end_session()
    answer = redirect(url_for("accounts.signin", after="signout"), code=SEE_OTHER)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.route("/imprint")
@public
def imprint() -> str:
    """Who is responsible for these pages."""
    return _legal_page(LegalKind.IMPRINT, _("Imprint"))


@blueprint.route("/privacy")
@public
def privacy() -> str:
    """What happens to personal data."""
    return _legal_page(LegalKind.PRIVACY, _("Privacy"))


@blueprint.route("/accessibility", methods=["GET", "POST"])
@public
@limiter.limit(REPORT_LIMIT, methods=["POST"], key_func=asker)
def accessibility() -> AnyResponse | str:
    """How accessible these pages are, and a form to tell about barriers, for everybody."""
    host, form = _asked_host(), BarrierForm()
    if form.validate_on_submit():
        report_barrier(host, form.request())
        return redirect(url_for(".accessibility", host=host.slug, reported=1), code=SEE_OTHER)
    return render_template(
        "accounts/accessibility.html",
        form=form if host.email else None,
        reported="reported" in request.args,
        **_legal_values(host, LegalKind.ACCESSIBILITY, _("Accessibility")),
    )


def _legal_page(kind: LegalKind, title: str) -> str:
    return render_template("accounts/legal.html", **_legal_values(_asked_host(), kind, title))


def _legal_values(host: HostOrganisation, kind: LegalKind, title: str) -> dict[str, Any]:
    page = queries.legal_page(host, kind)
    text = legal.filled(legal.body(page, kind, current_locale()), host)
    return {
        "title": title,
        "body": render(text),
        "has_gaps": legal.has_gaps(text),
        "page": page,
        "host": host,
        "owner": host,
    }


def _asked_host() -> HostOrganisation:
    slug = request.args.get("host")
    return queries.host_by_slug(slug) if slug else queries.first_host()


@blueprint.route("/hosts/<slug>.css")
@public
def host_stylesheet(slug: str) -> Response:
    """The organisation's colours, kept for ever under an address that names their version."""
    host = queries.host_by_slug(slug)
    stored = host.palette or {}
    palette = (
        Palette(stored["light"], stored["dark"], adjusted=False)
        if stored
        else palette_for(host.colour)
    )
    css = stylesheet(palette)
    answer = Response(css, mimetype="text/css")
    named = request.args.get("v") == str(host.version)
    answer.headers["Cache-Control"] = FOR_EVER if named else FOR_A_WHILE
    return conditional(answer, sha256(css.encode()).hexdigest()[:20])
