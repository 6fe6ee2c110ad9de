"""Macros give the markup that the stylesheets and screen readers rely on."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from wtforms import BooleanField, Form, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from eventapp.foundation.pages import Page

JUNE_24 = date(2027, 6, 24)


class SubstituteForm(Form):
    """A form with one field of each kind."""

    first_name = StringField("First name", [InputRequired()], description="As on the badge")
    email = StringField("E-mail", [InputRequired()])
    sector = SelectField("Sector", choices=[SelectChoice("a", "Business")])
    photos = BooleanField("Photos are fine")
    seat = RadioField("Seat", choices=[SelectChoice("1", "Front"), SelectChoice("2", "Back")])

    def error_summary(self):
        """As BaseForm gives it."""
        return [(field.id, field.errors[0]) for field in self if field.errors]

    def error_label(self, name):
        """As BaseForm gives it."""
        return self[name].label.text


def field(show, name: str, form: Form) -> str:
    """One field as the macro draws it."""
    source = '{% from "components/field.html" import field with context %}{{ field(form[name]) }}'
    return show(source, form=form, name=name)


def test_a_field_names_its_hint(show):
    assert field(show, "first_name", SubstituteForm()) == (
        '<div class="kern-form-input"><label class="kern-label" for="first_name">First name</label>'
        '<p class="kern-hint" id="first_name-hint">As on the badge</p>'
        '<input aria-describedby="first_name-hint" class="kern-form-input__input" id="first_name" '
        'name="first_name" required type="text" value=""></div>'
    )


def test_a_wrong_field_keeps_its_value_and_names_its_error(show):
    form = SubstituteForm(data={"email": "ludmila@freicode"})
    form.email.errors = ["The ending is missing."]

    assert field(show, "email", form) == (
        '<div class="kern-form-input kern-form-input--error">'
        '<label class="kern-label" for="email">E-mail</label>'
        '<input aria-describedby="email-error" aria-invalid="true" '
        'class="kern-form-input__input kern-form-input__input--error" id="email" name="email" '
        'required type="text" value="ludmila@freicode">'
        '<p class="kern-error" id="email-error"><span class="kern-icon kern-icon--danger" '
        'aria-hidden="true"></span><span class="kern-body">The ending is missing.</span></p></div>'
    )


def test_hint_and_error_are_read_in_the_order_in_which_they_stand(show):
    form = SubstituteForm()
    form.first_name.errors = ["Please fill this in."]

    assert 'aria-describedby="first_name-hint first_name-error"' in field(show, "first_name", form)


def test_a_select_stands_in_its_wrapper(show):
    assert (
        '<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select"'
        in field(show, "sector", SubstituteForm())
    )


def test_a_check_box_stands_before_its_label(show):
    assert field(show, "photos", SubstituteForm()) == (
        '<div class="kern-form-check"><input class="kern-form-check__checkbox" id="photos" '
        'name="photos" type="checkbox" value="y">'
        '<label class="kern-label" for="photos">Photos are fine</label></div>'
    )


def test_choices_form_a_group_with_a_legend(show):
    html = field(show, "seat", SubstituteForm())

    assert html.startswith(
        '<fieldset class="kern-fieldset" id="seat"><legend class="kern-label">Seat</legend>'
    )
    assert html.count('class="kern-form-check__radio"') == 2


def test_the_summary_links_to_each_wrong_field(show):
    form = SubstituteForm(data={"seat": "1"})
    form.validate()

    html = show(
        '{% from "components/field.html" import error_summary with context %}'
        "{{ error_summary(form) }}",
        form=form,
    )

    assert 'role="alert" tabindex="-1" autofocus>' in html
    assert '<a href="#first_name">First name: ' in html
    assert '<a href="#email">E-mail: ' in html


def test_a_form_without_errors_has_no_summary(show):
    source = (
        '{% from "components/field.html" import error_summary with context %}'
        "{{ error_summary(form) }}"
    )

    assert show(source, form=SubstituteForm()) == ""


def test_a_button_holds_icon_and_label(show):
    source = (
        '{% from "components/button.html" import button %}'
        "{{ button('Erinnern', icon='mail', tight=true, name='do', value='remind') }}"
    )

    assert show(source) == (
        '<button class="kern-btn kern-btn--primary kern-btn--tight" name="do" value="remind">'
        '<span class="kern-icon kern-icon--mail" aria-hidden="true"></span>'
        '<span class="kern-label">Erinnern</span></button>'
    )


def test_a_refused_button_keeps_its_place_and_names_the_reason(show):
    source = (
        '{% from "components/button.html" import button %}'
        "{{ button('Veröffentlichen', refused_because='konflikt') }}"
    )

    assert 'type="button" aria-disabled="true" aria-describedby="konflikt"' in show(source)


def test_a_badge_comes_with_icon_and_word(show):
    source = '{% from "components/badge.html" import badge %}{{ badge("zugesagt", "success") }}'

    assert "kern-icon--success" in show(source)
    assert "zugesagt" in show(source)


def test_a_day_and_a_range_are_readable_by_machines_too(show):
    start = datetime(2027, 6, 24, 14, 50, tzinfo=UTC)
    end = datetime(2027, 6, 24, 15, 35, tzinfo=UTC)
    source = (
        '{% from "components/moment.html" import day, moment, range %}'
        '{{ day(d) }}|{{ moment(a, "Europe/Berlin") }}|{{ range(a, b, "Europe/Berlin") }}'
    )

    assert show(source, language="de", d=JUNE_24, a=start, b=end) == (
        '<time datetime="2027-06-24">Do., 24.06.2027</time>|'
        '<time datetime="2027-06-24T14:50:00+00:00">Do., 24.06.2027, 16:50 Uhr</time>|'
        '<time datetime="2027-06-24T14:50:00+00:00">16:50–17:35 Uhr</time>'
    )


def test_the_pager_keeps_search_and_filter(show):
    page = Page(rows=[1], number=2, total=120, size=50)

    html = show(
        '{% from "components/pager.html" import pager with context %}{{ pager(page) }}',
        page=page,
        address="/?q=M%C3%BC%C3%9Fig&page=2",
    )

    assert '<a href="?q=M%C3%BC%C3%9Fig&amp;page=3" rel="next">' in html
    assert '<b aria-current="page">2</b>' in html


def test_one_page_needs_no_way_to_others(show):
    page = Page(rows=[1], number=1, total=1, size=50)

    html = show(
        '{% from "components/pager.html" import pager with context %}{{ pager(page) }}', page=page
    )

    assert "<ul>" not in html


def test_a_curve_has_a_sentence_a_path_and_a_table(show):
    points = [
        SimpleNamespace(day=date(2027, 4, 12), total=1, occasion="Welle 1"),
        SimpleNamespace(day=date(2027, 4, 14), total=60, occasion=""),
    ]
    chart = SimpleNamespace(
        points=points,
        rows=points,
        cap=120,
        top=120,
        ends_on=date(2027, 4, 22),
        unit="120 Plätze",
        summary="Zwei Tage, 60 Plätze.",
        marks=[SimpleNamespace(day=date(2027, 4, 12), label="W1")],
    )

    html = show(
        '{% from "components/charts.html" import curve with context %}{{ curve(chart) }}',
        chart=chart,
    )

    assert 'role="img" aria-label="Zwei Tage, 60 Plätze."' in html
    assert '<path class="line" d="M0 120 H0 V119 H2 V60 H2"/>' in html
    assert html.count("<tr>") == 3


def test_a_stack_fills_its_width(show):
    source = (
        '{% from "components/charts.html" import stack with context %}'
        '{{ stack([(57, "c1"), (0, "c3"), (19, "c4")]) }}'
    )

    assert show(source) == (
        '<svg class="stack" aria-hidden="true">'
        '<rect class="c1" x="0.0%" width="75.0%" height="14"/>'
        '<rect class="c4" x="75.0%" width="25.0%" height="14"/></svg>'
    )
