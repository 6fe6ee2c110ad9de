"""Reading and checking what organisers enter about sessions, slots and contributors."""

from eventapp.programme.forms.base import EntryForm
from eventapp.programme.forms.differences import differences
from eventapp.programme.forms.file import FileOrTextForm, FirstDayForm, ProgrammeFileForm
from eventapp.programme.forms.hint import HintForm
from eventapp.programme.forms.parts import PartRow, PartsField
from eventapp.programme.forms.people import ContributorForm, StateForm
from eventapp.programme.forms.placed import Begun, PlacedForm, number_of, shown_place
from eventapp.programme.forms.rounds import RoundsForm
from eventapp.programme.forms.session import SessionForm
from eventapp.programme.forms.slot import SlotForm

__all__ = [
    "Begun",
    "ContributorForm",
    "EntryForm",
    "FileOrTextForm",
    "FirstDayForm",
    "HintForm",
    "PartRow",
    "PartsField",
    "PlacedForm",
    "ProgrammeFileForm",
    "RoundsForm",
    "SessionForm",
    "SlotForm",
    "StateForm",
    "differences",
    "number_of",
    "shown_place",
]
