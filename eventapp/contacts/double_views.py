"""Pages for organisers: who seems to be in the address book twice; one person, or two."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.models import HostOrganisation
from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts import actions, double_forms, queries
from eventapp.contacts.merging import comparison
from eventapp.contacts.models import Contact
from eventapp.contacts.moving_links import MovingLink, links_moving
from eventapp.contacts.permissions import contacts_for_organiser
from eventapp.contacts.queries import likely
from eventapp.contacts.words import FIELD_WORDS, LIKENESS_WORDS, value_words
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import NotFound, Refused

blueprint = Blueprint("contacts_doubles", __name__, url_prefix="/organise/contacts/doubles")
SEE_OTHER = 303
CONFLICT = 409
UNPROCESSABLE = 422
MOST_SHOWN = 50


@blueprint.route("")
@signed_in(*ORGANISERS)
def doubles() -> str:
    """The likeliest pairs with the reason; whoever decides about these sees the next."""
    pairs = likely.likely_contacts(current_host().id)
    shown = pairs[:MOST_SHOWN]
    rows = likely.contacts_for_pairs({one for pair in shown for one in pair.ids})
    return render_template(
        "contacts/organiser/doubles.html",
        rail="contacts",
        total=len(pairs),
        apart=likely.told_apart(current_host().id),
        pairs=[
            (LIKENESS_WORDS[pair.likeness], rows[pair.first.id], rows[pair.second.id])
            for pair in shown
        ],
    )


@blueprint.route("/<int:contact_id>/<int:other_id>")
@signed_in(*ORGANISERS)
def compare(contact_id: int, other_id: int) -> str:
    """Two contacts side by side: where they differ, to choose field by field."""
    return _compare_page(*_pair(contact_id, other_id, current_host()))


@blueprint.route("/<int:contact_id>/<int:other_id>/merge", methods=["POST"])
@signed_in(*ORGANISERS)
def merge(contact_id: int, other_id: int) -> ResponseReturnValue:
    """The same person: one contact stays, with what was chosen of either."""
    first, second = _pair(contact_id, other_id, current_host())
    form = double_forms.MergeForm()
    if not form.validate_on_submit():
        return _compare_page(first, second, _("Please choose one of the options.")), UNPROCESSABLE
    try:
        told = actions.merge_contacts(
            first,
            second,
            double_forms.sides_chosen(request.form),
            seen=form.seen(),
            actor=current_account(),
        )
    except Refused as problem:
        return _compare_page(first, second, problem.text), CONFLICT
    for message in told:
        flash(str(message), "info")
    flash(_("One contact now."), "success")
    kept = min(contact_id, other_id)
    return redirect(url_for("contacts_organiser.contact", contact_id=kept), code=SEE_OTHER)


@blueprint.route("/<int:contact_id>/<int:other_id>/apart", methods=["POST"])
@signed_in(*ORGANISERS)
def apart(contact_id: int, other_id: int) -> ResponseReturnValue:
    """Two people, who are not proposed again."""
    first, second = _pair(contact_id, other_id, current_host())
    actions.tell_contacts_apart(first, second, actor=current_account())
    flash(_("Noted: two people. They are not proposed again."), "success")
    return redirect(url_for(".doubles", _anchor="apart"), code=SEE_OTHER)


@blueprint.route("/<int:contact_id>/<int:other_id>/again", methods=["POST"])
@signed_in(*ORGANISERS)
def look_again(contact_id: int, other_id: int) -> ResponseReturnValue:
    """Perhaps one person after all: the pair is proposed again."""
    first, second = _pair(contact_id, other_id, current_host())
    actions.look_at_pair_again(first, second, actor=current_account())
    flash(_("The pair can be compared again."), "success")
    way = url_for(".compare", contact_id=first.id, other_id=second.id)
    return redirect(way, code=SEE_OTHER)


def _pair(contact_id: int, other_id: int, host: HostOrganisation) -> tuple[Contact, Contact]:
    """Both contacts, if they are two and of this host. Raises NotFound."""
    if contact_id == other_id:
        raise NotFound
    rows: Sequence[Contact] = contacts_for_organiser([contact_id, other_id], host)
    by_id = {row.id: row for row in rows}
    return by_id[contact_id], by_id[other_id]


def _moves(first: Contact, second: Contact) -> dict[str, list[MovingLink]]:
    """What choosing the address of one does to the personal links that went to the other's."""
    if not first.email_key or not second.email_key or first.email_key == second.email_key:
        return {}
    return {"first": links_moving(second, other=first), "second": links_moving(first, other=second)}


def _compare_page(first: Contact, second: Contact, problem: object = None) -> str:
    uses = queries.uses_of(first, second)
    return render_template(
        "contacts/organiser/compare.html",
        rail="contacts",
        first=first,
        second=second,
        comparison=comparison(first, second, uses),
        history=uses,
        moves=_moves(first, second),
        field_words=FIELD_WORDS,
        value_words=value_words,
        problem=problem,
    )
