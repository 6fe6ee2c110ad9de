"""Pages for organisers: the questions of the form, one of them, and the form as guests see it."""

from collections.abc import Sequence
from typing import Any

from flask import (
    Blueprint,
    flash,
    get_template_attribute,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid, Refused, Stale
from eventapp.foundation.forms import BaseForm
from eventapp.foundation.i18n import use_locale
from eventapp.questions import actions, forms, queries
from eventapp.questions.answer_fields import with_questions
from eventapp.questions.models import Question
from eventapp.questions.permissions import question_for_organiser
from eventapp.questions.sheet import Sheet, required_ids
from eventapp.questions.states import DECIDING, Direction, QuestionKind, QuestionStep
from eventapp.questions.words import condition_words, kind_label, step_label

blueprint = Blueprint("questions_organiser", __name__, url_prefix="/organise/<slug>/questions")
SEE_OTHER, CONFLICT, WRONG = 303, 409, 422


@blueprint.route("")
@signed_in(*ORGANISERS)
def questions(slug: str) -> str:
    """All questions in the order in which they are asked, and those taken out."""
    event = own_event(slug)
    rows = queries.questions_of(event)
    asked = [one for one in rows if one.is_asked]
    return render_template(
        "questions/organiser/questions.html",
        event=event,
        rail="questions",
        steps=[(step, [one for one in asked if one.step is step]) for step in QuestionStep],
        retired=[one for one in rows if not one.is_asked],
        answered=queries.answered_questions(event),
        notes=_notes(rows),
        kinds=list(QuestionKind),
        kind_label=kind_label,
        step_label=step_label,
    )


def _notes(rows: Sequence[Question]) -> dict[int, Any]:
    """On what each question depends, in words."""
    by_id = {one.id: one for one in rows}
    return {
        one.id: condition_words(one, by_id[one.condition_id])
        for one in rows
        if one.condition_id in by_id
    }


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def new_question(slug: str) -> ResponseReturnValue:
    """A question more, at the end of its step."""
    event = own_event(slug)
    form = _form(event, None)
    if _is_sent(form) and form.validate_on_submit():
        try:
            actions.add_question(event, form.draft(), by=current_account())
        except Invalid as problem:
            form.refuse(problem)
        else:
            flash(_("The question is added."), "success")
            return redirect(url_for(".questions", slug=slug), code=SEE_OTHER)
    return _question_page(event, form, None)


@blueprint.route("/<int:question_id>", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def question(slug: str, question_id: int) -> ResponseReturnValue:
    """One question; what people answered so far stays whatever is changed."""
    event = own_event(slug)
    one = question_for_organiser(event, question_id)
    form = _form(event, one)
    if not _is_sent(form) or not form.validate_on_submit():
        return _question_page(event, form, one)
    try:
        actions.change_question(one, form.draft(), seen=form.seen(), by=current_account())
    except Invalid as problem:
        form.refuse(problem)
        return _question_page(event, form, one)
    except Stale as problem:
        different = forms.differences(form, problem.differences)
        form.version.data = str(one.version)
        return _question_page(event, form, one, different=different)
    except Refused as problem:
        form.form_errors.append(str(problem.text))
        return _question_page(event, form, one)
    flash(_("Saved. Answers given so far are kept."), "success")
    return redirect(url_for(".questions", slug=slug), code=SEE_OTHER)


def _is_sent(form: forms.QuestionForm) -> bool:
    """Whether the form is to be kept, not only to have more rows."""
    return form.is_submitted() and "more" not in request.form


def _form(event: Event, one: Question | None) -> forms.QuestionForm:
    asked = queries.asked_questions(event)
    earlier = asked[: asked.index(one)] if one in asked else asked
    rows = forms.rows_for(one)
    if request.method == "POST":
        more = forms.EMPTY_ROWS if "more" in request.form else 0
        rows = forms.rows_in(str(forms.rows_in(request.form.get("size")) + more))
    start = forms.stored(one) if one is not None else {"kind": request.args.get("kind", "text")}
    kind = forms.form_for(rows)
    return kind([other for other in earlier if other.kind in DECIDING], data=start)


def _question_page(
    event: Event,
    form: forms.QuestionForm,
    one: Question | None,
    *,
    different: Sequence[forms.Difference] = (),
) -> ResponseReturnValue:
    """The form; 409 with both versions if a colleague was faster, 422 for what is wrong in it."""
    page = render_template(
        "questions/organiser/question.html",
        event=event,
        rail="questions",
        form=form,
        question=one,
        is_answered=one is not None and queries.is_answered(one),
        chosen=queries.times_chosen(one) if one is not None and one.has_choices else {},
        kind_label=kind_label,
        differences=different,
    )
    if different:
        return page, CONFLICT
    return page, WRONG if form.errors else 200


@blueprint.route("/<int:question_id>/move", methods=["POST"])
@signed_in(*ORGANISERS)
def move(slug: str, question_id: int) -> ResponseReturnValue:
    """One place up or down."""
    one = question_for_organiser(own_event(slug), question_id)
    down = request.form.get("direction") == Direction.DOWN
    return _done(
        slug,
        lambda: actions.move_question(
            one, Direction.DOWN if down else Direction.UP, by=current_account()
        ),
    )


@blueprint.route("/<int:question_id>/retire", methods=["POST"])
@signed_in(*ORGANISERS)
def retire(slug: str, question_id: int) -> ResponseReturnValue:
    """Out of the form; the answers stay."""
    one = question_for_organiser(own_event(slug), question_id)
    return _done(slug, lambda: actions.retire_question(one, by=current_account()))


@blueprint.route("/<int:question_id>/again", methods=["POST"])
@signed_in(*ORGANISERS)
def ask_again(slug: str, question_id: int) -> ResponseReturnValue:
    """Back into the form."""
    one = question_for_organiser(own_event(slug), question_id)
    return _done(slug, lambda: actions.ask_again(one, by=current_account()))


@blueprint.route("/<int:question_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove(slug: str, question_id: int) -> ResponseReturnValue:
    """Delete what nobody has answered."""
    one = question_for_organiser(own_event(slug), question_id)
    return _done(slug, lambda: actions.remove_question(one, by=current_account()))


def _done(slug: str, act: Any) -> ResponseReturnValue:
    """Back to the list, with the reason if it could not be done."""
    try:
        act()
    except (Refused, Invalid) as problem:
        flash(str(problem.text), "warning")
    return redirect(url_for(".questions", slug=slug), code=SEE_OTHER)


@blueprint.route("/preview")
@signed_in(*ORGANISERS)
def preview(slug: str) -> str:
    """The form as guests see it, in both languages."""
    event = own_event(slug)
    asked = queries.asked_questions(event)
    return render_template(
        "questions/organiser/preview.html",
        event=event,
        rail="questions",
        asked=asked,
        parts=[(locale, _as_guest(asked, locale)) for locale in ("de", "en")],
    )


def _as_guest(asked: Sequence[Question], locale: str) -> list[tuple[QuestionStep, str]]:
    """Each step's questions in one language; names differ, so that both fit on one page."""
    sheet = Sheet(questions=asked, demanded=required_ids(asked))
    draw = get_template_attribute("questions/fields.html", "question_fields")
    with use_locale(locale):
        rows = with_questions(BaseForm, sheet)(formdata=None, prefix=f"{locale}-").question_rows()
        return [
            (step, draw([row for row in rows if row.question.step is step]))
            for step in QuestionStep
        ]
