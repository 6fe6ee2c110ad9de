"""What a form asks for is tried: done, or why not, with what was typed kept."""

from collections.abc import Callable

from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.forms import BaseForm

SHOWN, DONE, CONFLICT, UNPROCESSABLE = 200, 303, 409, 422


def attempt(form: BaseForm, change: Callable[[], object]) -> int:
    """Make the change if the form was sent and is in order; with which status to answer.

    303 where it was made, 200 where the form is only opened. For 422 (what was typed is wrong) and
    409 (things stand otherwise by now) the form says why, and still holds what was typed.
    """
    if not form.validate_on_submit():
        return UNPROCESSABLE if form.is_submitted() else SHOWN
    try:
        change()
    except Invalid as problem:
        form.refuse(problem)
        return UNPROCESSABLE
    except Refused as problem:
        form.form_errors.append(str(problem.text))
        return CONFLICT
    return DONE
