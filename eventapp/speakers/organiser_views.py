"""Pages for organisers: what contributors have handed in, what is missing, and their links."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, may_see_needs_at
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in, takes_files
from eventapp.foundation.attempts import DONE, attempt
from eventapp.foundation.errors import NotAllowed, found
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.http import no_store
from eventapp.programme.editing import SEE_OTHER, done, frame
from eventapp.programme.models import Contributor
from eventapp.programme.permissions import contributor_for_organiser
from eventapp.registrations.actions.looking import look_at_needs, may_read_on
from eventapp.speakers import actions, event_queries, queries
from eventapp.speakers.file_forms import PortraitForm, SlidesForm
from eventapp.speakers.forms import TechnicalForm, TravelForm
from eventapp.speakers.material import MISSING, stock_of_handed
from eventapp.speakers.permissions import (
    may_send_files_for,
    slides_for_contributor,
    token_of,
)
from eventapp.speakers.reading import speaker_page
from eventapp.speakers.sending import as_attachment, as_picture, zip_of
from eventapp.speakers.states import Size

blueprint = Blueprint("speakers_organiser", __name__, url_prefix="/organise/<slug>/speakers")
BOTH = ["GET", "POST"]
ONE = "speakers_organiser.speaker"
FORM_BYTES = 1024 * 1024
PORTRAIT, SLIDES = "portrait-", "slides-"  # two forms with a field "file" on one page


@blueprint.route("")
@signed_in(*ORGANISERS)
def overview(slug: str) -> str:
    """Everybody who contributes, and what is missing of each."""
    event = own_event(slug)
    rows = [(one, stock_of_handed(one)) for one in event_queries.handed_in(event)]
    return render_template(
        "speakers/organiser/overview.html",
        rows=rows,
        missing_words=MISSING,
        has_slides=any(one.slides for one, _stock in rows),
        **frame(event, "speakers"),
    )


@blueprint.route("/slides.zip")
@signed_in(*ORGANISERS)
def all_slides(slug: str) -> Response:
    """All presentations in one file."""
    event = own_event(slug)
    return zip_of(queries.all_slides(event), f"{event.slug}-slides")


@blueprint.route("/needs")
@signed_in(*ORGANISERS)
def support(slug: str) -> Response:
    """How many told what they need; once the look is noted, for a while, who and what."""
    event = own_event(slug)
    allowed = may_see_needs_at(event.host_id)
    looking = allowed and may_read_on(event, current_account())
    told = event_queries.told_needs(event) if allowed else []
    page = render_template(
        "speakers/organiser/needs.html",
        allowed=allowed,
        looking=looking,
        count=len(told),
        rows=told if looking else [],
        form=ConfirmForm(formdata=None),
        **frame(event, "speakers"),
    )
    return no_store(make_response(page))


@blueprint.route("/needs", methods=["POST"])
@signed_in(*ORGANISERS)
def look(slug: str) -> ResponseReturnValue:
    """Note the look and open the list. Raises NotAllowed without the right."""
    event = own_event(slug)
    if not may_see_needs_at(event.host_id):
        raise NotAllowed
    if ConfirmForm().validate_on_submit():
        look_at_needs(event, by=current_account())
    return redirect(url_for(".support", slug=slug), code=SEE_OTHER)


@blueprint.route("/<int:contributor_id>")
@signed_in(*ORGANISERS)
def speaker(slug: str, contributor_id: int) -> str:
    """All that one person has said and handed in."""
    event = own_event(slug)
    return _page(event, contributor_for_organiser(event, contributor_id))


def _page(event: Event, person: Contributor, **forms: Any) -> str:
    sheet = queries.sheet_of(person)
    given = {
        "portrait_form": PortraitForm(queries.portrait_of(person), formdata=None, prefix=PORTRAIT),
        "slides_form": SlidesForm(formdata=None, prefix=SLIDES),
        "technical_form": TechnicalForm(sheet, formdata=None),
        "travel_form": TravelForm(sheet, formdata=None),
    }
    return render_template(
        "speakers/organiser/speaker.html",
        person=person,
        page=speaker_page(person),
        sheet=sheet,
        parts=queries.parts_of(person),
        colleagues=queries.colleagues_of(person),
        own_token=token_of(person),
        sees_needs=may_see_needs_at(event.host_id),
        missing_words=MISSING,
        confirm=ConfirmForm(formdata=None),
        **given | forms,
        **frame(event, "speakers"),
    )


def _person(slug: str, contributor_id: int) -> tuple[Event, Contributor]:
    event = own_event(slug)
    return event, contributor_for_organiser(event, contributor_id)


@blueprint.route("/<int:contributor_id>/link", methods=["POST"])
@signed_in(*ORGANISERS)
def send_link(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Mail the link to the person's page."""
    _event, person = _person(slug, contributor_id)
    return _with_button(person, lambda: actions.send_link(person, by=current_account()), _sent())


