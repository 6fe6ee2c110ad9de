"""Pages for organisers: inviting one person, from the event or from the contact."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.models import Contact
from eventapp.contacts.permissions import contact_for_organiser
from eventapp.contacts.queries import WhichContacts, contacts_page
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.events.queries import events_of_host
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Refused, Stale
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.http import as_letter
from eventapp.invitations import actions, queries
from eventapp.invitations.actions.readiness import INVITABLE
from eventapp.invitations.forms import WordsForm, words_of
from eventapp.invitations.letters import PLACEHOLDERS
from eventapp.invitations.mails import sample_mail
from eventapp.invitations.words import invitation_label, reason_label

blueprint = Blueprint("invitations_single", __name__, url_prefix="/organise")
SEE_OTHER = 303
CONFLICT = 409
SEARCH_LENGTH = 200
PERSON = "/<slug>/invitations/single/<int:contact_id>"


@blueprint.route("/<slug>/invitations/single")
@signed_in(*ORGANISERS)
def search(slug: str) -> str:
    """Find a contact to invite; who cannot be invited stands there with the reason."""
    event, wanted = own_event(slug), request.args.get("q", "")[:SEARCH_LENGTH].strip()
    found = contacts_page(event.host_id, WhichContacts(search=wanted), 1) if wanted else None
    rows = found.rows if found else []
    return render_template(
        "invitations/organiser/single.html",
        event=event,
        rail="invitations",
        wanted=wanted,
        found=found,
        reasons=actions.reasons_against(event, rows) if rows else {},
        reason_label=reason_label,
        invitations=queries.invitations_among(event, [row.id for row in rows]),
        label=invitation_label,
    )


@blueprint.route(PERSON)
@signed_in(*ORGANISERS)
def person(slug: str, contact_id: int) -> str:
    """The real mail to this person, and the button that sends it; or why there is none."""
    event, contact = _event_and_contact(slug, contact_id)
    preview = actions.preview_person(event, contact)
    return render_template(
        "invitations/organiser/single_person.html",
        event=event,
        rail="invitations",
        contact=contact,
        preview=preview,
        reason=reason_label(preview.reason) if preview.reason else None,
        invitation=queries.invitations_among(event, [contact.id]).get(contact.id),
        label=invitation_label,
        deadline=preview.wave.answer_by,
        form=ConfirmForm(formdata=None),
    )


@blueprint.route(f"{PERSON}/mail")
@signed_in(*ORGANISERS)
def mail(slug: str, contact_id: int) -> Response:
    """The HTML of the mail to this person, for a frame."""
    event, contact = _event_and_contact(slug, contact_id)
    letter = sample_mail(actions.standing_wave(event), contact)
    return as_letter(Response(letter.html, mimetype="text/html"))


@blueprint.route(f"{PERSON}/send", methods=["POST"])
@signed_in(*ORGANISERS)
def invite(slug: str, contact_id: int) -> ResponseReturnValue:
    """Send the mail that the page showed."""
    event, contact = _event_and_contact(slug, contact_id)
    back = redirect(url_for(".person", slug=slug, contact_id=contact_id), code=SEE_OTHER)
    if not ConfirmForm().validate_on_submit():
        return back
    try:
        invitation = actions.invite_person(event, contact, by=current_account())
    except Refused as problem:  # the page shows how things are now
        flash(str(problem.text), "warning")
        return back
    flash(_("The invitation to %(name)s is on its way.", name=contact.full_name), "success")
    address = url_for("registrations_organiser.invitation", slug=slug, invitation_id=invitation.id)
    return redirect(address, code=SEE_OTHER)


@blueprint.route("/<slug>/invitations/single/words", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def words(slug: str) -> ResponseReturnValue:
    """What people invited one by one read."""
    event = own_event(slug)
    form = WordsForm(event, data=words_of(actions.standing_wave(event)))
    if not form.validate_on_submit():
        return _words_page(event, form, None)
    try:
        actions.change_standing_words(
            event, form.words(), seen_version=form.seen_version(), by=current_account()
        )
    except Stale as problem:
        return _words_page(event, form, problem), CONFLICT
    flash(_("The words are saved."), "success")
    return redirect(url_for(".search", slug=slug), code=SEE_OTHER)


@blueprint.route("/contacts/<int:contact_id>/invite")
@signed_in(*ORGANISERS)
def choose_event(contact_id: int) -> str:
    """To which of the coming events a contact can be invited."""
    contact = contact_for_organiser(contact_id, current_host())
    invited = {one.event_id: one for one in queries.invitations_of_contact(contact)}
    coming = [
        event
        for event in events_of_host(contact.host_id)
        if event.state in INVITABLE and event.starts_at > clock.now()
    ]
    return render_template(
        "invitations/organiser/single_events.html",
        rail="contacts",
        contact=contact,
        coming=sorted(coming, key=lambda event: event.starts_at),
        invited=invited,
        label=invitation_label,
    )


def _event_and_contact(slug: str, contact_id: int) -> tuple[Event, Contact]:
    event = own_event(slug)
    return event, contact_for_organiser(contact_id, event.host)


def _words_page(event: Event, form: WordsForm, stale: Stale | None) -> str:
    return render_template(
        "invitations/organiser/single_words.html",
        event=event,
        rail="invitations",
        form=form,
        is_stale=stale is not None,
        placeholders={name: _(meaning) for name, meaning in PLACEHOLDERS.items()},
    )
