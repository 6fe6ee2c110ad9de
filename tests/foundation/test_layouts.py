"""Frames give each kind of page its parts, and no template breaks the rules of the look."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STYLES = "".join(path.read_text() for path in (ROOT / "static").rglob("*.css"))
JUNE_24 = date(2027, 6, 24)
EVENT = SimpleNamespace(slug="forum", title_de="Forum Süd", title_en="", starts_on=JUNE_24)
HOST = SimpleNamespace(slug="agentur", name="Strukturagentur", version=3)
SOMEBODY = SimpleNamespace(
    is_authenticated=True,
    name="Sönke Vaßholz",
    host=HOST,
    account=SimpleNamespace(position="Projektmanagement"),
)


def test_the_rail_shows_only_what_exists_and_where_we_are(show):
    html = show(
        "layout/organiser.html",
        event=EVENT,
        rail="programme",
        current_user=SOMEBODY,
    )

    assert re.findall(r'<a href="(/organise/forum/[a-z]*)"', html) == [
        "/organise/forum/",
        "/organise/forum/programme",
    ]
    assert 'programme" aria-current="page">Programme<span>18</span></a>' in html
    assert "Forum Süd" in html
    assert "Thu 24 Jun 2027 · in 14 days" in re.sub("<[^>]*>", "", html)


def test_signing_out_is_a_post_with_a_token(show):
    html = show("layout/organiser.html", rail="contacts", current_user=SOMEBODY)

    form = html.partition('<form class="rail__more"')[2].partition("</form>")[0]
    assert form.startswith(' method="post" action="/signout"')
    assert '<input type="hidden" name="csrf_token"' in form


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
    html = show("layout/problem.html", status=status)

    assert html.count("<h1") == 1
    assert len(re.findall(r"<p>[^<]+</p>", html)) >= 1


def test_an_accident_names_its_reference(show):
    assert "reference 7f3a" in show("layout/problem.html", status=500, reference="7f3a")


def test_a_problem_of_the_domain_is_told_in_its_words(show):
    html = show("layout/problem.html", status=409, said="All places are taken.")

    assert "<p>All places are taken.</p>" in html


def test_no_template_carries_inline_style_or_script():
    """A block of data (JSON-LD) is none: nothing runs it."""
    found = [
        f"{path.relative_to(TEMPLATES)}: {match}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        if "mail" not in path.relative_to(TEMPLATES).as_posix()
        for match in re.findall(
            r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\s(?:src=|type="application/ld\+json"))',
            path.read_text(),
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
