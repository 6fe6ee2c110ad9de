"""Pages for organisers: one step for everybody who was ticked on the reply board."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.actions import put_on_list
from eventapp.contacts.models import DistributionList
from eventapp.contacts.permissions import contacts_for_organiser, list_for_organiser
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in
from eventapp.foundation.http import own_path, row_number, with_ticked
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import invitations_for_organiser
from eventapp.invitations.words import invitation_label
from eventapp.registrations import actions
from eventapp.registrations.bulk import BulkStep, bulk_rows, count_due
from eventapp.registrations.forms import BulkForm, moment_from
from eventapp.registrations.words import state_label

blueprint = Blueprint("registrations_bulk", __name__, url_prefix="/organise/<slug>/invitations")
SEE_OTHER = 303
MOST = 100  # one page of the board, at its largest


@blueprint.route("/bulk", methods=["POST"])
@signed_in(*ORGANISERS)
def choose(slug: str) -> ResponseReturnValue:
    """Put the ticked people on a list, or ask whether one is sure about the other steps."""
    event = own_event(slug)
    board = url_for("registrations_organiser.replies", slug=slug)
    back = own_path(request.form.get("back"), otherwise=board)
    invitations = _chosen(event)
    step = next((one for one in BulkStep if one == request.form.get("step")), None)
    if not invitations:
        flash(_("Nobody is selected. Please tick at least one person."), "warning")
    elif step is not None:
        ids = [one.id for one in invitations]
        return redirect(url_for(".review", slug=slug, step=step, k=ids), code=SEE_OTHER)
    elif not request.form.get("list"):
        flash(_("No distribution list is chosen. Please choose one and go on."), "warning")
        back = with_ticked(back, [one.id for one in invitations])
    else:
        list_id = request.form.get("list", type=row_number) or 0
        _join(event, list_for_organiser(list_id, event.host), invitations)
    return redirect(back, code=SEE_OTHER)


def _join(event: Event, target: DistributionList, invitations: Sequence[Invitation]) -> None:
    """Put the contacts among the invited on a list, and say how many did not go there and why."""
    ids = [one.contact_id for one in invitations if one.contact_id is not None]
    contacts = contacts_for_organiser(ids, event.host)
    added = put_on_list(target, contacts, actor=current_account())
    words = [
        ngettext(
            "%(num)s person was put on “%(name)s”.",
            "%(num)s people were put on “%(name)s”.",
            added,
            name=target.name,
        )
    ]
    there, others = len(contacts) - added, len(invitations) - len(contacts)
    if there:
        words.append(ngettext("%(num)s was on it.", "%(num)s were on it.", there))
    if others:
        words.append(
            ngettext(
                "%(num)s is a substitute and no contact.",
                "%(num)s are substitutes and no contacts.",
                others,
            )
        )
    flash(" ".join(words), "success" if added else "info")


@blueprint.route("/bulk")
@signed_in(*ORGANISERS)
def review(slug: str) -> str:
    """Before the step: what it does to whom. After it (`since`): what was done."""
    event = own_event(slug)
    invitations = invitations_for_organiser(
        event, request.args.getlist("k", type=row_number)[:MOST]
    )
    step = next((one for one in BulkStep if one == request.args.get("step")), BulkStep.LINK)
    form = BulkForm(formdata=None, seen=clock.now().isoformat())
    return _page(event, step, invitations, form, since=moment_from(request.args.get("since")))


def _page(
    event: Event,
    step: BulkStep,
    invitations: Sequence[Invitation],
    form: BulkForm,
    *,
    since: datetime | None = None,
) -> str:
    rows = bulk_rows(step, invitations, since=since)
    return render_template(
        "registrations/organiser/bulk.html",
        event=event,
        rail="invitations",
        step=step,
        rows=rows,
        due=count_due(rows),
        since=since,
        form=form,
        label=invitation_label,
        state_label=state_label,
    )


@blueprint.route("/bulk/link", methods=["POST"])
@signed_in(*ORGANISERS)
def send_links(slug: str) -> ResponseReturnValue:
    """Mail their personal links to everybody whom the page named."""
    event, form, since = own_event(slug), BulkForm(), clock.now()
    invitations = _chosen(event)
    if not form.validate_on_submit():
        return _page(event, BulkStep.LINK, invitations, form)
    count = actions.resend_links(event, invitations, seen_at=form.seen_at(), by=current_account())
    words = ngettext("One link is on its way.", "%(num)s links are on their way.", count)
    flash(words, "success" if count else "info")
    return _done(slug, BulkStep.LINK, invitations, since)


@blueprint.route("/bulk/withdraw", methods=["POST"])
@signed_in(*ORGANISERS)
def withdraw(slug: str) -> ResponseReturnValue:
    """Take back the invitations of everybody whom the page named."""
    event, form, since = own_event(slug), BulkForm(), clock.now()
    invitations = _chosen(event)
    if not form.validate_on_submit():
        return _page(event, BulkStep.WITHDRAW, invitations, form)
    count = actions.withdraw_invitations(
        event,
        invitations,
        seen_at=form.seen_at(),
        by=current_account(),
        reason=form.keep("reason"),
    )
    words = ngettext("One invitation is withdrawn.", "%(num)s invitations are withdrawn.", count)
    flash(words, "success" if count else "info")
    return _done(slug, BulkStep.WITHDRAW, invitations, since)


def _chosen(event: Event) -> Sequence[Invitation]:
    return invitations_for_organiser(event, request.form.getlist("k", type=row_number)[:MOST])


def _done(
    slug: str, step: BulkStep, invitations: Sequence[Invitation], since: datetime
) -> ResponseReturnValue:
    """To the page that says for each of them what was done."""
    ids = [one.id for one in invitations]
    address = url_for(".review", slug=slug, step=step, k=ids, since=since.isoformat())
    return redirect(address, code=SEE_OTHER)
