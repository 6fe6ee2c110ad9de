"""Macros and frames give the markup that the stylesheets and screen readers rely on."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, render_template, render_template_string
from flask_wtf import CSRFProtect
from wtforms import BooleanField, Form, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from eventapp.foundation.errors import NotFound
from eventapp.foundation.i18n import init_i18n
from eventapp.foundation.pages import Page

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STYLES = "".join(path.read_text() for path in (ROOT / "static").rglob("*.css"))
ENDPOINTS = {
    "desk.index": "/",
    "accounts.imprint": "/imprint",
    "accounts.privacy": "/privacy",
    "accounts.signout": "/signout",
    "accounts.host_stylesheet": "/hosts/<slug>.css",
    "desk_organiser.events": "/organise/",
    "desk_organiser.overview": "/organise/<slug>/",
    "programme_organiser.programme": "/organise/<slug>/programme",
    "contacts_organiser.address_book": "/organise/contacts",
}
JUNE_24 = date(2027, 6, 24)
EVENT = SimpleNamespace(slug="forum", title_de="Forum Süd", title_en="", starts_on=JUNE_24)
NOBODY = SimpleNamespace(is_authenticated=False)
HOST = SimpleNamespace(slug="agentur", name="Strukturagentur", version=3)
SOMEBODY = SimpleNamespace(
    is_authenticated=True,
    name="Sönke Vaßholz",
    host=HOST,
    account=SimpleNamespace(position="Projektmanagement"),
)


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


@pytest.fixture(scope="module")
def pages():
    """A small application: the templates, the filters, and some of the pages."""
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=str(ROOT / "static"))
    app.config.update(SECRET_KEY="for tests only", TESTING=True)
    init_i18n(app, default="de")
    CSRFProtect(app)
    for endpoint, rule in ENDPOINTS.items():
        app.add_url_rule(rule, endpoint, lambda **_: "")
    app.jinja_env.globals.update(
        static_url=lambda path: f"/static/{path}?v=1", has_endpoint=app.view_functions.__contains__
    )
    return app


@pytest.fixture
def show(pages):
    """Render a template's source, or a file, as a reader of that language gets it."""

    def rendered(source: str, *, address: str = "/", language: str = "en", **values) -> str:
        with pages.test_request_context(address, headers={"Accept-Language": language}):
            values.setdefault("current_user", NOBODY)
            if source.endswith(".html"):
                html = render_template(source, **values)
            else:
                html = render_template_string(source, **values)
        return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()

    return rendered


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
    chart = SimpleNamespace(
        points=[
            SimpleNamespace(day=date(2027, 4, 12), total=1, occasion="Welle 1"),
            SimpleNamespace(day=date(2027, 4, 14), total=60, occasion=""),
        ],
        cap=120,
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


def test_the_rail_shows_only_what_exists_and_where_we_are(show):
    html = show(
        "layout/organiser.html",
        event=EVENT,
        rail="programme",
        rail_counts={"programme": 18},
        current_user=SOMEBODY,
    )

    assert re.findall(r'<a href="(/organise/forum/[a-z]*)"', html) == [
        "/organise/forum/",
        "/organise/forum/programme",
    ]
    assert 'programme" aria-current="page">Programme<span>18</span></a>' in html
    assert "Forum Süd" in html


def test_signing_out_is_a_post_with_a_token(show):
    html = show("layout/organiser.html", rail="contacts", current_user=SOMEBODY)

    assert '<form method="post" action="/signout"><input type="hidden" name="csrf_token"' in html


def test_a_guests_page_is_neither_indexed_nor_told_to_others(show):
    html = show("layout/guest.html")

    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert '<meta name="referrer" content="no-referrer">' in html


def test_the_foot_offers_the_other_language_on_the_same_page(show):
    assert '<a href="?lang=de" lang="de" hreflang="de">Deutsch</a>' in show("layout/public.html")


def test_a_page_wears_the_colour_and_the_legal_pages_of_its_host(show):
    html = show("layout/public.html", host=HOST)

    assert '<link rel="stylesheet" href="/hosts/agentur.css?v=3">' in html
    assert '<a href="/imprint?host=agentur">' in html
    assert "<strong>Strukturagentur</strong></p>" in html


def test_an_organisers_page_wears_the_colour_of_the_organisation(show):
    html = show("layout/organiser.html", current_user=SOMEBODY)

    assert "/hosts/agentur.css?v=3" in html
    assert "<p>Sönke Vaßholz<br>Projektmanagement</p>" in html


def test_a_page_says_its_language_and_can_be_skipped_into(show):
    html = show("layout/public.html", language="de")

    assert '<html lang="de">' in html
    assert '<a class="skip" href="#inhalt">' in html
    assert '<main id="inhalt"' in html


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 429, 500, 503])
def test_each_problem_says_what_to_do_now(show, status):
    html = show("layout/problem.html", status=status, problem=None)

    assert html.count("<h1") == 1
    assert len(re.findall(r"<p>[^<]+</p>", html)) >= 1


def test_an_accident_names_its_reference(show):
    assert "Reference: 7f3a" in show("layout/problem.html", status=500, reference="7f3a")


def test_a_problem_of_the_domain_is_told_in_its_words(show):
    html = show("layout/problem.html", status=404, problem=NotFound())

    assert "This page does not exist." in html


def test_no_template_carries_inline_style_or_script():
    found = [
        f"{path.relative_to(TEMPLATES)}: {match}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        if "mail" not in path.relative_to(TEMPLATES).as_posix()
        for match in re.findall(
            r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)', path.read_text()
        )
    ]

    assert found == []


def test_every_kern_class_in_a_template_is_in_the_trimmed_stylesheet():
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\bkern-[a-z]+(?:(?:--?|__)[a-z]+)*\b(?!-|_)", path.read_text())
    }
    known = set(re.findall(r"\.(kern-[a-zA-Z0-9_-]+)", STYLES))

    assert sorted(name for name in used if name not in known) == []


def test_every_variable_that_a_stylesheet_reads_is_set_somewhere():
    read = set(re.findall(r"var\((--[a-z0-9-]+)\)", STYLES))  # those with a fallback may be unset
    known = set(re.findall(r"(--[a-z0-9-]+)\s*:", STYLES))

    assert sorted(read - known) == []


def test_every_file_that_a_stylesheet_names_exists():
    missing = [
        url
        for path in (ROOT / "static").rglob("*.css")
        for url in re.findall(r'url\("(?!data:)([^"]+)"\)', path.read_text())
        if not (path.parent / url).exists()
    ]

    assert missing == []
