"""Portraits and slides: handed in, looked at, taken back; and the portraits that everybody sees."""

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from eventapp.events.permissions import public_event
from eventapp.foundation.access import bearer, public, takes_files
from eventapp.foundation.attempts import DONE, attempt
from eventapp.foundation.errors import NotFound, found
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme.models import Contributor
from eventapp.registrations.guest_pages import guesses_limited
from eventapp.speakers import actions, queries
from eventapp.speakers.file_forms import PortraitForm, SlidesForm, SlidesReleaseForm
from eventapp.speakers.models import Slides
from eventapp.speakers.pages import SEE_OTHER, answer, opened, show, show_form
from eventapp.speakers.permissions import (
    may_send_files,
    portrait_for_everybody,
    slides_for_contributor,
)
from eventapp.speakers.sending import FOR_A_WHILE, as_attachment, as_picture
from eventapp.speakers.states import CONTRIBUTOR, Publication, Size

blueprint = Blueprint("speakers_files", __name__)
BOTH = ["GET", "POST"]
FORM_BYTES = 1024 * 1024
SLIDES_PAGE = ".slides"


@blueprint.route("/s/<token>/portrait", methods=BOTH)
@takes_files(actions.LARGEST_PICTURE + FORM_BYTES, may_send_files)
@bearer
@guesses_limited
def portrait(token: str) -> ResponseReturnValue:
    """A picture with who took it, and that it may be published."""
    person = opened(token)
    stored = queries.portrait_of(person)
    form = PortraitForm(stored)

    def hand_in() -> None:
        actions.hand_in_portrait(person, form.request(), by=CONTRIBUTOR)

    return show_form("portrait", token, person, form, hand_in, portrait=stored)


@blueprint.route("/s/<token>/portrait/remove", methods=["POST"])
@bearer
@guesses_limited
def remove_portrait(token: str) -> ResponseReturnValue:
    """Take the picture back."""
    person = opened(token)
    if ConfirmForm().validate_on_submit():
        actions.remove_portrait(person, by=CONTRIBUTOR)
    return redirect(url_for(".portrait", token=token), code=SEE_OTHER)


@blueprint.route("/s/<token>/portrait.jpg")
@bearer
@guesses_limited
def own_portrait(token: str) -> Response:
    """The person's own picture, published or not."""
    return as_picture(found(queries.portrait_of(opened(token))), Size.SMALL)


@blueprint.route("/s/<token>/slides", methods=BOTH)
@takes_files(actions.LARGEST_SLIDES + FORM_BYTES, may_send_files)
@bearer
@guesses_limited
def slides(token: str) -> ResponseReturnValue:
    """The person's presentations, and one more."""
    person, form = opened(token), SlidesForm()
    status = attempt(form, lambda: actions.hand_in_slides(person, form.request(), by=CONTRIBUTOR))
    if status == DONE:
        return redirect(url_for(SLIDES_PAGE, token=token), code=SEE_OTHER)
    return answer(_slides_page(person, token, form), status)


def _slides_page(person: Contributor, token: str, form: SlidesForm) -> str:
    rows = [(one, _switch(one, formdata=None)) for one in queries.slides_of(person)]
    return show("slides", person, token, form=form, rows=rows)


def _switch(row: Slides, **more: Any) -> SlidesReleaseForm:
    return SlidesReleaseForm(prefix=f"slides-{row.id}-", data={"publish": row.publish}, **more)


@blueprint.route("/s/<token>/slides/<int:slides_id>/release", methods=["POST"])
@bearer
@guesses_limited
def release_slides(token: str, slides_id: int) -> ResponseReturnValue:
    """Say whether a presentation may be published after the event."""
    row = slides_for_contributor(opened(token), slides_id)
    form = _switch(row)
    if form.validate_on_submit():
        wanted = Publication.ALLOWED if form.keep("publish") else Publication.REFUSED
        actions.set_slides_publication(row, wanted, by=CONTRIBUTOR)
    return redirect(url_for(SLIDES_PAGE, token=token), code=SEE_OTHER)


@blueprint.route("/s/<token>/slides/<int:slides_id>/remove", methods=["POST"])
@bearer
@guesses_limited
def remove_slides(token: str, slides_id: int) -> ResponseReturnValue:
    """Take a presentation back."""
    row = slides_for_contributor(opened(token), slides_id)
    if ConfirmForm().validate_on_submit():
        actions.remove_slides(row, by=CONTRIBUTOR)
    return redirect(url_for(SLIDES_PAGE, token=token), code=SEE_OTHER)


@blueprint.route("/s/<token>/slides/<int:slides_id>/file")
@bearer
@guesses_limited
def own_slides(token: str, slides_id: int) -> Response:
    """A presentation of the person's own, to be saved."""
    return as_attachment(slides_for_contributor(opened(token), slides_id), 1)


@blueprint.route("/e/<slug>/portraits/<name>.jpg")
@public
def public_portrait(slug: str, name: str) -> Response:
    """A portrait that may be published, of who is named in the programme that everybody reads."""
    public_id, _dash, size = name.rpartition("-")
    if size not in {one.value for one in Size}:
        raise NotFound
    row = portrait_for_everybody(public_event(slug), public_id)
    response = as_picture(row, Size(size))
    response.headers["Cache-Control"] = FOR_A_WHILE
    return response
