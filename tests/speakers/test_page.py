"""A contributor's own page: where they stand, yes and no, what is new."""

from speakers.support import asked, link


def test_opens(app, client):
    part = asked()
    page = client.get(link(part))
    assert page.status_code == 200, page.text
    for name in (
        "biography",
        "technical",
        "travel",
        "availability",
        "diet",
        "portrait",
        "slides",
        "data",
        "delete",
        f"contributions/{part.id}/decline",
        "calendar.ics",
        "data.json",
    ):
        found = client.get(f"{link(part)}/{name}")
        assert found.status_code == 200, (name, found.text[:3000])
