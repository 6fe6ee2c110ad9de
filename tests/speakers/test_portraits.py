"""Portraits: painted anew, published only with rights and while the person is named."""

import time
from io import BytesIO

import pytest
from factories import make_contribution, make_contributor, make_event, make_session
from PIL import Image
from speakers.support import JPEG, asked, hand_in_picture, link, picture, png_bomb

from eventapp.events.states import EventState
from eventapp.foundation.database import db
from eventapp.foundation.uploads import StoredFile, folder, path_of
from eventapp.programme.states import ContributorState, SessionState
from eventapp.speakers.models import Portrait
from eventapp.speakers.queries import portraits_of


def named(event=None):
    """Somebody whom everybody reads in the programme."""
    event = event or make_event(state=EventState.OPEN)
    session = make_session(event, state=SessionState.PUBLISHED)
    return make_contribution(session, make_contributor(event), state=ContributorState.AGREED)


def stored():
    return db.session.query(StoredFile).order_by(StoredFile.id).all()


def on_disk():
    return sorted(path for path in folder().rglob("*") if path.is_file())


def kept_picture(row):
    return Image.open(BytesIO(path_of(row).read_bytes()))


def test_a_portrait_is_kept_in_two_sizes_and_shown_to_everybody(app, client):
    part = named()
    event = part.session.event

    sent = hand_in_picture(client, part, picture(size=(2000, 3000)), alt="Mit Brille")

    assert sent.status_code == 303
    [shown] = portraits_of(event).values()
    assert (shown.width, shown.height, shown.large_width, shown.large_height) == (
        213,
        320,
        640,
        960,
    )
    assert (shown.alt, shown.credit) == ("Mit Brille", "Foto Flink")
    answer = client.get(shown.small_url)
    assert (answer.status_code, answer.mimetype) == (200, JPEG)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = client.get(shown.small_url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert Image.open(BytesIO(answer.data)).size == (213, 320)
    assert len(stored()) == len(on_disk()) == 2


def test_nobody_sees_the_portrait_of_who_is_not_named_in_public(app, client):
    part = asked()
    event = part.session.event
    event.state = EventState.OPEN
    db.session.commit()
    hand_in_picture(client, part)
    row = db.session.query(Portrait).one()

    assert portraits_of(event) == {}
    address = f"/e/{event.slug}/portraits/{row.public_id}-small.jpg"
    assert client.get(address).status_code == 404
    assert client.get(f"{link(part)}/portrait.jpg").status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("svg.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("page.png", b"<!doctype html><script>alert(1)</script>"),
        ("script.gif", b"GIF89a/*" + b"0" * 20 + b"*/=1;alert(1)"),
        ("empty.jpg", b""),
        ("heic.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("half.jpg", picture(size=(900, 900))[:2000]),
        ("half.png", picture("PNG", size=(900, 900), colour="red")[:120]),
        ("bomb.png", png_bomb(30_000, 30_000)),
        ("wide.png", png_bomb(40_000, 200)),
        ("tiny.png", picture("PNG", size=(20, 20))),
    ],
)
def test_t35_t36_what_is_no_sound_picture_leaves_nothing_behind(app, client, name, content):
    """T-35, T-36: refused in words, with what was typed, before anything large is decoded."""
    part = named()

    answer = hand_in_picture(client, part, content, name, alt="Mit Hut")

    assert answer.status_code == 422
    assert "Mit Hut" in answer.text
    assert (stored(), on_disk()) == ([], [])


def test_t36_a_bomb_is_refused_in_little_memory(app, client):
    """T-36: thirty thousand by thirty thousand pixels in some kilobytes."""
    import tracemalloc

    bomb = png_bomb(30_000, 30_000)
    part = named()
    assert len(bomb) < 1_000_000
    hand_in_picture(client, part)  # whatever is imported and kept from now on

    tracemalloc.start()
    try:
        assert hand_in_picture(client, part, bomb).status_code == 422
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_t36_a_jpeg_that_asks_to_be_decoded_a_thousand_times_is_refused(app, client):
    """T-36: a scan of some bytes costs as much as the whole picture, and others wait."""
    whole = picture(size=(400, 400), mode="L", progressive=True)
    last = whole[whole.rfind(b"\xff\xc4") : -2]
    part = asked()

    started = time.monotonic()
    refused = hand_in_picture(client, part, whole[:-2] + last * 1000 + b"\xff\xd9")

    assert (refused.status_code, time.monotonic() - started < 1) == (422, True)
    assert hand_in_picture(client, part, whole[:-2] + last * 20 + b"\xff\xd9").status_code == 303


def test_t36_a_jpeg_of_a_million_empty_parts_is_refused(app, client):
    """T-36: the library keeps each of them."""
    whole = picture()
    filled = whole[:2] + b"\xff\xfe\0\2" * 1_000_000 + whole[2:]

    assert hand_in_picture(client, asked(), filled).status_code == 422


def test_what_follows_the_picture_in_its_file_is_not_looked_at(app, client):
    """Phones put a film behind it, in which any bytes may stand."""
    film = b"\xff\xda" * 5000

    assert hand_in_picture(client, asked(), picture() + film).status_code == 303


def test_t36_of_ten_thousand_frames_the_first_is_kept(app, client):
    """T-36."""
    frames = [Image.new("P", (200, 200), number % 2) for number in range(2)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:] * 9_999)
    part = named()

    assert hand_in_picture(client, part, out.getvalue(), "film.gif").status_code == 303
    kept = kept_picture(stored()[0])
    assert (kept.format, getattr(kept, "n_frames", 1)) == ("JPEG", 1)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("PNG", "I;16"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"),
     ("WEBP", "RGBA"), ("JPEG", "L"), ("PNG", "1")],
)  # fmt: skip
def test_t36_every_kind_of_colour_becomes_plain_colour(app, client, kind, mode):
    """T-36: CMYK, sixteen bits, palettes, what is transparent."""
    part = named()

    assert hand_in_picture(client, part, picture(kind, mode=mode)).status_code == 303
    assert {kept_picture(row).mode for row in stored()} == {"RGB"}


