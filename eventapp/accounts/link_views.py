"""Pages for who cannot sign in: the forgotten password, and the link from a mail."""

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.accounts import queries
from eventapp.accounts.access_forms import BeginForm, ForgottenForm, NewPasswordForm
from eventapp.accounts.errors import DeadLink, TooManyAttempts
from eventapp.accounts.link_actions import has_begun, request_reset, set_password_by_link
from eventapp.accounts.models import Account
from eventapp.accounts.permissions import account_for_link, team_behind
from eventapp.accounts.states import ORGANISERS
from eventapp.accounts.throttle import asker
from eventapp.accounts.views import enter_by_password
from eventapp.foundation.access import bearer, public
from eventapp.foundation.errors import Invalid, found
from eventapp.foundation.http import no_store
from eventapp.foundation.limits import limiter
from eventapp.foundation.pace import even_pace

blueprint = Blueprint("accounts_links", __name__)

SEE_OTHER = 303
NOT_FOUND = 404
TOO_MANY = 429
GUESS_LIMIT = "60 per minute"
_guesses_limited = limiter.limit_wrong(
    GUESS_LIMIT, asker=asker, is_wrong=lambda response: response.status_code == NOT_FOUND
)


@blueprint.app_errorhandler(DeadLink)
def dead_link(_problem: DeadLink) -> tuple[str, int]:
    """The one page for every link to an account that opens nothing."""
    return render_template("accounts/dead_link.html", host=queries.only_host()), NOT_FOUND


@blueprint.route("/organise/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Response:
    """Ask for a new password; the answer, and its time, are the same for everybody."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return _forgotten_page(form, 200)
    try:
        with even_pace(unless=TooManyAttempts):
            request_reset(form.keep("email"), asked_from=request.remote_addr or "")
    except TooManyAttempts as problem:
        form.form_errors.append(str(problem.text))
        page = _forgotten_page(form, TOO_MANY)
        page.headers["Retry-After"] = str(problem.wait_seconds)
        return page
    return redirect(url_for(".reset_sent"), code=SEE_OTHER)


def _forgotten_page(form: ForgottenForm, status: int) -> Response:
    page = render_template("accounts/forgotten.html", form=form, host=queries.only_host())
    return no_store(make_response(page, status))


@blueprint.route("/organise/forgotten/sent")
@public
def reset_sent() -> str:
    """What happens now, whoever asked."""
    return render_template("accounts/reset_sent.html", host=queries.only_host())


@blueprint.route("/a/<token>")
@bearer
@_guesses_limited
def choose(token: str) -> str:
    """Choose a password; a new colleague says the name as well."""
    account = _account(token)
    return _choose_page(token, account, _form_for(account))


@blueprint.route("/a/<token>", methods=["POST"])
@bearer
@_guesses_limited
def set_password(token: str) -> Response | str:
    """Take it. Whoever begins is signed in as by the sign-in page, with all that guards it; whoever
    lost a password signs in with the new one."""
    account = _account(token)
    first = not has_begun(account)
    form = _form_for(account)
    if not form.validate_on_submit():
        return _choose_page(token, account, form)
    wanted = form.request()
    try:
        set_password_by_link(token, wanted)
    except Invalid as problem:
        form.refuse(problem)
        return _choose_page(token, account, form)
    if first:
        answer = enter_by_password(account.email, wanted.password)
        _advise(account)
        return answer
    return redirect(url_for("accounts.signin", after="password"), code=SEE_OTHER)


def _advise(account: Account) -> None:
    """A new colleague who works with many people's data hears of the second factor at once."""
    if any(one.accepted_at and one.role in ORGANISERS for one in account.memberships):
        flash(
            _(
                "Welcome. Please also turn on the second factor under “My account”: then a "
                "password alone does not open the addresses of your guests."
            ),
            "info",
        )


def _account(token: str) -> Account:
    """Load by link, and speak the person's language unless another one was chosen."""
    account = account_for_link(token)
    g.guest_locale = account.locale
    return account


def _form_for(account: Account) -> NewPasswordForm:
    return NewPasswordForm() if account.name else BeginForm()


def _choose_page(token: str, account: Account, form: NewPasswordForm) -> str:
    return render_template(
        "accounts/choose_password.html",
        form=form,
        account=account,
        first=not has_begun(account),
        host=found(team_behind(account, token)).host,
    )
