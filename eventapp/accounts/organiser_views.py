"""Pages for organisers: their own account, the organisation's settings and its legal pages."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from eventapp.accounts import legal, queries
from eventapp.accounts.access_forms import PasswordForm
from eventapp.accounts.actions import change_password, revoke_session
from eventapp.accounts.browsers import browser_words
from eventapp.accounts.errors import TooManyAttempts
from eventapp.accounts.forms import HostForm, LegalForm
from eventapp.accounts.host_actions import (
    LegalTexts,
    checked_palette,
    save_host_settings,
    save_legal_page,
)
from eventapp.accounts.joining import accept_membership, decline_membership, work_for
from eventapp.accounts.permissions import (
    ABSOLUTE_LIMIT,
    current_account,
    current_host,
    current_membership,
    current_person,
    here,
    invitation_to,
    invitations_of,
    memberships_in_force,
    own_team,
)
from eventapp.accounts.states import ORGANISERS, LegalKind
from eventapp.accounts.words import ROLE_TASKS, ROLE_WORDS
from eventapp.foundation import clock, sessions
from eventapp.foundation.access import signed_in
from eventapp.foundation.colour import Palette, as_hex
from eventapp.foundation.errors import Invalid, NotFound, Stale
from eventapp.foundation.markdown import render

blueprint = Blueprint("accounts_organiser", __name__, url_prefix="/organise")

SEE_OTHER = 303
CONFLICT = 409
TOO_MANY = 429


@blueprint.route("/account")
@signed_in()
def account() -> str:
    """One's own account: password and signed-in browsers."""
    return _account_page(PasswordForm(formdata=None))


@blueprint.route("/account/password", methods=["POST"])
@signed_in()
def password() -> Response | str:
    """Change one's own password; other browsers are signed out."""
    form = PasswordForm()
    person = current_person()
    if not form.validate_on_submit() or person is None:
        return _account_page(form)
    wanted = form.request()
    try:
        renewed = change_password(person, current=wanted.current, new=wanted.new)
    except Invalid as problem:
        form.refuse(problem)
        return _account_page(form)
    except TooManyAttempts as problem:
        return _told_to_wait(form, problem)
    sessions.begin_session(renewed)
    flash(_("Your password has been changed. Other browsers have been signed out."), "success")
    return redirect(url_for("accounts_organiser.account"), code=SEE_OTHER)


def _told_to_wait(form: PasswordForm, problem: TooManyAttempts) -> Response:
    form.form_errors.append(str(problem.text))
    page = make_response(_account_page(form), TOO_MANY)
    page.headers["Retry-After"] = str(problem.wait_seconds)
    return page


@blueprint.route("/account/sessions/<int:session_id>/revoke", methods=["POST"])
@signed_in()
def revoke(session_id: int) -> Response:
    """Sign out one of one's own browsers."""
    revoke_session(current_account(), session_id)
    flash(_("That browser has been signed out."), "success")
    return redirect(url_for("accounts_organiser.account"), code=SEE_OTHER)


@blueprint.route("/account/invitations/<int:membership_id>", methods=["POST"])
@signed_in()
def join(membership_id: int) -> Response:
    """Work for one more organisation."""
    membership = invitation_to(current_account(), membership_id)
    accept_membership(membership)
    flash(_("You now also work for %(owner)s.", owner=membership.host.name), "success")
    return redirect(url_for("accounts_organiser.account"), code=SEE_OTHER)


@blueprint.route("/account/invitations/<int:membership_id>/decline", methods=["POST"])
@signed_in()
def decline(membership_id: int) -> Response:
    """Stay out of an organisation's team."""
    membership = invitation_to(current_account(), membership_id)
    decline_membership(membership)
    flash(_("You have declined. Nothing about your account has changed."), "success")
    return redirect(url_for("accounts_organiser.account"), code=SEE_OTHER)


@blueprint.route("/account/teams/<int:membership_id>", methods=["POST"])
@signed_in()
def choose_team(membership_id: int) -> Response:
    """Work for another of one's own teams in this browser."""
    membership = own_team(current_account(), membership_id)
    work_for(here(), membership)
    flash(_("You now work for %(owner)s.", owner=membership.host.name), "success")
    return redirect(url_for("accounts_organiser.account"), code=SEE_OTHER)


