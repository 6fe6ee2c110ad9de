"""Pages for organisers: writing, checking and sending waves of invitations."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.permissions import contact_for_organiser
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Refused, Stale
from eventapp.foundation.http import as_letter
from eventapp.foundation.mail_states import UNSENT, MailState
from eventapp.invitations import actions, queries
from eventapp.invitations.default_words import first_words
from eventapp.invitations.forms import DeleteForm, SendForm, WaveForm, form_values
from eventapp.invitations.letters import PLACEHOLDERS
from eventapp.invitations.mails import sample_mail, words_to_all
from eventapp.invitations.models import Wave
from eventapp.invitations.permissions import may_change_wave, wave_for_organiser
from eventapp.invitations.selection import Reason
from eventapp.invitations.states import WaveState
from eventapp.invitations.words import reason_label, wave_label

blueprint = Blueprint("invitations_organiser", __name__, url_prefix="/organise/<slug>/invitations")
SEE_OTHER = 303
CONFLICT = 409


@blueprint.route("/waves")
@signed_in(*ORGANISERS)
def waves(slug: str) -> str:
    """All waves with their lists and how many people each has invited."""
    event = own_event(slug)
    return render_template(
        "invitations/organiser/waves.html",
        event=event,
        rail="invitations",
        waves=queries.waves_of(event),
        invited=queries.invited_by_wave(event),
        label=wave_label,
    )


@blueprint.route("/waves/new", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def new_wave(slug: str) -> ResponseReturnValue:
    """Lists and words of a new wave; begins with good ones."""
    event = own_event(slug)
    form = WaveForm(event, queries.lists_with_sizes(event.host_id), data=_first_values(event))
    if form.validate_on_submit():
        wave = actions.draft_wave(event, form.draft(), by=current_account())
        return redirect(url_for(".show_wave", slug=slug, number=wave.number), code=SEE_OTHER)
    return _form_page(event, form, wave=None)


@blueprint.route("/waves/<int:number>/edit", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def edit_wave(slug: str, number: int) -> ResponseReturnValue:
    """Change a wave that has not been sent."""
    event = own_event(slug)
    wave = wave_for_organiser(event, number)
    if not may_change_wave(wave):
        return redirect(url_for(".show_wave", slug=slug, number=number), code=SEE_OTHER)
    form = WaveForm(event, queries.lists_with_sizes(event.host_id), data=form_values(wave))
    if not form.validate_on_submit():
        return _form_page(event, form, wave=wave)
    try:
        actions.change_wave(
            wave, form.draft(), seen_version=form.seen_version(), by=current_account()
        )
    except Stale:
        return _form_page(event, form, wave=wave, is_stale=True), CONFLICT
    return redirect(url_for(".show_wave", slug=slug, number=number), code=SEE_OTHER)


@blueprint.route("/waves/<int:number>")
@signed_in(*ORGANISERS)
def show_wave(slug: str, number: int) -> str:
    """Before sending: how many, who is left out and why, three real mails. Then: what was sent."""
    event = own_event(slug)
    wave = wave_for_organiser(event, number)
    preview = actions.preview_wave(wave) if may_change_wave(wave) else None
    left_out = (
        {reason: preview.selection.left_out_for(reason) for reason in Reason} if preview else {}
    )
    return render_template(
        "invitations/organiser/wave.html",
        event=event,
        rail="invitations",
        wave=wave,
        preview=preview,
        left_out={key: some for key, some in left_out.items() if some},
        label=wave_label,
        reason=reason_label,
        form=SendForm(formdata=None),
        invited=queries.invited_by_wave(event).get(wave.id, 0),
        on_the_way=_on_the_way(wave),
        words_sent=words_to_all,
        deadline=wave.answer_by,
    )


@blueprint.route("/waves/<int:number>/send", methods=["POST"])
@signed_in(*ORGANISERS)
def send(slug: str, number: int) -> ResponseReturnValue:
    """Invite everybody whom the preview named."""
    event = own_event(slug)
    wave, form = wave_for_organiser(event, number), SendForm()
    if form.validate_on_submit():
        try:
            _tell(actions.send_wave(wave, expected=form.keep("expected"), by=current_account()))
        except Refused as problem:  # the preview shows how things are now
            flash(str(problem.text), "warning")
    return redirect(url_for(".show_wave", slug=slug, number=number), code=SEE_OTHER)


@blueprint.route("/waves/<int:number>/delete", methods=["POST"])
@signed_in(*ORGANISERS)
def delete(slug: str, number: int) -> ResponseReturnValue:
    """Remove a wave that was never sent."""
    wave, form = wave_for_organiser(own_event(slug), number), DeleteForm()
    if form.validate_on_submit():
        name = wave.name
        actions.delete_wave(wave, seen_version=form.seen_version(), by=current_account())
        flash(_("The wave “%(name)s” is deleted.", name=name), "success")
        return redirect(url_for(".waves", slug=slug), code=SEE_OTHER)
    return redirect(url_for(".show_wave", slug=slug, number=number), code=SEE_OTHER)


@blueprint.route("/waves/<int:number>/stop", methods=["POST"])
@signed_in(*ORGANISERS)
def stop(slug: str, number: int) -> ResponseReturnValue:
    """Hold back the mails that have not left."""
    wave = wave_for_organiser(own_event(slug), number)
    count = actions.stop_wave(wave, by=current_account())
    flash(ngettext("One mail is held back.", "%(num)s mails are held back.", count), "success")
    return redirect(url_for(".show_wave", slug=slug, number=number), code=SEE_OTHER)


@blueprint.route("/waves/<int:number>/continue", methods=["POST"])
@signed_in(*ORGANISERS)
def go_on(slug: str, number: int) -> ResponseReturnValue:
    """Let go what was held back."""
    _tell(actions.continue_wave(wave_for_organiser(own_event(slug), number), by=current_account()))
    return redirect(url_for(".show_wave", slug=slug, number=number), code=SEE_OTHER)


@blueprint.route("/waves/<int:number>/take-back", methods=["POST"])
@signed_in(*ORGANISERS)
def take_back(slug: str, number: int) -> ResponseReturnValue:
    """Undo the invitations whose mails were held back."""
    wave = wave_for_organiser(own_event(slug), number)
    count = actions.take_back_unsent(wave, by=current_account())
    words = ngettext(
        "One invitation is taken back; nobody has read it.",
        "%(num)s invitations are taken back; nobody has read them.",
        count,
    )
    flash(words, "success")
    return redirect(url_for(".show_wave", slug=slug, number=number), code=SEE_OTHER)


def _tell(count: int) -> None:
    if not count:
        return
    words = ngettext(
        "One invitation is on its way.", "%(num)s invitations are on their way.", count
    )
    flash(words, "success")


@blueprint.route("/waves/<int:number>/samples/<int:contact_id>")
@signed_in(*ORGANISERS)
def sample(slug: str, number: int, contact_id: int) -> Response:
    """The HTML of one of the real mails that the preview shows, for a frame."""
    event = own_event(slug)
    wave = wave_for_organiser(event, number)
    contact = contact_for_organiser(contact_id, event.host)
    return as_letter(Response(sample_mail(wave, contact).html, mimetype="text/html"))


def _on_the_way(wave: Wave) -> dict[str, int]:
    """How many of the wave's mails wait, and how many are held back."""
    states = queries.mails_by_state(wave.batch)
    return {
        "waiting": sum(states.get(state, 0) for state in UNSENT),
        "stopped": states.get(MailState.STOPPED, 0) if wave.state is WaveState.PAUSED else 0,
    }


def _first_values(event: Event) -> dict[str, Any]:
    number = queries.last_wave_number(event) + 1
    words = first_words(signed_by=event.signed_by or event.host.name, deadline=event.reply_by_on)
    return {"name": _("Wave %(number)s", number=number), **asdict(words)}


def _form_page(event: Event, form: WaveForm, *, wave: Wave | None, is_stale: bool = False) -> str:
    placeholders = {name: _(meaning) for name, meaning in PLACEHOLDERS.items()}
    return render_template(
        "invitations/organiser/wave_form.html",
        event=event,
        rail="invitations",
        form=form,
        wave=wave,
        placeholders=placeholders,
        is_stale=is_stale,
    )
