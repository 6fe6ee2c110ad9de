"""A form is opened, sent in order, sent with mistakes, or sent when things stand otherwise."""

import pytest
from wtforms import StringField

from eventapp.foundation.attempts import CONFLICT, DONE, SHOWN, UNPROCESSABLE, attempt
from eventapp.foundation.errors import Invalid, NotFound, Refused, Stale
from eventapp.foundation.forms import BaseForm, Filled
from eventapp.foundation.message import message


class NameForm(BaseForm):
    """One field that must be filled in."""

    name = StringField(validators=[Filled()])


@pytest.mark.parametrize(
    ("method", "typed", "status", "names"),
    [
        ("GET", "", SHOWN, []),
        ("POST", "", UNPROCESSABLE, []),
        ("POST", "Ada", DONE, ["Ada"]),
    ],
)
def test_only_what_is_in_order_is_tried(app, method, typed, status, names):
    tried = []
    with app.test_request_context(method=method, data={"name": typed}):
        form = NameForm()

        assert attempt(form, lambda: tried.append(form.keep("name"))) == status

    assert tried == names


@pytest.mark.parametrize(
    ("problem", "status", "beside"),
    [
        (Invalid("name", message("This page does not exist.")), UNPROCESSABLE, "name"),
        (Invalid("elsewhere", message("This page does not exist.")), UNPROCESSABLE, ""),
        (Refused(message("This page does not exist.")), CONFLICT, ""),
        (Stale(), CONFLICT, ""),
    ],
    ids=["field", "no such field", "refused", "stale"],
)
def test_what_the_action_refuses_stands_in_the_form_with_what_was_typed(
    app, problem, status, beside
):
    def refuse() -> None:
        raise problem

    with app.test_request_context(method="POST", data={"name": "Ada"}):
        form = NameForm()

        assert attempt(form, refuse) == status
        assert form.error_summary() == [(beside, str(problem.text))]
        assert form.name.data == "Ada"


def test_what_does_not_exist_is_no_matter_of_the_form(app):
    def miss() -> None:
        raise NotFound

    with app.test_request_context(method="POST", data={"name": "Ada"}), pytest.raises(NotFound):
        attempt(NameForm(), miss)
