"""Organisers' formatted text is data: it can say a lot and do nothing (T-21)."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from eventapp.foundation.markdown import TAGS, render


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every tag with its attributes, as a browser reads them."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(html)
    return found


def test_paragraphs_lists_and_emphasis_become_html():
    assert render("**Wo** stehen wir?\n\n- Daten\n- Netze") == Markup(
        "<p><strong>Wo</strong> stehen wir?</p>\n<ul>\n<li>Daten</li>\n<li>Netze</li>\n</ul>\n"
    )


def test_a_line_break_stays_a_line_break():
    assert render("Am Leuchtenwerk 1\n59821 Arnsberg") == Markup(
        "<p>Am Leuchtenwerk 1<br>\n59821 Arnsberg</p>\n"
    )


def test_headings_start_below_the_heading_of_the_page():
    assert render("# Anreise\n\n##### Zu Fuß") == Markup("<h2>Anreise</h2>\n<h4>Zu Fuß</h4>\n")


def test_a_table_keeps_its_head():
    assert "<th>Bahn</th>" in render("| Bahn | Auto |\n|---|---|\n| 9 Min. | P2 |")


@pytest.mark.parametrize("href", ["https://arnsberg.example/", "mailto:a@b.example", "/e/forum/"])
def test_links_lead_to_web_mail_and_own_pages(href):
    assert render(f"[dort]({href})") == Markup(
        f'<p><a href="{href}" rel="noopener nofollow">dort</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="https://x.example" style="position:fixed">x</a>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        '[x](https://x.example "a\\" onmouseover=alert(1) b=\\"")',
        "![x](https://tracker.example/pixel.png)",
        "<javascript:alert(1)>",
        "<svg/onload=alert(1)>",
        "| a |\n|---|\n| <iframe src=//x.example> |",
    ],
)
def test_t21_nothing_in_the_text_can_act(text):
    for tag, attributes in elements(render(text)):
        assert tag in TAGS
        assert set(attributes) <= {"href", "rel", "start", "data-label"}
        assert attributes.get("href", "").partition(":")[0] in {"", "https"}


def test_t21_placeholders_of_templates_stay_text():
    assert render("{{ config }} {% raw %} %(name)s {0.name}") == Markup(
        "<p>{{ config }} {% raw %} %(name)s {0.name}</p>\n"
    )


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_at_all_is_rendered(text):
    assert isinstance(render(text), Markup)


def test_cells_carry_the_heading_of_their_column_for_narrow_windows():
    html = render("| Daten | **Löschung** |\n|---|---|\n| Links | 60 Tage |\n\n| X |\n|---|\n| y |")

    assert '<td data-label="Löschung">60 Tage</td>' in html
    assert '<td data-label="X">y</td>' in html
