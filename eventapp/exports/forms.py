"""Reading what somebody wants to take along of a list, and what for."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import ValidationError

from eventapp.exports.states import FileFormat
from eventapp.exports.words import format_label, purpose_label
from eventapp.foundation.forms import BaseForm, Filled, TextField
from eventapp.foundation.listing import AnyListing, Choice, Field, Purpose

NAME_LENGTH = 60


class TakeForm(BaseForm):
    """As what file, in which order, and what for; the columns are read beside it."""

    format = RadioField(
        _l("File"),
        choices=[SelectChoice(one.value, format_label(one)) for one in FileFormat],
        default=FileFormat.XLSX.value,
    )
    order = SelectField(_l("Order of the rows"))
    purpose = SelectField(
        _l("What is the list for?"),
        choices=[
            SelectChoice("", _l("Please choose")),
            *(SelectChoice(one.value, purpose_label(one)) for one in Purpose),
        ],
        validators=[Filled()],
        description=_l("Kept with your name and the time, so that you can answer for it."),
    )
    note = TextField(_l("More about it"), required=False, render_kw={"autocomplete": "off"})

    def prepare(self, listing: AnyListing, asked: MultiDict[str, str]) -> None:
        """What this list offers, and what it begins with."""
        self.order.choices = [SelectChoice(key, words) for key, words in listing.orders.items()]
        if not listing.orders:
            self.order.choices = [SelectChoice("", "")]
        if not self.is_submitted():
            self.purpose.data = listing.purpose.value if listing.purpose else ""
            order = asked.get("order", "")
            self.order.data = order if order in listing.orders else ""

    def validate_note(self, field: TextField) -> None:
        """Who wants something else says what."""
        if self.purpose.data == Purpose.OTHER and not field.data:
            raise ValidationError(_("Please say in a few words what it is for."))


class KeepForm(BaseForm):
    """A name for the chosen columns."""

    name = TextField(
        _l("Name for these columns"), limit=NAME_LENGTH, render_kw={"autocomplete": "off"}
    )


class RenameForm(BaseForm):
    """Another name for columns that were kept."""

    version = HiddenField()
    name = TextField(_l("Name"), limit=NAME_LENGTH, render_kw={"autocomplete": "off"})

    def seen_version(self) -> int:
        """Which version the person saw."""
        return version_in(self.version.data)


def version_in(text: str | None) -> int:
    """The version that a form carries; one that never was, where it carries none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


class ColumnsChosen:
    """The columns of a list as the page shows them: all that are allowed, in order, some ticked.

    `moved` names a column and the direction in which somebody wants it.
    """

    def __init__(
        self, allowed: Sequence[Field[object]], ticked: Sequence[str], order: Sequence[str] = ()
    ) -> None:
        """`order` first, then what it leaves out; what is not allowed is passed over."""
        by_key = {one.key: one for one in allowed}
        keys = [key for key in dict.fromkeys([*order, *ticked, *by_key]) if key in by_key]
        self.fields = [by_key[key] for key in keys]
        self.ticked = [key for key in keys if key in set(ticked)]

    @classmethod
    def posted(cls, allowed: Sequence[Field[object]], form: MultiDict[str, str]) -> "ColumnsChosen":
        """As a form sent them, a step up or down included."""
        order = form.getlist("order_of")[:200]
        step = form.get("move", "")
        direction, _sep, key = step.partition(":")
        if key in order:
            at = order.index(key)
            to = at - 1 if direction == "up" else at + 1
            if 0 <= to < len(order):
                order[at], order[to] = order[to], order[at]
        return cls(allowed, form.getlist("column")[:200], order)

    def choice(self, order: str) -> Choice:
        """What is to be taken."""
        return Choice(tuple(self.ticked), order)
