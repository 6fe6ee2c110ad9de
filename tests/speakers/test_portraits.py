"""Portraits: painted anew, published only with rights and while the person is named."""

from io import BytesIO

from factories import make_contribution, make_contributor, make_event, make_session
from PIL import Image
from speakers.support import JPEG, asked, hand_in_picture, link, picture

from eventapp.events.states import EventState
from eventapp.foundation.database import db
from eventapp.foundation.uploads import StoredFile, folder
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
    answer = client.get(shown.url)
    assert (answer.status_code, answer.mimetype) == (200, JPEG)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
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
