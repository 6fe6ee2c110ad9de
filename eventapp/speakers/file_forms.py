"""Reading the files that contributors hand in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField

from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm, Filled, TextField
from eventapp.foundation.message import message
from eventapp.speakers.models import Portrait
from eventapp.speakers.requests import PortraitRequest, SlidesRequest

PICTURES = "image/jpeg,image/png,image/webp,image/gif"
PRESENTATIONS = ".pdf,.pptx,.odp"


class PortraitForm(BaseForm):
    """A picture with who took it; without the tick nothing is kept."""

    file = FileField(
        _l("Picture"),
        description=_l("JPEG, PNG or WebP, at most 20 MB. Date, place and camera are taken out."),
        render_kw={"accept": PICTURES},
    )
    photographer = TextField(_l("Who took the picture?"), limit=120)
    alt = TextField(
        _l("What can be seen?"),
        required=False,
        description=_l("For people who cannot see it. Left empty, it says “Portrait of …”."),
    )
    rights = BooleanField(
        _l("The picture may be published"),
        description=_l(
            "I may pass this picture on, and it may be shown with my name on the pages and in the"
            " papers of the event. I can take it back here at any time."
        ),
        validators=[Filled()],
    )

    def __init__(self, portrait: Portrait | None, **more: Any) -> None:
        """Show the words that are stored; the tick is asked for anew."""
        data = {"photographer": portrait.photographer, "alt": portrait.alt} if portrait else None
        super().__init__(data=data, **more)

    def request(self) -> PortraitRequest:
        """What was handed in; only after `validate`."""
        sent = self.file.data
        chosen = bool(sent is not None and getattr(sent, "filename", ""))
        return PortraitRequest(
            picture=sent.stream if chosen else None,
            filename=sent.filename if chosen else "",
            photographer=self.keep("photographer"),
            alt=self.keep("alt"),
        )


class SlidesForm(BaseForm):
    """A presentation, and whether it may be published."""

    file = FileField(
        _l("File"),
        description=_l("PDF, PowerPoint (.pptx) or LibreOffice (.odp), at most 50 MB."),
        render_kw={"accept": PRESENTATIONS},
    )
    publish = BooleanField(_l("May be published after the event"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a file was chosen."""
        fine = bool(super().validate(extra_validators))
        if not getattr(self.file.data, "filename", ""):
            self.refuse(Invalid("file", message("Please choose a file.")))
            return False
        return fine

    def request(self) -> SlidesRequest:
        """What was handed in; only after `validate`."""
        sent = self.file.data
        return SlidesRequest(
            file=sent.stream, filename=sent.filename, publish=bool(self.keep("publish"))
        )


class SlidesReleaseForm(BaseForm):
    """The switch of slides that were handed in before."""

    publish = BooleanField(_l("May be published after the event"))
