"""Pages for administrators: who works for the organisation, and what each of them may do."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.accounts import queries, team_actions
from eventapp.accounts.access_forms import InviteForm, RoleForm
from eventapp.accounts.link_actions import has_begun
from eventapp.accounts.models import Membership
from eventapp.accounts.permissions import (
    colleague_of,
    current_account,
    current_host,
    may_organise,
    works_elsewhere,
)
from eventapp.accounts.states import ADMINISTRATORS
from eventapp.accounts.words import ROLE_TASKS, ROLE_WORDS
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.pages import page_number

blueprint = Blueprint("accounts_team", __name__, url_prefix="/organise/team")

SEE_OTHER = 303
CONFLICT = 409


@blueprint.route("", methods=["GET", "POST"])
@signed_in(*ADMINISTRATORS)
def team() -> Response | str:
    """All colleagues; a form to let one more in."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            team_actions.invite_colleague(current_host(), form.request(), by=current_account())
        except Invalid as problem:
            form.refuse(problem)
        else:
            text = _("A mail is on its way to %(email)s.", email=form.keep("email"))
            flash(text, "success")
            return redirect(url_for(".team"), code=SEE_OTHER)
    page = queries.colleagues(current_host(), page_number(request.args.get("page")))
    return render_template(
        "accounts/organiser/team.html",
        form=form,
        page=page,
        seen=queries.last_seen([one.account_id for one in page.rows]),
        role_words=ROLE_WORDS,
        role_tasks=ROLE_TASKS,
        own=current_account(),
        rail="team",
    )


@blueprint.route("/<int:membership_id>")
@signed_in(*ADMINISTRATORS)
def colleague(membership_id: int) -> str:
    """One colleague, with what can be changed about them."""
    membership = _colleague(membership_id)
    return _colleague_page(membership, RoleForm(formdata=None, role=membership.role))


@blueprint.route("/<int:membership_id>/role", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def role(membership_id: int) -> tuple[str, int] | Response | str:
    """Another role; the colleague is signed out everywhere."""
    membership, form = _colleague(membership_id), RoleForm()
    if not form.validate_on_submit():
        return _colleague_page(membership, form)
    try:
        team_actions.change_role(membership, form.role.member(), by=current_account())
    except Refused as problem:
        return _refused(membership, problem)
    if membership.account_id == current_account().id:
        return redirect(url_for("accounts.signin", after="role"), code=SEE_OTHER)
    flash(_("The role has been changed."), "success")
    return _back(membership)


@blueprint.route("/<int:membership_id>/needs", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def grant_needs(membership_id: int) -> tuple[str, int] | Response:
    """The right to know what support guests need."""
    membership = _colleague(membership_id)
    try:
        team_actions.grant_needs_right(membership, by=current_account())
    except Refused as problem:
        return _refused(membership, problem)
    flash(_("The colleague may see from now on what support guests need."), "success")
    return _back(membership)


@blueprint.route("/<int:membership_id>/needs/revoke", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def revoke_needs(membership_id: int) -> Response:
    """Take that right back."""
    membership = _colleague(membership_id)
    team_actions.revoke_needs_right(membership, by=current_account())
    flash(_("The colleague does not see any more what support guests need."), "success")
    return _back(membership)


@blueprint.route("/<int:membership_id>/link", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def link(membership_id: int) -> tuple[str, int] | Response:
    """The mail with which a colleague begins, once more."""
    membership = _colleague(membership_id)
    try:
        team_actions.send_welcome_again(membership, by=current_account(), locale=current_locale())
    except Refused as problem:
        return _refused(membership, problem)
    flash(_("The invitation is on its way again; an earlier link opens nothing now."), "success")
    return _back(membership)


@blueprint.route("/<int:membership_id>/disable", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def disable(membership_id: int) -> tuple[str, int] | Response:
    """Keep a colleague out."""
    membership = _colleague(membership_id)
    try:
        team_actions.disable_colleague(membership, by=current_account())
    except Refused as problem:
        return _refused(membership, problem)
    flash(_("The account is locked, and signed out everywhere."), "success")
    return _back(membership)


@blueprint.route("/<int:membership_id>/enable", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def enable(membership_id: int) -> tuple[str, int] | Response:
    """Let a colleague in again."""
    membership = _colleague(membership_id)
    try:
        team_actions.enable_colleague(membership, by=current_account())
    except Refused as problem:
        return _refused(membership, problem)
    flash(_("The account is open again."), "success")
    return _back(membership)


@blueprint.route("/<int:membership_id>/factor", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def reset_factor(membership_id: int) -> tuple[str, int] | Response:
    """Turn off the second factor of a colleague who lost the phone."""
    membership = _colleague(membership_id)
    try:
        team_actions.reset_colleagues_factor(membership, by=current_account())
    except Refused as problem:
        return _refused(membership, problem)
    flash(_("The second factor is off; the colleague has been told by mail."), "success")
    return _back(membership)


@blueprint.route("/<int:membership_id>/remove", methods=["POST"])
@signed_in(*ADMINISTRATORS)
def remove(membership_id: int) -> tuple[str, int] | Response:
    """Take a colleague out of the team."""
    membership = _colleague(membership_id)
    name = membership.account.email
    if membership.accepted_at is not None:
        name = membership.account.name or name
    try:
        team_actions.remove_colleague(membership, by=current_account())
    except Refused as problem:
        return _refused(membership, problem)
    flash(_("%(name)s is not in the team any more.", name=name), "success")
    return redirect(url_for(".team"), code=SEE_OTHER)


def _colleague(membership_id: int) -> Membership:
    return colleague_of(current_host(), membership_id)


def _back(membership: Membership) -> Response:
    return redirect(url_for(".colleague", membership_id=membership.id), code=SEE_OTHER)


def _refused(membership: Membership, problem: Refused) -> tuple[str, int]:
    form = RoleForm(formdata=None, role=membership.role)
    form.form_errors = [str(problem.text)]
    return _colleague_page(membership, form), CONFLICT


def _colleague_page(membership: Membership, form: RoleForm) -> str:
    account = membership.account
    accepted = membership.accepted_at is not None and has_begun(account)
    return render_template(
        "accounts/organiser/colleague.html",
        form=form,
        membership=membership,
        account=account,
        accepted=accepted,
        shared=works_elsewhere(membership),
        seen=queries.last_seen([account.id]).get(account.id) if accepted else None,
        organises=may_organise(membership),
        role_tasks=ROLE_TASKS,
        own=current_account(),
        rail="team",
    )