def _account_page(form: PasswordForm) -> str:
    open_sessions = queries.open_sessions(current_account(), since=clock.now() - ABSOLUTE_LIMIT)
    role = current_membership().role
    return render_template(
        "accounts/organiser/account.html",
        form=form,
        person=current_person(),
        administrators=queries.administrators_of(current_host()),
        role=ROLE_WORDS[role],
        needs_factor=role in ORGANISERS and current_account().totp_since is None,
        invitations=invitations_of(current_account()),
        teams=memberships_in_force(current_account()),
        role_words=ROLE_WORDS,
        role_tasks=ROLE_TASKS,
        rows=[(row, browser_words(row.user_agent)) for row in open_sessions],
        rail="account",
    )


@blueprint.route("/settings", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def host_settings() -> tuple[str, int] | Response | str:
    """Name, contact and colour of the organisation, with a preview of the colour."""
    host = current_host()
    form = HostForm(obj=host)
    if not form.is_submitted():
        form.colour.data = as_hex(host.colour)
    if not form.validate_on_submit():
        return _settings_page(form)
    try:
        if "preview" in request.form:
            return _settings_page(form, palette=checked_palette(form.request().colour))
        save_host_settings(
            host, form.request(), seen_version=form.seen_version(), actor=current_account()
        )
    except Invalid as problem:
        form.refuse(problem)
        return _settings_page(form)
    except Stale as problem:
        return _settings_page(form, stale=problem), CONFLICT
    flash(_("The settings have been saved."), "success")
    return redirect(url_for("accounts_organiser.host_settings"), code=SEE_OTHER)


def _settings_page(
    form: HostForm, *, palette: Palette | None = None, stale: Stale | None = None
) -> str:
    host = current_host()
    return render_template(
        "accounts/organiser/settings.html",
        form=form,
        host=host,
        rail="host",
        stale=stale,
        palette=palette,
        version=_version_to_send(form, host.version, stale),
    )


@blueprint.route("/pages/<kind>", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def legal_page(kind: str) -> tuple[str, int] | Response | str:
    """Edit a legal page in both languages, with a preview."""
    chosen = _kind(kind)
    host = current_host()
    page = queries.legal_page(host, chosen)
    form = LegalForm(
        data={name: legal.body(page, chosen, name[-2:]) for name in ("body_de", "body_en")}
    )
    if not form.validate_on_submit():
        return _legal_editor(form, chosen)
    if "preview" in request.form:
        return _legal_editor(form, chosen, preview=form.request())
    try:
        save_legal_page(
            host, chosen, form.request(), seen_version=form.seen_version(), actor=current_account()
        )
    except Stale as problem:
        return _legal_editor(form, chosen, stale=problem), CONFLICT
    flash(_("The page has been saved."), "success")
    return redirect(url_for("accounts_organiser.legal_page", kind=kind), code=SEE_OTHER)


def _legal_editor(
    form: LegalForm,
    kind: LegalKind,
    *,
    preview: LegalTexts | None = None,
    stale: Stale | None = None,
) -> str:
    host = current_host()
    stored = queries.legal_page(host, kind)
    shown = {"de": _shown(preview.body_de), "en": _shown(preview.body_en)} if preview else None
    return render_template(
        "accounts/organiser/legal_page.html",
        form=form,
        kind=kind,
        host=host,
        rail="host",
        preview=shown,
        stale=stale,
        is_template=stored is None,
        version=_version_to_send(form, stored.version if stored else 0, stale),
    )


def _shown(text: str) -> Markup:
    return render(legal.filled(text, current_host()))


def _version_to_send(form: HostForm | LegalForm, current: int, stale: Stale | None) -> int:
    """The version the person saw; after a conflict the current one, as they have seen it now."""
    seen = form.seen_version()
    return current if seen < 0 or stale is not None else seen


def _kind(text: str) -> LegalKind:
    try:
        return LegalKind(text)
    except ValueError as problem:
        raise NotFound from problem
