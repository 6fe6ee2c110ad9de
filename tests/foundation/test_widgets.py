"""Form fields that we write ourselves read to the letter as WTForms writes them."""

from enum import StrEnum

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms import (
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    widgets,
)

from eventapp.foundation.forms import BaseForm, ChoiceField, EmailField, LongTextField, TextField
from eventapp.foundation.i18n import init_i18n
from eventapp.foundation.widgets import written


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Everything(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    line = TextField(_l("First name"), limit=40, render_kw={"autocomplete": "given-name"})
    plain = StringField("Plain", render_kw={"class_": "x", "data_kind": "a_b"})
    email = EmailField("E-mail")
    text = LongTextField("Text")
    hidden = HiddenField()
    tick = BooleanField("Tick")
    colour = ChoiceField("Colour", Colour, lambda one: Markup("<b>&</b>") if one == "red" else one)
    some = SelectField(
        "Some", choices=[SelectChoice("1", 'A "quoted" one'), SelectChoice("", "<none>")]
    )


@pytest.fixture(scope="module")
def site() -> Flask:
    """A site that has nothing but languages."""
    bare = Flask(__name__)
    bare.secret_key = "nobody's"
    init_i18n(bare, default="de")
    return bare


HAND_WRITTEN = ("line", "plain", "email", "text", "hidden", "tick", "colour", "some")
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ["class_", "class", "id", "value", "aria_label", "data_x_y", "required", "list"]
    ),
    st.one_of(
        st.booleans(),
        st.text(max_size=8),
        st.sampled_from(["a\"b'c<d>&", Markup('<i title="x">&amp;</i>')]),
    ),
    max_size=4,
).filter(lambda given: not {"class", "class_"} <= given.keys())  # one attribute by two names


@given(typed=st.text(max_size=20), attributes=ATTRIBUTES, name=st.sampled_from(HAND_WRITTEN))
def test_every_field_reads_as_wtforms_writes_it(site, typed, attributes, name):
    with site.test_request_context():
        form = Everything(formdata=None, data={"line": typed, "text": typed, "tick": bool(typed)})
        field = form[name]

        ours = field(**attributes)
        theirs = super(BaseForm.Meta, form.meta).render_field(field, attributes)

    assert ours == theirs
    assert isinstance(ours, Markup)


@pytest.mark.parametrize("widget", [widgets.PasswordInput(), widgets.FileInput()])
def test_what_is_not_plain_is_left_to_wtforms(site, widget):
    with site.test_request_context():
        field = Everything(formdata=None).plain
        field.widget = widget

        assert written(field, {}) is None


def test_several_choices_are_left_to_wtforms(site):
    class Several(Everything):
        several = SelectMultipleField("Several", choices=[SelectChoice("1", "One")])

    with site.test_request_context():
        assert written(Several(formdata=None).several, {}) is None
        assert "multiple" in Several(formdata=None).several()
