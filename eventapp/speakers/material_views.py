"""What contributors say about themselves, one thing a page."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from eventapp.consents.promises import promises_for
from eventapp.foundation.access import bearer
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.i18n import current_locale
from eventapp.registrations.guest_pages import guesses_limited
from eventapp.speakers import actions, queries
from eventapp.speakers.forms import (
    AvailabilityForm,
    BiographyForm,
    NeedsForm,
    TechnicalForm,
    TravelForm,
)
from eventapp.speakers.pages import HOME, SEE_OTHER, opened, show_form
from eventapp.speakers.reading import speaker_page
from eventapp.speakers.states import CONTRIBUTOR

blueprint = Blueprint("speakers_material", __name__)
BOTH = ["GET", "POST"]


@blueprint.route("/s/<token>/biography", methods=BOTH)
@bearer
@guesses_limited
def biography(token: str) -> ResponseReturnValue:
    """A few words about the person."""
    person = opened(token)
    form = BiographyForm(person)

    def tell() -> None:
        german, english = form.keep("biography_de"), form.keep("biography_en")
        actions.tell_biography(person, german, english, mark=form.seen, by=CONTRIBUTOR)

    return show_form("biography", token, person, form, tell, lambda: form.now_seen(person))


@blueprint.route("/s/<token>/technical", methods=BOTH)
@bearer
@guesses_limited
def technical(token: str) -> ResponseReturnValue:
    """What the person needs on the stage."""
    person = opened(token)
    form = TechnicalForm(queries.sheet_of(person))

    def tell() -> None:
        actions.tell_technical(person, form.keep("technical"), mark=form.seen, by=CONTRIBUTOR)

    def now_seen() -> None:
        form.now_seen(queries.sheet_of(person))

    return show_form("technical", token, person, form, tell, now_seen)


@blueprint.route("/s/<token>/travel", methods=BOTH)
@bearer
@guesses_limited
def travel(token: str) -> ResponseReturnValue:
    """How the person comes."""
    person = opened(token)
    form = TravelForm(queries.sheet_of(person))

    def tell() -> None:
        actions.tell_travel(person, form.travel(), mark=form.seen, by=CONTRIBUTOR)

    def now_seen() -> None:
        form.now_seen(queries.sheet_of(person))

    return show_form("travel", token, person, form, tell, now_seen)


@blueprint.route("/s/<token>/availability", methods=BOTH)
@bearer
@guesses_limited
def availability(token: str) -> ResponseReturnValue:
    """From when until when the person is there."""
    person = opened(token)
    form = AvailabilityForm(person.event, person)

    def tell() -> None:
        actions.tell_availability(person, form.availability(), mark=form.seen, by=CONTRIBUTOR)

    return show_form("availability", token, person, form, tell, lambda: form.now_seen(person))


@blueprint.route("/s/<token>/diet", methods=BOTH)
@bearer
@guesses_limited
def diet(token: str) -> ResponseReturnValue:
    """What the person eats and needs, voluntarily; who is a guest as well said it there."""
    person = opened(token)
    page = speaker_page(person)
    stored = page.needs
    form = NeedsForm(data={"diet": stored.diet, "access": stored.access} if stored else None)

    def tell() -> None:
        actions.tell_speakers_needs(person, form.request(), locale=current_locale())

    return show_form(
        "diet",
        token,
        person,
        form,
        tell,
        page=page,
        promises=promises_for(person.event, current_locale()),
    )


@blueprint.route("/s/<token>/diet/withdraw", methods=["POST"])
@bearer
@guesses_limited
def withdraw_diet(token: str) -> ResponseReturnValue:
    """Delete what was said."""
    person = opened(token)
    if ConfirmForm().validate_on_submit():
        actions.withdraw_speakers_needs(person)
    return redirect(url_for(HOME, token=token, _anchor="material"), code=SEE_OTHER)
