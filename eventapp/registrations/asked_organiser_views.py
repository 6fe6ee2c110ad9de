"""Pages for organisers: what people answered to their questions, and who has not answered yet."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm
from eventapp.foundation.pages import page_number
from eventapp.questions.answer_fields import with_questions
from eventapp.questions.permissions import question_for_organiser
from eventapp.questions.queries import given_answers, questions_of
from eventapp.questions.tally import open_questions, tallies
from eventapp.questions.words import answer_words, step_label, value_label
from eventapp.registrations import actions, asked_queries
from eventapp.registrations.asked import staff_sheet
from eventapp.registrations.asked_listings import answer_filter
from eventapp.registrations.asked_views import refused
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import registration_for_organiser
from eventapp.registrations.words import state_label

blueprint = Blueprint("registrations_questions", __name__, url_prefix="/organise/<slug>")
SEE_OTHER, WRONG = 303, 422


@blueprint.route("/questions/answers")
@signed_in(*ORGANISERS)
def answers(slug: str) -> str:
    """Every question with its counts. Four statements, whatever the number of people."""
    event = own_event(slug)
    questions, people = questions_of(event), asked_queries.people_asked(event)
    given = given_answers(event)
    return render_template(
        "registrations/asked/answers.html",
        event=event,
        rail="questions",
        tallies=tallies(questions, people, given),
        unfinished=len(open_questions(questions, people, given)),
        value_label=value_label,
        step_label=step_label,
    )


@blueprint.route("/questions/open")
@signed_in(*ORGANISERS)
def unfinished(slug: str) -> str:
    """Who has not answered everything yet, and what is missing."""
    event = own_event(slug)
    people = asked_queries.people_asked(event)
    missing = open_questions(questions_of(event), people, given_answers(event))
    page = asked_queries.named(event, missing.keys(), page_number(request.args.get("page")))
    return render_template(
        "registrations/asked/open.html",
        event=event,
        rail="questions",
        page=page,
        missing=missing,
        state_label=state_label,
    )


@blueprint.route("/questions/<int:question_id>/answers")
@signed_in(*ORGANISERS)
def question(slug: str, question_id: int) -> str:
    """The answers to one question with names; `value` narrows them down to one answer."""
    event = own_event(slug)
    one = question_for_organiser(event, question_id)
    value = answer_filter(request.args).value
    shown = asked_queries.answers_to(one, value)
    return render_template(
        "registrations/asked/question_answers.html",
        event=event,
        rail="questions",
        question=one,
        value=value,
        value_label=value_label,
        page=asked_queries.named(event, shown.keys(), page_number(request.args.get("page"))),
        words={number: answer_words(one, answer) for number, answer in shown.items()},
        state_label=state_label,
    )


@blueprint.route("/guests/<int:registration_id>/questions", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def note(slug: str, registration_id: int) -> ResponseReturnValue:
    """Answers that came by phone or mail: the same form, without what must be answered."""
    event = own_event(slug)
    one = registration_for_organiser(event, registration_id)
    sheet = staff_sheet(one)
    form: Any = with_questions(BaseForm, sheet)()
    if sheet.in_form and form.validate_on_submit():
        try:
            actions.answer_questions(one, form.answers(), by=current_account())
        except Invalid as problem:
            sheet, form = refused(staff_sheet(one), problem)
        else:
            flash(_("Noted for %(name)s.", name=one.full_name), "success")
            return redirect(_guest_page(event, one), code=SEE_OTHER)
    page = render_template(
        "registrations/asked/note.html",
        event=event,
        rail="guests",
        guest=one,
        form=form,
        sheet=sheet,
        back=_guest_page(event, one),
    )
    return page, WRONG if form.errors else 200


def _guest_page(event: Event, one: Registration) -> str:
    return url_for("registrations_organiser.guest", slug=event.slug, registration_id=one.id)
