"""Slides: kept as they are, told by what is in them, never opened in anybody's page."""

import errno
import os
import struct
import time
import tracemalloc
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from factories import make_account, make_host
from speakers.support import PDF, asked, file, link, odp, pptx

from eventapp.accounts.states import Role
from eventapp.foundation import clock, uploads
from eventapp.foundation.database import db
from eventapp.foundation.incoming import FileRefused, IncomingFile
from eventapp.foundation.uploads import StoredFile, folder, sweep
from eventapp.programme.states import ContributorState
from eventapp.speakers.actions import files
from eventapp.speakers.models import Slides
from eventapp.speakers.presentations import presentation_kind


def hand_in(client, part, content=PDF, name="Impuls.pdf", **more):
    return client.post(f"{link(part)}/slides", data=file(content, name, **more))


def on_disk():
    return sorted(path for path in folder().rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("content", "ending"), [(PDF, "pdf"), (pptx(), "pptx"), (odp(), "odp")], ids=str
)
def test_three_kinds_are_kept_whatever_they_are_called(app, client, content, ending):
    part = asked(last_name="Möhn", first_name="Ute")

    assert hand_in(client, part, content, "x.html", publish="y").status_code == 303
    [row] = db.session.query(Slides).all()
    answer = client.get(f"{link(part)}/slides/{row.id}/file", buffered=True)

    assert (answer.data, row.publish) == (content, True)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=moehn-ute-1.{ending}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"PK\x03\x04broken", pptx(b"macroEnabled presentationml"), b"MZ" * 50],
)
def test_t35_anything_else_is_refused(app, client, content):
    """T-35: told by its content, not by its name or what the browser says."""
    part = asked()

    assert hand_in(client, part, content).status_code == 422
    assert (db.session.query(StoredFile).count(), on_disk()) == (0, [])


def packed(name, content, **how):
    """A package with one part."""
    out = BytesIO()
    with ZipFile(out, "w", **how) as package:
        package.writestr(name, content)
    return out.getvalue()


def long_list(lines):
    """A package of nothing but a list, which says that it is as long as this."""
    row = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, *[0] * 8, 1, *[0] * 6) + b"a"
    ending = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, lines * len(row), 30, 0)
    return b"PK\3\4" + bytes(26) + row * lines + ending


@pytest.mark.parametrize(
    "content",
    [
        packed("[Content_Types].xml", "x" * 400, compression=ZIP_DEFLATED)[:-2].replace(
            b"\x4b\x4c", b"\xff\xff"
        ),
        packed("mimetype", odp(), compression=ZIP_DEFLATED).replace(b"mimetype", b"mimetypf", 1),
        packed("mimetype", "application/vnd.oasis.opendocument.presentation", compression=ZIP_LZMA),
        pptx()[:60],
        b"PK\3\4" + pptx()[30:] + b"PK\5\6" + bytes(17) + b"\xff",
    ],
)
def test_t35_packages_that_are_damaged_or_packed_oddly_are_refused(app, client, content):
    """T-35: whatever the library says of them, the answer is a sentence; nothing stays."""
    assert hand_in(client, asked(), content).status_code == 422
    assert on_disk() == []


def test_t35_every_broken_byte_of_a_package_is_an_answer_and_no_accident(app, client, tmp_path):
    """T-35: no fault in a file reaches the page as an error of ours."""
    whole, path = packed("[Content_Types].xml", "<Types>" * 50, compression=ZIP_DEFLATED), tmp_path
    for place in range(len(whole)):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        (path / "x").write_bytes(broken)
        with suppress(FileRefused):
            presentation_kind(path / "x", broken)


def test_t36_a_package_with_a_million_parts_is_refused_in_little_memory(app, tmp_path):
    """T-36, T-39: its list alone would be kept as half a gigabyte of objects."""
    path, content = tmp_path / "x", long_list(400_000)
    path.write_bytes(content)
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused):
            presentation_kind(path, content[:4096])
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("visitor", ["stranger", "outsider", "viewer", "frontdesk"])
@pytest.mark.parametrize("what", ["slides", "portrait"])
def test_t39_who_does_not_organise_sends_organisers_no_large_file(
    app, client, sign_in, visitor, what
):
    """T-39: who may is asked before a byte of the body is read, also on organisers' pages."""
    part = asked()
    event, host = part.session.event, part.session.event.host
    if visitor == "outsider":
        sign_in(client, make_account(make_host(), Role.ADMINISTRATOR))
    elif visitor != "stranger":
        sign_in(client, make_account(host, Role(visitor)))
    large = b"%PDF-" + bytes(9 * 1024 * 1024)
    address = f"/organise/{event.slug}/speakers/{part.contributor_id}/{what}"

    refused = client.post(address, data={f"{what}-file": (BytesIO(large), "x.pdf")})

    assert refused.status_code == 413
    assert on_disk() == []


def test_organisers_send_a_large_file_for_somebody(app, client, sign_in):
    part = asked()
    event = part.session.event
    sign_in(client, make_account(event.host))
    large = b"%PDF-" + bytes(9 * 1024 * 1024)
    address = f"/organise/{event.slug}/speakers/{part.contributor_id}/slides"

    assert client.post(address, data={"slides-file": (BytesIO(large), "x")}).status_code == 303


