"""An organiser's way from the event's home to the reminder, and the mail's way to the silent."""

import re

from demo_site import Site, Watch, sign_in
from playwright.sync_api import Page, expect

SUBJECT = "Noch fehlt Ihre Antwort"


def test_from_the_home_to_a_reminder_that_reaches_the_silent_only(
    page: Page, site: Site, watch: Watch
):
    sign_in(page, site)
    slug = re.search(r"/e/([^/]+)/", site.full)[1]
    page.goto(f"{site.url}/organise/{slug}/")
    page.get_by_role("navigation").get_by_role("link", name="Mitteilungen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitteilungen")
    page.get_by_role("link", name="Erinnerung", exact=True).click()

    page.get_by_role("link", name="Ändern", exact=True).click()
    page.get_by_label("Betreff, deutsch").fill(f"{SUBJECT}: {{event}}")
    page.get_by_role("button", name="Speichern und Vorschau ansehen").click()

    heading = page.get_by_role("heading", name=re.compile("Heute würden sie"))
    count = int(re.search(r"\d+", heading.inner_text())[0])
    expect(page.locator("iframe")).to_have_count(3)
    expect(page.frame_locator("iframe").first.locator("body")).to_contain_text(SUBJECT)
    page.get_by_role("button", name="Freigeben").click()
    expect(page.get_by_role("main")).to_contain_text("freigegeben von")
    if page.get_by_role("button", name="Jetzt senden").is_visible():  # else it is due by now
        page.get_by_role("button", name="Jetzt senden").click()

    done = page.get_by_role("heading", name=f"{count} Personen wurden angeschrieben")
    for _ in range(60):
        if done.is_visible():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(done).to_be_visible()
    page.goto(f"{site.url}/organise/{slug}/invitations?group=unanswered")
    silent = page.get_by_role("main").inner_text()
    page.goto(f"{site.url}/organise/{slug}/mails?q=Noch+fehlt")
    rows = page.get_by_role("main").get_by_role("row").filter(has_text=SUBJECT).all()
    names = {row.get_by_role("link").first.inner_text(): row for row in rows}
    row = next(row for name, row in names.items() if name.split()[-1] in silent)
    row.get_by_role("link").first.click()
    link = str(page.locator("a[href*='/i/']").first.get_attribute("href"))

    page.goto(link)

    expect(page.get_by_role("button", name=re.compile("Ich nehme (gern )?teil"))).to_be_visible()