def test_t37_nothing_that_stood_in_the_file_is_kept_and_it_stands_upright(app, client):
    """T-37: place, camera, author, colour profile and comment are gone; it is turned."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by ninety degrees
    exif[0x010F] = "Kamera-Marke"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 23.0, 0.0)})
    content = picture(size=(600, 300), exif=exif, icc_profile=b"Profil" * 40, comment=b"Autor")
    content = (
        content[:2]
        + b"\xff\xe1\x00\x30http://ns.adobe.com/xap/1.0/\0<xmp>Wer</xmp>!!!"
        + content[2:]
    )
    part = named()

    hand_in_picture(client, part, content)

    for row in stored():
        kept = path_of(row).read_bytes()
        image = Image.open(BytesIO(kept))
        assert image.height > image.width
        assert dict(image.getexif()) == {}
        assert {"icc_profile", "exif", "xmp", "comment"} & set(image.info) == set()
        for word in (b"Kamera-Marke", b"Profil", b"Autor", b"<xmp>"):
            assert word not in kept


def test_t35_a_picture_that_is_a_script_as_well_is_painted_anew(app, client):
    """T-35: what hangs behind the picture is gone."""
    part = named()

    hand_in_picture(client, part, picture() + b"<script>alert(1)</script>", "bild.jpg.html")

    assert all(b"<script>" not in path_of(row).read_bytes() for row in stored())
    [shown] = portraits_of(part.session.event).values()
    answer = client.get(shown.small_url)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "x\0.jpg",
        "a" * 400,
        "\u202egpj.exe",
        "CON",
        ".htaccess",
        "x\r\nSet-Cookie: a=b",
    ],
)
def test_t38_no_name_of_anybody_becomes_a_path_or_a_header(app, client, name):
    """T-38: the server makes the names."""
    part = named()

    hand_in_picture(client, part, name=name)

    for path in on_disk():
        assert path.parent.parent == folder()
        assert len(path.name) == 32
        assert set(path.name) <= set("0123456789abcdef")
    for row in stored():
        assert len(row.filename) <= 120
        assert row.filename.isprintable()


def test_without_the_tick_and_the_photographer_nothing_is_kept(app, client):
    part = named()

    answer = client.post(
        f"{link(part)}/portrait",
        data={"file": (BytesIO(picture()), "a.jpg"), "photographer": "", "alt": "Mit Brille"},
    )

    assert answer.status_code == 422
    assert "Mit Brille" in answer.text
    assert stored() == []


def test_another_picture_takes_the_place_and_the_old_one_is_gone(app, client):
    part = named()
    hand_in_picture(client, part)
    [before] = portraits_of(part.session.event).values()

    hand_in_picture(client, part, picture(colour="red"))

    assert client.get(before.small_url).status_code == 404
    assert len(stored()) == len(on_disk()) == 2
    client.post(f"{link(part)}/portrait/remove")
    assert (portraits_of(part.session.event), stored(), on_disk()) == ({}, [], [])


def test_t01_a_portrait_is_found_under_its_own_event_alone(app, client):
    """T-01, T-02."""
    part = named()
    hand_in_picture(client, part)
    row = db.session.query(Portrait).one()
    other = make_event(state=EventState.OPEN)

    assert client.get(f"/e/{other.slug}/portraits/{row.public_id}-small.jpg").status_code == 404


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/x-small", "x-small"]
)
def test_t40_no_address_leads_out_of_the_folder(app, client, name):
    """T-40."""
    part = named()
    hand_in_picture(client, part)

    address = f"/e/{part.session.event.slug}/portraits/{name}.jpg"
    assert client.get(address).status_code in {404, 308}


def test_t40_a_nul_in_an_address_is_refused(app, client):
    """T-40."""
    event = named().session.event

    assert client.get(f"/e/{event.slug}/portraits/x%00-small.jpg").status_code in {400, 404}
