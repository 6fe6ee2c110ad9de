"""Reading and checking the words of a wave and the lists it goes to."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, IntegerField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.contacts.models import DistributionList
from eventapp.events.forms.fields import NumberField
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.forms import BaseForm, DateField, LongTextField, TextField
from eventapp.foundation.i18n import format_number
from eventapp.invitations.letters import LINK, unknown_placeholders
from eventapp.invitations.models import Wave
from eventapp.invitations.requests import WaveDraft, WaveWords

BODY_LENGTH = 8_000
WORDS = tuple(field.name for field in fields(WaveWords))
DEADLINE_PLACEHOLDER = "{reply_by}"


class ListsField(SelectMultipleField):
    """Check boxes for distribution lists; at least one is needed."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered, and nothing at all."""
        super().pre_validate(form)
        if not self.data:
            raise ValidationError(_("Please choose at least one distribution list."))


class WordsForm(BaseForm):
    """Words in both languages, deadline."""

    reply_by_on = DateField(
        _l("Answer by"),
        required=False,
        description=_l("Left empty, the event's own deadline holds."),
    )
    subject_de = TextField(_l("Subject, German"))
    body_de = LongTextField(_l("Text, German"), required=True, limit=BODY_LENGTH)
    subject_en = TextField(_l("Subject, English"), required=False)
    body_en = LongTextField(_l("Text, English"), limit=BODY_LENGTH)
    seen = HiddenField()

    def __init__(self, event: Event, **given: Any) -> None:
        """The event says until when a deadline can be, and which one holds without."""
        super().__init__(**given)
        self.event = event

    def validate_body_de(self, field: Field) -> None:
        """Every letter needs the link once, and only placeholders that somebody fills."""
        self._check_text(field)

    def validate_body_en(self, field: Field) -> None:
        """The same holds for the English text, if there is one."""
        if field.data:
            self._check_text(field)

    def _check_text(self, field: Field) -> None:
        if LINK not in field.data:
            raise ValidationError(_("Without {link} nobody can answer. Please put it in."))
        self._check_placeholders(field)
        if DEADLINE_PLACEHOLDER in field.data and self._deadline() is None:
            raise ValidationError(
                _("{reply_by} stays empty: neither this wave nor the event has a deadline.")
            )

    def validate_subject_de(self, field: Field) -> None:
        """A subject may hold placeholders too, but no link."""
        self._check_subject(field)

    def validate_subject_en(self, field: Field) -> None:
        """As in German; needed where there is an English text."""
        if self.body_en.data and not field.data:
            raise ValidationError(_("The English text needs a subject."))
        self._check_subject(field)

    def _check_subject(self, field: Field) -> None:
        if LINK in (field.data or ""):
            raise ValidationError(_("A link cannot stand in the subject."))
        self._check_placeholders(field)

    def _check_placeholders(self, field: Field) -> None:
        unknown = unknown_placeholders(field.data or "")
        if unknown:
            raise ValidationError(
                _("There is no placeholder {%(name)s}. Please check the spelling.", name=unknown[0])
            )

    def validate_reply_by_on(self, field: Field) -> None:
        """A deadline lies between today and the day of the event."""
        day: date | None = field.data
        if day is None:
            return
        if day < clock.today(self.event.zone):
            raise ValidationError(_("This day is over."))
        if day > self.event.starts_on:
            raise ValidationError(_("The deadline lies after the event."))

    def _deadline(self) -> date | None:
        chosen: date | None = self.reply_by_on.data
        return chosen or self.event.reply_by_on

    def words(self) -> WaveWords:
        """What the mails say."""
        return WaveWords(**{name: self.keep(name) for name in WORDS})

    def seen_version(self) -> int:
        """The version of the wave that the person has before them."""
        seen = str(self.keep("seen") or "")
        return int(seen) if seen.isdecimal() and len(seen) < 10 else 0


class WaveForm(WordsForm):
    """The words, with name and lists."""

    name = TextField(_l("Name of the wave"), description=_l("Only colleagues see it."))
    lists = ListsField(_l("Distribution lists"), coerce=int)
    uses_reserved = BooleanField(
        _l("These guests may have the places that the event keeps for invited people"),
        description=_l("How many are kept is set with the event’s places."),
    )
    companions_allowed = NumberField(
        _l("Companions each of these guests may bring"),
        required=False,
        most=2,
        description=_l("As many as the event allows everybody, or more for this wave."),
    )

    def __init__(
        self, event: Event, lists: Sequence[tuple[DistributionList, int]], **given: Any
    ) -> None:
        """`lists` are offered with their sizes."""
        super().__init__(event, **given)
        self.lists.choices = [
            (one.id, f"{one.name} ({format_number(size)})") for one, size in lists
        ]

    def draft(self) -> WaveDraft:
        """The wave as the form describes it."""
        return WaveDraft(
            name=self.keep("name"),
            list_ids=frozenset(self.keep("lists")),
            uses_reserved=self.keep("uses_reserved"),
            companions_allowed=self.keep("companions_allowed") or 0,
            **{name: self.keep(name) for name in WORDS},
        )


class DeleteForm(BaseForm):
    """A step that is meant for the wave as the page showed it."""

    seen = HiddenField(validators=[InputRequired()])

    def seen_version(self) -> int:
        """Which version the person saw; 0 for nonsense."""
        seen = self.keep("seen")
        return int(seen) if seen.isdecimal() and len(seen) < 10 else 0


class SendForm(BaseForm):
    """The number of people that the preview named."""

    expected = IntegerField(validators=[InputRequired()])


def words_of(wave: Wave) -> dict[str, Any]:
    """What the form of these words starts with; a wave that was never saved has version 0."""
    return {name: getattr(wave, name) for name in WORDS} | {"seen": str(wave.version or 0)}


def form_values(wave: Wave) -> dict[str, Any]:
    """What the form of an existing wave starts with."""
    return words_of(wave) | {
        "name": wave.name,
        "lists": [one.id for one in wave.lists],
        "uses_reserved": wave.uses_reserved,
        "companions_allowed": wave.companions_allowed,
    }
