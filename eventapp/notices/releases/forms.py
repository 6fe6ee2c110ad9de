"""Reading whom to tell of a release, in which words, and what the person has seen of it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from eventapp.foundation.forms import BaseForm, LongTextField
from eventapp.foundation.http import row_number
from eventapp.notices.releases.actions import ReleaseRequest
from eventapp.notices.states import Told
from eventapp.programme.change_words import ReleaseNote

NOTE_LENGTH = 1_000


class ReleaseForm(BaseForm):
    """The page's marks of what it shows come back with the decision."""

    seen = HiddenField()
    contributors = BooleanField(_l("The contributors whom it concerns"))
    guests = BooleanField(_l("All guests with a place"))
    note_de = LongTextField(_l("A word of yours, German"), limit=NOTE_LENGTH)
    note_en = LongTextField(_l("A word of yours, English"), limit=NOTE_LENGTH)

    def show(self, marks: dict[int, str]) -> None:
        """Let the form carry what the page shows now."""
        self.seen.data = " ".join(f"{number}-{mark}" for number, mark in sorted(marks.items()))

    def seen_marks(self) -> dict[int, str]:
        """What the page showed; nothing sensible is nothing seen."""
        pairs = [one.partition("-") for one in str(self.keep("seen") or "").split()]
        try:
            return {row_number(number): mark for number, _sep, mark in pairs}
        except ValueError:
            return {}

    def request(self) -> ReleaseRequest:
        """What was decided."""
        wanted: dict[Told, Any] = {
            Told.CONTRIBUTORS: self.keep("contributors"),
            Told.GUESTS: self.keep("guests"),
        }
        return ReleaseRequest(
            told=frozenset(one for one, chosen in wanted.items() if chosen),
            note=ReleaseNote(self.keep("note_de"), self.keep("note_en")),
            seen=self.seen_marks(),
        )
