"""Pages for organisers: notices with what is due, their words, review, sending and stopping."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import NotFound, Refused, Stale
from eventapp.foundation.http import as_letter
from eventapp.foundation.i18n import format_moment
from eventapp.notices import actions, mails, queries
from eventapp.notices.by_rule import another_reminder
from eventapp.notices.forms import NoticeForm, StepForm
from eventapp.notices.models import Notice
from eventapp.notices.permissions import may_change, may_stop, notice_for_organiser
from eventapp.notices.queries import Progress
from eventapp.notices.reach import reach_of
from eventapp.notices.wording import PLACEHOLDERS
from eventapp.notices.words import PURPOSES, STATE_KINDS, reason_label, state_label, title_of

blueprint = Blueprint("notices_organiser", __name__, url_prefix="/organise/<slug>/notices")
SEE_OTHER = 303
UNPROCESSABLE = 422
CONFLICT = 409


@blueprint.route("")
@signed_in(*ORGANISERS)
def notices(slug: str) -> str:
    """All notices, next one first, with their state, whom they reach today and what is due."""
    event = own_event(slug)
    found = queries.notices_of(event)
    return _page(
        "notices",
        event,
        notices=found,
        reached={key: _reached(notice) for key, notice in found.items() if may_change(notice)},
        progress=queries.progress_of(event),
        none=Progress(),
        due={one.key for one in queries.notices_due(event)},
        purposes=PURPOSES,
    )


def _reached(notice: Notice) -> int:
    return len(reach_of(queries.everybody(notice)).chosen)


@blueprint.route("/remind")
@signed_in(*ORGANISERS)
def remind(slug: str) -> ResponseReturnValue:
    """To the reminder that goes out next; where all have gone out, to making another."""
    key = queries.reminder_ahead(own_event(slug))
    if key is None:
        return redirect(url_for(".new_reminder", slug=slug), code=SEE_OTHER)
    return _to(slug, key)


@blueprint.route("/<key>")
@signed_in(*ORGANISERS)
def notice(slug: str, key: str) -> str:
    """Whom it reaches today and whom not and why, three real mails, and the steps to take."""
    event = own_event(slug)
    one = notice_for_organiser(event, key)
    progress = queries.progress_of(event).get(one.id, Progress())
    preview = actions.preview_notice(one)
    return _page(
        "notice",
        event,
        notice=one,
        key=key,
        standing=one.standing,
        preview=preview,
        progress=progress,
        may_change=may_change(one),
        may_stop=may_stop(one, on_the_way=progress.on_the_way),
        is_due=key in {due.key for due in queries.notices_due(event)},
        reason=reason_label,
        form=StepForm(formdata=None, data={"seen": str(one.version)}),
    )


@blueprint.route("/<key>/edit", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def edit(slug: str, key: str) -> ResponseReturnValue:
    """Change day, hour and words of a notice of which nothing has gone out."""
    event = own_event(slug)
    one = notice_for_organiser(event, key)
    if not may_change(one):
        return _to(slug, key)
    form = NoticeForm(one)
    if not form.validate_on_submit():
        return _form_page(event, form, key=key), UNPROCESSABLE if form.errors else 200
    try:
        actions.change_notice(
            event, key, form.change(), seen=form.seen_version(), by=current_account()
        )
    except Stale:
        return _form_page(event, form, key=key, is_stale=True), CONFLICT
    return _to(slug, key)


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def new_reminder(slug: str) -> ResponseReturnValue:
    """Another reminder; begins with the words that reminders begin with."""
    event = own_event(slug)
    form = NoticeForm(another_reminder(event))
    if not form.validate_on_submit():
        return _form_page(event, form, key=None), UNPROCESSABLE if form.errors else 200
    try:
        key = actions.add_reminder(event, form.change(), by=current_account())
    except Refused as problem:
        flash(str(problem.text), "warning")
        return redirect(url_for(".notices", slug=slug), code=SEE_OTHER)
    return _to(slug, key)


def _step(
    slug: str, key: str, step: Callable[[Event, int], str | None], done: str = ""
) -> ResponseReturnValue:
    """Take a step and say that it is done; what stands against it is said on the notice's page."""
    event, form = own_event(slug), StepForm()
    notice_for_organiser(event, key)
    if form.validate_on_submit():
        try:
            said = step(event, form.seen_version())
            flash(said or done, "success")
        except Refused as problem:  # the page shows how things are now
            flash(str(problem.text), "warning")
    return _to(slug, key)


@blueprint.route("/<key>/review", methods=["POST"])
@signed_in(*ORGANISERS)
def review(slug: str, key: str) -> ResponseReturnValue:
    """The words may go out on their day."""

    def step(event: Event, seen: int) -> str:
        due_at = actions.review_notice(event, key, seen=seen, by=current_account())
        if due_at <= clock.now():
            return str(_("Approved. The mails go out now."))
        moment = format_moment(due_at, event.zone)
        return str(_("Approved. It goes out on %(moment)s.", moment=moment))

    return _step(slug, key, step)


@blueprint.route("/<key>/send", methods=["POST"])
@signed_in(*ORGANISERS)
def send(slug: str, key: str) -> ResponseReturnValue:
    """Send a reviewed notice before its day."""

    def step(event: Event, seen: int) -> None:
        actions.send_notice_now(event, key, seen=seen, by=current_account())

    return _step(slug, key, step, _("The mails are on their way."))


@blueprint.route("/<key>/stop", methods=["POST"])
@signed_in(*ORGANISERS)
def stop(slug: str, key: str) -> ResponseReturnValue:
    """Let nothing more of it go out."""

    def step(event: Event, _seen: int) -> None:
        actions.stop_notice(event, key, by=current_account())

    return _step(slug, key, step, _("Stopped. No further mail goes out."))


@blueprint.route("/<key>/take-up", methods=["POST"])
@signed_in(*ORGANISERS)
def take_up(slug: str, key: str) -> ResponseReturnValue:
    """Go on with a stopped notice."""

    def step(event: Event, _seen: int) -> None:
        actions.take_up_notice(event, key, by=current_account())

    return _step(slug, key, step, _("Taken up again. Please approve it."))


@blueprint.route("/<key>/samples/<int:person_id>")
@signed_in(*ORGANISERS)
def sample(slug: str, key: str, person_id: int) -> Response:
    """The HTML of one of the real mails that the preview shows, for a frame."""
    found = mails.samples(notice_for_organiser(own_event(slug), key), [person_id])
    if not found:
        raise NotFound
    return as_letter(Response(found[0].html, mimetype="text/html"))


def _to(slug: str, key: str) -> ResponseReturnValue:
    return redirect(url_for(".notice", slug=slug, key=key), code=SEE_OTHER)


def _form_page(event: Event, form: NoticeForm, *, key: str | None, is_stale: bool = False) -> str:
    kind = form.notice.kind
    return _page(
        "form",
        event,
        form=form,
        key=key,
        kind=kind,
        placeholders={name: _(meaning) for name, meaning in PLACEHOLDERS[kind].items()},
        closes_at=form.notice.closes_at,
        is_stale=is_stale,
    )


def _page(name: str, event: Event, **values: object) -> str:
    return render_template(
        f"notices/organiser/{name}.html",
        event=event,
        rail="notices",
        title_of=title_of,
        label=state_label,
        looks=STATE_KINDS,
        **values,
    )
