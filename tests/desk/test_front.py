"""How the public page sets titles, names and directions."""

import pytest
from factories import make_event, make_series

from eventapp.desk.front import head_and_rest, heading_of, name_and_form, rings_of
from eventapp.foundation.i18n import use_locale
from eventapp.programme.public import PublicProgramme


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Leuchtenwerk Brünninghoff GmbH & Co. KG", ("Leuchtenwerk Brünninghoff", "GmbH & Co. KG")),
        ("Strukturagentur Südwestfalen (Demo)", ("Strukturagentur Südwestfalen", "(Demo)")),
        ("Heimatverein e. V.", ("Heimatverein", "e. V.")),
        ("Offenpost AG", ("Offenpost", "AG")),
        ("Stadt Arnsberg", ("Stadt Arnsberg", "")),
        ("AG Kultur", ("AG Kultur", "")),
    ],
)
def test_a_legal_form_steps_back_behind_the_name(name, parts):
    assert name_and_form(name) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "P2 (120 Plätze, 4 barrierefrei), Einfahrt Tor 3",
            ("P2 (120 Plätze, 4 barrierefrei)", "Einfahrt Tor 3"),
        ),
        ("Bahnhof, 9 Min. Fußweg", ("Bahnhof", "9 Min. Fußweg")),
        ("Alle Räume stufenlos. höranlage im Saal", ("Alle Räume stufenlos", "Höranlage im Saal")),
        ("Parkhaus", ("Parkhaus", "")),
        ("x" * 71, ("", "x" * 71)),
    ],
)
def test_directions_are_cut_after_what_matters(text, parts):
    assert head_and_rest(text) == parts


def heading(**given):
    event = make_event(**given)
    event.series = make_series(event.host)
    event.edition = 4
    return heading_of(event)


def test_the_name_of_the_series_stands_above_the_title(app):
    with use_locale("de"):
        found = heading(title_de="Fachimpuls „Licht“", subtitle_de="Was brauchen wir?")

    assert (found.above, found.title, found.below) == (
        "Fachimpuls, 4. Ausgabe",
        "„Licht“",
        "Was brauchen wir?",
    )
    assert found.hangs


def test_a_title_that_is_only_the_series_name_stays(app):
    with use_locale("de"):
        found = heading(title_de="Fachimpuls")

    assert found.title == "Fachimpuls"


def test_the_other_language_stands_in_for_a_missing_title(app):
    with use_locale("en"):
        found = heading(title_de="Fachimpuls „Licht“", title_en="")

    assert found.title == "„Licht“"


def test_without_programme_the_rings_show_how_full_the_event_is():
    assert rings_of(PublicProgramme(entries=()), taken=0.5)[0] == 0.5
