"""Contributors hand in a portrait and slides, and take them back.

What a picture is taken for is painted anew before anything is kept; the event's row is locked only
while rows are written.
"""

from io import BytesIO

from eventapp.accounts.audit import Actor
from eventapp.events.actions import touch_event
from eventapp.foundation import clock, uploads
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.incoming import FileRefused
from eventapp.foundation.message import message
from eventapp.foundation.pictures import Painted, paint
from eventapp.foundation.text import clean
from eventapp.foundation.tokens import new_public_id
from eventapp.foundation.uploads import Incoming, Quota, received
from eventapp.programme.models import Contributor
from eventapp.speakers import queries
from eventapp.speakers.actions.common import note
from eventapp.speakers.errors import NotAnyMore
from eventapp.speakers.models import Portrait, Slides
from eventapp.speakers.permissions import may_hand_in
from eventapp.speakers.presentations import presentation_kind
from eventapp.speakers.requests import PortraitRequest, SlidesRequest
from eventapp.speakers.states import SIDES, Publication, Size

MEGABYTE = 1024 * 1024
LARGEST_PICTURE = 20 * MEGABYTE
LARGEST_SLIDES = 50 * MEGABYTE
QUOTA = Quota(
    scope_bytes=4096 * MEGABYTE, owner_bytes=200 * MEGABYTE, owner_files=12
)  # of 100 people, each with a full presentation
LONGEST_NAME = 120


def hand_in_portrait(person: Contributor, request: PortraitRequest, *, by: Actor) -> None:
    """Keep the picture with who took it, in place of an earlier one.

    Only for who has said that it may be published: the form insists on it. Raises FileRefused for
    what is no picture, and where there is none yet and none was sent.
    """
    if request.picture is None:
        _describe(person, request, by=by)
        return
    with received(request.picture, limit=LARGEST_PICTURE) as original:
        small, large = paint(original.path, tuple(SIDES[size] for size in Size))
    with (
        received(BytesIO(small.content), limit=LARGEST_PICTURE) as first,
        received(BytesIO(large.content), limit=LARGEST_PICTURE) as second,
        transaction(),
    ):
        _lock(person)
        before = queries.portrait_of(person)
        if before is not None:
            _drop_portrait(before)
        kept = [
            _kept(person, one, request.filename, media_type="image/jpeg") for one in (first, second)
        ]
        db.session.add(_painted(person, request, small, large, kept))
        db.session.flush()
        _note_shown(by, "speaker.portrait", person)


def _note_shown(by: Actor, step: str, person: Contributor) -> None:
    """In the history; and the pages that show the picture are new."""
    touch_event(person.event)
    note(by, step, person)


def _painted(
    person: Contributor,
    request: PortraitRequest,
    small: Painted,
    large: Painted,
    kept: list[uploads.StoredFile],
) -> Portrait:
    return Portrait(
        contributor_id=person.id,
        public_id=new_public_id(),
        small=kept[0],
        large=kept[1],
        photographer=request.photographer,
        alt=request.alt,
        rights_at=clock.now(),
        **_measures(small, large),
    )


def _measures(small: Painted, large: Painted) -> dict[str, int]:
    return {
        "small_width": small.width,
        "small_height": small.height,
        "large_width": large.width,
        "large_height": large.height,
    }


def _describe(person: Contributor, request: PortraitRequest, *, by: Actor) -> None:
    with transaction():
        _lock(person)
        row = queries.portrait_of(person)
        if row is None:
            raise FileRefused("file", message("Please choose a picture."))
        row.photographer, row.alt = request.photographer, request.alt
        row.rights_at = clock.now()
        _note_shown(by, "speaker.portrait", person)


def remove_portrait(person: Contributor, *, by: Actor) -> None:
    """Take the picture back; it is nowhere any more from now on."""
    with transaction():
        lock(person.event)
        row = queries.portrait_of(person)
        if row is not None:
            _drop_portrait(row)
            _note_shown(by, "speaker.portrait_removed", person)


def _drop_portrait(row: Portrait) -> None:
    files = (row.small, row.large)
    db.session.delete(row)
    db.session.flush()
    for file in files:
        uploads.remove(file)
    db.session.flush()


def hand_in_slides(person: Contributor, request: SlidesRequest, *, by: Actor) -> Slides:
    """Keep a presentation as it is, under a name of our own."""
    with received(request.file, limit=LARGEST_SLIDES) as incoming:
        kind = presentation_kind(incoming.path, incoming.head)
        with transaction():
            _lock(person)
            file = _kept(person, incoming, request.filename, media_type=kind.media_type)
            row = Slides(contributor_id=person.id, file=file, publish=request.publish)
            db.session.add(row)
            db.session.flush()
            note(by, "speaker.slides", person)
            return row


def set_slides_publication(slides: Slides, wanted: Publication, *, by: Actor) -> None:
    """Say whether they may be published after the event."""
    with transaction():
        lock(slides.contributor.event)
        lock(slides)
        slides.publish = wanted is Publication.ALLOWED
        note(by, "speaker.slides_release", slides.contributor, after={"state": wanted.value})


def remove_slides(slides: Slides, *, by: Actor) -> None:
    """Take a presentation back."""
    person = slides.contributor
    with transaction():
        lock(person.event)
        lock(slides)
        _drop_slides(slides)
        note(by, "speaker.slides_removed", person)


def _drop_slides(row: Slides) -> None:
    file = row.file
    db.session.delete(row)
    db.session.flush()
    uploads.remove(file)
    db.session.flush()


def forget_files(person: Contributor) -> None:
    """All files of somebody who is deleted; in the transaction of that."""
    portrait = queries.portrait_of(person)
    if portrait is not None:
        _drop_portrait(portrait)
    for slides in queries.slides_of(person):
        _drop_slides(slides)


def _lock(person: Contributor) -> None:
    lock(person.event)
    lock(person)
    if not may_hand_in(person.event):
        raise NotAnyMore


def _kept(
    person: Contributor, incoming: Incoming, filename: str, *, media_type: str
) -> uploads.StoredFile:
    return incoming.keep(
        scope=person.event.scope,
        owner=person.mails_about,
        filename=shown_name(filename),
        media_type=media_type,
        quota=QUOTA,
    )


def shown_name(filename: str) -> str:
    """What somebody called their file: one clean line without folders, only ever shown."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return clean(last)[:LONGEST_NAME] or "—"
