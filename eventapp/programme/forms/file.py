"""A programme file to be looked at, and the day to which its programme is moved."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import TextAreaField

from eventapp.events.forms.fields import DayField
from eventapp.foundation.forms import BaseForm
from eventapp.foundation.text import clean


class FileOrTextForm(BaseForm):
    """A file, or its text. Which files there may be is for the form that is made of it to say."""

    file = FileField(_l("File"))
    text = TextAreaField(
        _l("Or the text of a file"),
        description=_l("For example rows copied from a spreadsheet, with the row of headings."),
        render_kw={"rows": 6},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Also: one of the two is given."""
        if not super().validate(extra_validators):
            return False
        if not self.file.data and not (self.text.data or "").strip():
            self.file.errors = [_("Please choose a file or paste its text.")]
            return False
        return True

    def upload(self) -> tuple[str, bytes]:
        """(name of the file, its content)."""
        file: FileStorage | None = self.file.data
        if file:
            return clean(file.filename or "") or _("Programme"), file.read()
        return _("Pasted text"), str(self.text.data).encode()


class ProgrammeFileForm(FileOrTextForm):
    """A file with a programme, or its text."""

    file = FileField(
        _l("File"),
        description=_l("schedule.xml, schedule.json, an Excel workbook (XLSX) or CSV, up to 5 MB."),
        render_kw={"accept": ".xml,.json,.xlsx,.xlsm,.csv,.tsv,.txt"},
    )


class FirstDayForm(BaseForm):
    """When the programme of a file is to begin; empty for the day that the file says."""

    first_day = DayField(_l("First day of the programme"), required=False)
