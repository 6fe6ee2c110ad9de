"""What is asked before the next edition of an event is made."""

from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField

from eventapp.desk.edition_queries import Template
from eventapp.desk.edition_words import counted
from eventapp.events.actions import proposed_slug
from eventapp.events.editions import UNLESS_ASKED, NextEdition, Taken, proposed_day
from eventapp.events.forms.fields import DatedForm, DayField, NumberField, moment_of
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.forms import TextField
from eventapp.foundation.text import slugify
from eventapp.foundation.tokens import new_public_id

LONGEST_MARK = 60


class NextEditionForm(DatedForm):
    """When it is, what it is called, and what it takes over."""

    day = DayField(_l("Day"), description=_l("All times of the day stay as they are."))
    title_de = TextField(_l("Title in German"))
    title_en = TextField(_l("Title in English"), required=False)
    edition = NumberField(_l("Edition"), required=False, least=1, most=999)
    slug = TextField(_l("Address of the page"), limit=60)
    place = BooleanField(_l("Venue with its rooms"))
    partners = BooleanField(_l("Partners"))
    texts = BooleanField(_l("Texts and notices of the page"))
    settings = BooleanField(_l("Settings of registration and deadlines"))
    questions = BooleanField(_l("Questions of the form"))
    notices = BooleanField(_l("Reminders and practical information, as drafts"))
    programme = BooleanField(_l("Programme, as drafts"))
    people = BooleanField(
        _l("Contributors as well, pencilled in"),
    )
    once = HiddenField()

    def __init__(self, event: Event, template: Template, **more: Any) -> None:
        """Propose the same weekday a year later, the next number, and everything but persons.

        Beside each part stands how much there is of it.
        """
        self.event = event
        super().__init__(data=_proposed(event), **more)
        for part, counts in counted(event, template).items():
            self[part.value].description = " · ".join(map(str, counts))

    def parts(self) -> list[Field]:
        """The boxes to tick, in their order."""
        return [self[part.value] for part in Taken]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: the address is one, the day is ahead, and people have a programme to be in."""
        fine = bool(super().validate(extra_validators))
        if self.slug.data and self.slug.data != slugify(self.slug.data):
            self.slug.errors = [_("Please use small letters, digits and hyphens only.")]
            fine = False
        if self.people.data and not self.programme.data:
            self.people.errors = [_("They can only come with the programme they are in.")]
            fine = False
        zone = self.event.zone
        starts = self.event.starts_at.astimezone(ZoneInfo(zone)).time()
        starts_at = moment_of(self.day, self.day.data, starts, zone)
        return self.accepts(starts_at) and fine and not self.day.errors

    def request(self) -> NextEdition:
        """What the organiser wants; only after `validate`."""
        return NextEdition(
            title_de=self.keep("title_de"),
            title_en=self.keep("title_en"),
            edition=self.edition.data,
            slug=self.keep("slug"),
            day=self.keep("day"),
            take=self._taken(),
            once=str(self.once.data or new_public_id())[:LONGEST_MARK],
        )

    def _taken(self) -> Collection[Taken]:
        return frozenset(part for part in Taken if self[part.value].data)


def _proposed(event: Event) -> dict[str, object]:
    today = clock.now().astimezone(ZoneInfo(event.zone)).date()
    return {
        "day": proposed_day(event.starts_on, today),
        "title_de": event.title_de,
        "title_en": event.title_en,
        "edition": event.edition + 1 if event.edition else None,
        "slug": proposed_slug(event),
        "once": new_public_id(),
        **{part.value: part in UNLESS_ASKED for part in Taken},
    }
