"""What the pages promise beside the voluntary fields: words, days, and what the form offers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from eventapp.consents.actions import deletion_day
from eventapp.consents.diets import suggestions
from eventapp.consents.forms import field_of
from eventapp.consents.states import TICKED, ConsentKind
from eventapp.consents.wordings import current_words
from eventapp.events.models import Event
from eventapp.foundation import clock

INTERPRETERS_NEED = timedelta(weeks=4)


@dataclass(frozen=True)
class Promises:
    """Beside the fields; `interpreters_by` is None once that day is over."""

    words: dict[str, str]
    deleted_on: date
    interpreters_by: date | None
    diets: list[str]

    def ticks(self, form: Any) -> list[tuple[str, Any]]:
        """The ticks of a form with the names of their words."""
        return [(kind.value, form[field_of(kind)]) for kind in TICKED]


def promises_for(event: Event, locale: str) -> Promises:
    """What is promised today to whoever reads this language."""
    return Promises(
        words={kind.value: current_words(kind, locale) for kind in ConsentKind},
        deleted_on=deletion_day(event.starts_on),
        interpreters_by=interpreters_by(event.starts_on, event.zone),
        diets=suggestions(locale),
    )


def interpreters_by(starts_on: date, zone: str) -> date | None:
    """Until when interpreters can be promised for an event of that day; None once it is over."""
    latest = starts_on - INTERPRETERS_NEED
    return latest if clock.today(zone) <= latest else None
