"""A link to a page that is not there hides itself; so a wrong name must be noticed here."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
PLANNED = {"rounds_organiser.plans", "desk_organiser.door", "recap_organiser.recap"}
NAMES = re.compile(
    r"(?:has_endpoint|url_for)\('([a-z_]+\.[a-z_]+)'|entry\('[a-z]+', '([a-z_]+\.[a-z_]+)'"
)


def test_every_page_that_a_template_links_to_exists(built_app):
    wrong = {
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in TEMPLATES.rglob("*.html")
        for names in NAMES.findall(path.read_text())
        for name in names
        if name and name not in built_app.view_functions and name not in PLANNED
    }

    assert sorted(wrong) == []
