"""The section of an event's settings that says what it is and for how many."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from eventapp.events.actions import BasicsChange
from eventapp.events.forms.fields import NumberField, SeenForm
from eventapp.events.forms.series import NEW, new_series_name, number_of, series_choices
from eventapp.events.models import Event, Series
from eventapp.events.states import Promotion, RegistrationMode
from eventapp.events.words import mode_label, promotion_label
from eventapp.foundation.forms import ChoiceField, TextField
from eventapp.foundation.text import slugify


class BasicsForm(SeenForm):
    """Titles, series, address and places."""

    title_de = TextField(_l("Title in German"))
    title_en = TextField(_l("Title in English"), required=False)
    subtitle_de = TextField(_l("Subtitle in German"), required=False)
    subtitle_en = TextField(_l("Subtitle in English"), required=False)
    series = SelectField(_l("Series"))
    new_series = TextField(_l("Name of the new series"), required=False)
    edition = NumberField(_l("Edition"), required=False, least=1, most=999)
    slug = TextField(_l("Address of the page"), limit=60)
    capacity = NumberField(_l("Places"), least=1)
    shrink = BooleanField(_l("Lower it nonetheless, nobody is thrown out"))
    waiting_list = BooleanField(_l("When all places are taken, keep a waiting list"))
    registration_mode = ChoiceField(_l("Who may register"), RegistrationMode, mode_label)
    promotion = ChoiceField(_l("When a place becomes free"), Promotion, promotion_label)
    reserved_places = NumberField(
        _l("Places kept for invited people"),
        required=False,
        description=_l("Part of the places. Only guests of waves that are marked for it get them."),
    )
    companions_allowed = NumberField(
        _l("Companions a guest may bring"),
        most=2,
        description=_l("Applies to new invitations; each companion takes a place."),
    )

    def __init__(self, event: Event, series: Sequence[Series], **more: Any) -> None:
        """Show the event as it is; offer the host's series."""
        columns = (
            "title_de",
            "title_en",
            "subtitle_de",
            "subtitle_en",
            "edition",
            "slug",
            "waiting_list",
            "registration_mode",
            "promotion",
            "reserved_places",
            "companions_allowed",
        )
        present = {name: getattr(event, name) for name in columns}
        super().__init__(
            data=present
            | {"series": str(event.series_id or ""), "capacity": event.target_capacity},
            **more,
        )
        self.series.choices = series_choices(series)
        self.event = event

    @property
    def shrinks(self) -> bool:
        """Whether fewer places are asked for than are promised, so that it takes a second yes."""
        return self.keep("capacity") < self.event.places_taken if self.capacity.data else False

    def _agreed_to_shrink(self) -> bool:
        if not self.shrinks or self.shrink.data or self.capacity.data == self.event.shrinks_to:
            return True
        taken = self.event.places_taken
        warning = _(
            "%(taken)s places are promised or offered. Nobody loses theirs; until %(more)s are "
            "given back, nobody moves up from the waiting list.",
            taken=taken,
            more=taken - self.keep("capacity"),
        )
        self.capacity.errors = [warning]
        return False

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: the address is one, a new series has a name, and fewer places were meant."""
        fine = bool(super().validate(extra_validators))
        if self.slug.data and self.slug.data != slugify(self.slug.data):
            self.slug.errors = [_("Please use small letters, digits and hyphens only.")]
            fine = False
        if self.series.data == NEW and not self.new_series.data:
            self.new_series.errors = [_("Please say what the series is called.")]
            fine = False
        return self._agreed_to_shrink() and fine

    def change(self) -> BasicsChange:
        """What the organiser wants the section to say."""
        return BasicsChange(
            title_de=self.keep("title_de"),
            title_en=self.keep("title_en"),
            subtitle_de=self.keep("subtitle_de"),
            subtitle_en=self.keep("subtitle_en"),
            series_id=number_of(self.series.data),
            edition=self.edition.data,
            slug=self.keep("slug"),
            target_capacity=self.keep("capacity"),
            waiting_list=self.keep("waiting_list"),
            registration_mode=self.registration_mode.member(),
            promotion=self.promotion.member(),
            reserved_places=self.reserved_places.data or 0,
            companions_allowed=self.keep("companions_allowed"),
        )

    def series_to_found(self) -> str:
        """The name of a series that does not exist yet, or ""."""
        return new_series_name(self)
