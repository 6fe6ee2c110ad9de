"""The page with everybody whom a wave will reach, before it is sent."""

from flask import Blueprint, render_template, request

from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.pages import page_number
from eventapp.invitations.recipients import (
    GROUP_WORDS,
    Group,
    RecipientFilter,
    in_group,
    page_of,
    recipient_filter,
    recipients,
    unsent_wave,
)
from eventapp.invitations.words import reason_label

blueprint = Blueprint("invitations_recipients", __name__)


@blueprint.route("/organise/<slug>/invitations/recipients")
@signed_in(*ORGANISERS)
def show(slug: str) -> str:
    """Who will be invited, and who is left out and why, a hundred to a page."""
    event, wanted = own_event(slug), recipient_filter(request.args)
    wave = unsent_wave(event, wanted)
    people = recipients(event, RecipientFilter(wave=wave.number))
    return render_template(
        "invitations/organiser/recipients.html",
        event=event,
        rail="invitations",
        wave=wave,
        wanted=wanted,
        counts={group: len(in_group(people, group)) for group in Group},
        group_words=GROUP_WORDS,
        page=page_of(in_group(people, wanted.group), page_number(request.args.get("page"))),
        reason=reason_label,
    )
