"""Calendar programs of others read what we write: khal and calcurse, as people run them."""

import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from factories import make_event, make_session

BERLIN = ZoneInfo("Europe/Berlin")
KHAL = """
[calendars]
[[fachimpuls]]
path = {folder}/calendar
[locale]
timeformat = %H:%M
dateformat = %d.%m.%Y
longdateformat = %d.%m.%Y
datetimeformat = %d.%m.%Y %H:%M
longdatetimeformat = %d.%m.%Y %H:%M
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
[sqlite]
path = {folder}/khal.db
"""


def run(*command: str, folder: Path) -> str:
    """What a program prints; it must end well."""
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            "HOME": str(folder),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TZ": "Europe/Berlin",
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def feed(app, client, tmp_path) -> Path:
    """The calendar of an event on both sides of a change to winter time, with umlauts."""
    evening = datetime(2027, 10, 30, 18, 0, tzinfo=BERLIN)
    event = make_event(starts_at=evening, ends_at=evening + timedelta(days=1))
    for hour, title in ((0, "Größe und Übel; mit Semikolon, Komma"), (16, "Nach der Umstellung")):
        starts_at = (evening + timedelta(hours=hour)).astimezone(ZoneInfo("UTC"))
        make_session(
            event, title_de=title, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45)
        )
    file = tmp_path / "feed.ics"
    file.write_bytes(client.get(f"/e/{event.slug}/calendar.ics?lang=de").data)
    return file


def test_khal_shows_both_sessions_at_their_wall_clock_time(feed: Path, tmp_path: Path):
    (tmp_path / "calendar").mkdir()
    settings = tmp_path / "khal.conf"
    settings.write_text(KHAL.format(folder=tmp_path), encoding="utf-8")

    run(
        "khal",
        "-c",
        str(settings),
        "import",
        "--batch",
        "-a",
        "fachimpuls",
        str(feed),
        folder=tmp_path,
    )
    shown = run(
        "khal",
        "-c",
        str(settings),
        "list",
        "--format",
        "{start-time} {title}",
        "30.10.2027",
        "2d",
        folder=tmp_path,
    )

    assert "18:00 Größe und Übel; mit Semikolon, Komma" in shown
    assert "10:00 Nach der Umstellung" in shown


def test_calcurse_takes_the_feed_over(feed: Path, tmp_path: Path):
    folder = tmp_path / "calcurse"
    folder.mkdir()

    run("calcurse", "-D", str(folder), "-i", str(feed), folder=tmp_path)
    shown = run(
        "calcurse",
        "-D",
        str(folder),
        "-Q",
        "--from",
        "10/30/2027",
        "--to",
        "10/31/2027",
        folder=tmp_path,
    )

    assert "Größe und Übel" in shown
    assert "Nach der Umstellung" in shown
