"""Reading which list an organiser wants."""

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectChoice, SelectField

from eventapp.contacts.states import Sector
from eventapp.contacts.words import sector_label
from eventapp.exports.actions import ExportRequest, FileFormat, format_label
from eventapp.exports.columns import ColumnSet, SortOrder, order_label, set_label
from eventapp.foundation.forms import LINE_LENGTH, BaseForm, ChoiceField, TextField
from eventapp.foundation.text import clean
from eventapp.registrations.guests import GuestFilter, GuestGroup, group_label


class ExportForm(BaseForm):
    """Which list, of whom, in which order, as what file."""

    columns = RadioField(
        _l("Which list"),
        choices=[SelectChoice(one.value, set_label(one)) for one in ColumnSet],
        default=ColumnSet.FULL.value,
    )
    group = ChoiceField(_l("Of whom"), GuestGroup, group_label, default=GuestGroup.CONFIRMED)
    sector = SelectField(
        _l("Sector"),
        choices=[
            SelectChoice("", _l("All sectors")),
            *(SelectChoice(one.value, sector_label(one)) for one in Sector),
        ],
        default="",
    )
    search = TextField(_l("Only those who match"), required=False)
    order = ChoiceField(_l("Order"), SortOrder, order_label, default=SortOrder.NAME)
    format = ChoiceField(_l("File"), FileFormat, format_label, default=FileFormat.XLSX)

    def start_with(self, shown: MultiDict[str, str]) -> None:
        """Begin with the filter of the list from which the person comes, as far as it is one."""
        if shown.get("group") in set(GuestGroup):
            self.group.data = shown["group"]
        if shown.get("sector") in set(Sector):
            self.sector.data = shown["sector"]
        self.search.data = clean(shown.get("q", "")[:LINE_LENGTH])

    def request(self) -> ExportRequest:
        """What was asked for."""
        sector = self.keep("sector")
        return ExportRequest(
            columns=ColumnSet(self.keep("columns")),
            format=self.format.member(),
            order=self.order.member(),
            guests=GuestFilter(
                group=self.group.member(),
                search=self.keep("search"),
                sector=Sector(sector) if sector else None,
            ),
        )