@blueprint.route("/<int:contributor_id>/renew", methods=["POST"])
@signed_in(*ORGANISERS)
def renew_link(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Make earlier links dead and mail the new one."""
    _event, person = _person(slug, contributor_id)
    return _with_button(person, lambda: actions.renew_link(person, by=current_account()), _sent())


def _sent() -> str:
    return str(_("The link is on its way."))


def _with_button(person: Contributor, act: Any, said: str) -> ResponseReturnValue:
    form, event = ConfirmForm(), person.event
    status = attempt(form, act)
    if status != DONE:
        text = " ".join(map(str, form.form_errors))
        return make_response(_page(event, person, problem=text), status)
    return done(said, ONE, event.slug, contributor_id=person.id)


@blueprint.route("/<int:contributor_id>/portrait", methods=["POST"])
@takes_files(actions.LARGEST_PICTURE + FORM_BYTES, may_send_files_for)
@signed_in(*ORGANISERS)
def portrait(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Hand in a picture that somebody sent by mail."""
    event, person = _person(slug, contributor_id)
    form = PortraitForm(queries.portrait_of(person), prefix=PORTRAIT)
    status = attempt(
        form, lambda: actions.hand_in_portrait(person, form.request(), by=current_account())
    )
    if status != DONE:
        return make_response(_page(event, person, portrait_form=form), status)
    return done(_("Saved."), ONE, slug, contributor_id=person.id)


@blueprint.route("/<int:contributor_id>/portrait/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_portrait(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Take a picture away."""
    _event, person = _person(slug, contributor_id)
    remove = actions.remove_portrait
    return _with_button(person, lambda: remove(person, by=current_account()), _("Removed."))


@blueprint.route("/<int:contributor_id>/portrait.jpg")
@signed_in(*ORGANISERS)
def shown_portrait(slug: str, contributor_id: int) -> Response:
    """The picture, published or not."""
    _event, person = _person(slug, contributor_id)
    return as_picture(found(queries.portrait_of(person)), Size.LARGE)


@blueprint.route("/<int:contributor_id>/slides", methods=["POST"])
@takes_files(actions.LARGEST_SLIDES + FORM_BYTES, may_send_files_for)
@signed_in(*ORGANISERS)
def slides(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Hand in a presentation that somebody sent by mail."""
    event, person = _person(slug, contributor_id)
    form = SlidesForm(prefix=SLIDES)
    status = attempt(
        form, lambda: actions.hand_in_slides(person, form.request(), by=current_account())
    )
    if status != DONE:
        return make_response(_page(event, person, slides_form=form), status)
    return done(_("Saved."), ONE, slug, contributor_id=person.id)


@blueprint.route("/<int:contributor_id>/slides/<int:slides_id>")
@signed_in(*ORGANISERS)
def slides_file(slug: str, contributor_id: int, slides_id: int) -> Response:
    """One presentation, to be saved."""
    _event, person = _person(slug, contributor_id)
    return as_attachment(slides_for_contributor(person, slides_id), 1)


@blueprint.route("/<int:contributor_id>/slides/<int:slides_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_slides(slug: str, contributor_id: int, slides_id: int) -> ResponseReturnValue:
    """Take a presentation away."""
    _event, person = _person(slug, contributor_id)
    row = slides_for_contributor(person, slides_id)
    remove = actions.remove_slides
    return _with_button(person, lambda: remove(row, by=current_account()), _("Removed."))


@blueprint.route("/<int:contributor_id>/technical", methods=["POST"])
@signed_in(*ORGANISERS)
def technical(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Note technical needs that were told by phone."""
    event, person = _person(slug, contributor_id)
    form = TechnicalForm(queries.sheet_of(person))

    def tell() -> None:
        words = form.keep("technical")
        actions.tell_technical(person, words, mark=form.seen, by=current_account())

    status = attempt(form, tell)
    if status != DONE:
        form.now_seen(queries.sheet_of(person))
        return make_response(_page(event, person, technical_form=form), status)
    return done(_("Saved."), ONE, slug, contributor_id=person.id)


@blueprint.route("/<int:contributor_id>/travel", methods=["POST"])
@signed_in(*ORGANISERS)
def travel(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Note how somebody comes, told by phone."""
    event, person = _person(slug, contributor_id)
    form = TravelForm(queries.sheet_of(person))

    def tell() -> None:
        actions.tell_travel(person, form.travel(), mark=form.seen, by=current_account())

    status = attempt(form, tell)
    if status != DONE:
        form.now_seen(queries.sheet_of(person))
        return make_response(_page(event, person, travel_form=form), status)
    return done(_("Saved."), ONE, slug, contributor_id=person.id)