def test_who_contributes_decides_about_publication_and_takes_slides_back(app, client):
    part = asked()
    hand_in(client, part)
    [row] = db.session.query(Slides).all()
    address = f"{link(part)}/slides/{row.id}"

    client.post(f"{address}/release", data={f"slides-{row.id}-publish": "y"})
    assert row.publish
    client.post(f"{address}/release", data={"unticked": ""})
    assert not row.publish
    client.post(f"{address}/remove")

    assert (db.session.query(Slides).count(), on_disk()) == (0, [])


def test_t01_slides_of_others_are_absent(app, client):
    """T-01."""
    mine, other = asked(), asked()
    hand_in(client, other)
    [row] = db.session.query(Slides).all()

    assert client.get(f"{link(mine)}/slides/{row.id}/file").status_code == 404
    assert client.post(f"{link(mine)}/slides/{row.id}/remove").status_code == 404


def test_organisers_take_all_slides_along_under_names_of_ours(app, client, sign_in):
    part = asked(state=ContributorState.AGREED, last_name="Öhm", first_name="Ida")
    event = part.session.event
    hand_in(client, part, PDF, "../../x.pdf")
    hand_in(client, part, pptx(), "y")
    sign_in(client, make_account(event.host))

    answer = client.get(f"/organise/{event.slug}/speakers/slides.zip", buffered=True)

    with ZipFile(BytesIO(answer.data)) as package:
        assert package.namelist() == ["oehm-ida-1.pdf", "oehm-ida-2.pptx"]
        assert package.read("oehm-ida-1.pdf") == PDF


def test_t39_each_person_has_so_much_room(app, client, monkeypatch):
    """T-39: files and bytes of one person, and of the event."""
    part = asked()
    monkeypatch.setattr(
        files, "QUOTA", uploads.Quota(scope_bytes=10**6, owner_bytes=10**6, owner_files=2)
    )

    assert [hand_in(client, part).status_code for _ in range(3)] == [303, 303, 422]
    assert (db.session.query(StoredFile).count(), len(on_disk())) == (2, 2)


def test_t39_an_event_has_so_much_room(app, client, monkeypatch):
    """T-39."""
    event = asked().session.event
    monkeypatch.setattr(
        files, "QUOTA", uploads.Quota(scope_bytes=len(PDF), owner_bytes=10**6, owner_files=9)
    )

    assert [hand_in(client, asked(event)).status_code for _ in range(2)] == [303, 422]


def test_t39_a_stranger_sends_no_large_file(app, client):
    """T-39: the link is looked at before a byte of the body is."""
    large = b"%PDF-" + b"0" * (9 * 1024 * 1024)

    assert client.post("/s/wrong.link/slides", data=file(large, "x.pdf")).status_code == 413
    assert hand_in(client, asked(), large).status_code == 303


def test_t39_more_than_fifty_megabytes_are_refused(app, client):
    """T-39: by what the request says of itself, and else by what is read."""
    part = asked()
    huge = b"%PDF-" + b"0" * (50 * 1024 * 1024)

    assert hand_in(client, part, huge).status_code == 422
    assert (
        client.post(f"{link(part)}/slides", data=file(huge + b"0" * 1024 * 1024, "x")).status_code
        == 413
    )
    assert on_disk() == []


@pytest.mark.parametrize("where", ["fsync", "write"])
def test_t39_a_full_disk_is_said_and_nothing_typed_is_lost(app, client, monkeypatch, where):
    """T-39: no row, no file, and the words still stand in the form."""
    part = asked()

    def full(*_anything):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(uploads.os, "fsync", full) if where == "fsync" else monkeypatch.setattr(
        IncomingFile, "write", lambda self, some: self._fail(OSError(errno.ENOSPC, "")) or len(some)
    )
    answer = hand_in(client, part, publish="y")

    assert answer.status_code == 422
    assert "kein Platz mehr" in answer.text
    assert "checked" in answer.text
    assert (db.session.query(StoredFile).count(), on_disk()) == (0, [])


def test_a_really_full_device_is_noticed(tmp_path):
    """T-39: /dev/full takes no byte."""
    from pathlib import Path

    kept = IncomingFile(tmp_path)
    kept._file.close()
    with Path("/dev/full").open("wb+", buffering=0) as device:
        kept._file = device
        assert kept.write(b"x" * 10_000) == 10_000
        with pytest.raises(uploads.NoSpace):
            kept.read()


def test_t39_what_a_crash_left_behind_is_swept_away(app, client):
    """T-39: files without a row, rows that nobody refers to; nothing that is in use."""
    part = asked()
    hand_in(client, part)
    hand_in(client, asked(part.session.event))
    orphan = folder() / "ab" / ("ab" + "0" * 30)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    old = time.time() - 2 * 3600
    os.utime(orphan, (old, old))
    unused = db.session.query(Slides).first()
    db.session.delete(unused)
    db.session.commit()

    assert sweep() == 1  # the row is young still: its request may not be over
    with clock.held(clock.now() + timedelta(hours=2)):
        assert sweep() == 1

    assert len(on_disk()) == db.session.query(StoredFile).count() == 1
