"""What happened last at an event, one sentence for each thing that somebody did, latest first.

The trail has an entry for every row that a step touched; a reader wants to hear of the step once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from eventapp.accounts.models import AuditEntry
from eventapp.desk.feed_words import PROGRAMME, RANKS, SILENT, sentence_of
from eventapp.desk.undo import DELETED, Thing, is_undoable, open_to_undo
from eventapp.foundation.i18n import current_locale, format_day_of_year
from eventapp.foundation.message import Message, message, plural_message

SHOWN = 8
ONE_STEP = timedelta(seconds=10)
ONE_SITTING = timedelta(hours=1)
IN_A_ROW = 2
WITHDRAWN = "invitation.withdrawn"  # what went with it comes back with it


@dataclass(frozen=True)
class Known:
    """What the sentences need to know besides the entries.

    `names` of things, `since` when there are these, `parents` (the registration or invitation that
    a thing belongs to), `company` (registrations with companions), `ranks` of those who wait.
    """

    names: Mapping[Thing, str]
    since: Mapping[Thing, datetime] = field(default_factory=dict, kw_only=True)
    parents: Mapping[Thing, Thing]
    company: frozenset[str]
    ranks: Mapping[str, int]

    def speaks_of_another(self, entry: AuditEntry) -> bool:
        """Whether the thing had gone, and its number was given again."""
        return entry.at < self.since.get((entry.subject_kind, entry.subject_id), entry.at)

    def root(self, thing: Thing) -> Thing:
        """The invitation, or else registration, that stands for everything about one guest."""
        seen: set[Thing] = set()
        while thing in self.parents and thing not in seen:  # staff may have merged in a circle
            seen.add(thing)
            thing = self.parents[thing]
        return thing


@dataclass
class Step:
    """The entries of one thing that somebody did, newest first."""

    entries: list[AuditEntry] = field(default_factory=list)

    @property
    def leading(self) -> AuditEntry:
        """The entry that says best what was done."""
        return min(self.entries, key=lambda one: (RANKS.get(one.action, len(RANKS)), one.id))


@dataclass(frozen=True)
class Happening:
    """Something that happened, and when; `undo` is the entry by which it can be taken back."""

    at: datetime
    sentence: Message
    undo: int | None = None


def happenings(entries: Sequence[AuditEntry], known: Known) -> list[Happening]:
    """The latest steps, latest first; many of a kind in a row become one line."""
    undoable = open_to_undo(
        (one for one in entries if one.action == DELETED or not known.speaks_of_another(one)),
        known.parents,
    )
    found: list[Happening] = []
    for row in _rows(steps_in(entries, known)):
        if len(found) == SHOWN:
            break
        found += _told(row, known, undoable)
    return found[:SHOWN]


def steps_in(entries: Iterable[AuditEntry], known: Known) -> list[Step]:
    """Entries newest first, gathered into the steps they belong to."""
    steps: list[Step] = []
    latest: dict[tuple[Thing, str], Step] = {}
    for entry in entries:
        if entry.action in SILENT:
            continue
        programme = entry.action in PROGRAMME
        thing = (entry.subject_kind, entry.subject_id)
        key = (("programme", "") if programme else known.root(thing), entry.actor)
        step = latest.get(key)
        apart = ONE_SITTING if programme else ONE_STEP
        if step is None or step.entries[-1].at - entry.at > apart:
            step = latest[key] = Step()
            steps.append(step)
        step.entries.append(entry)
    return steps


def _rows(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Steps of one colleague that are all of a kind, in a row."""
    row: list[Step] = []
    for step in steps:
        if row and _kind(step) != _kind(row[0]):
            yield row
            row = []
        row.append(step)
    if row:
        yield row


def _kind(step: Step) -> tuple[str, int | None]:
    return step.leading.action, step.leading.account_id


def _told(row: Sequence[Step], known: Known, undoable: set[int]) -> list[Happening]:
    """Each for itself; what a colleague did to many is told of the latest, with how many more."""
    if row[0].leading.account_id is None or len(row) <= IN_A_ROW:
        return [_happening(step, known, undoable) for step in row]
    first = _happening(row[0], known, undoable)
    more = plural_message("The same for one more.", "The same for %(count)s more.", len(row) - 1)
    both = message("%(sentence)s %(more)s", sentence=first.sentence, more=more)
    return [Happening(first.at, both, first.undo)]


def _happening(step: Step, known: Known, undoable: set[int]) -> Happening:
    leading = step.leading
    ways = [one for one in step.entries if one.id in undoable and is_undoable(one)]
    way = min(ways, key=lambda one: (one.action != WITHDRAWN, one.id), default=None)
    sentence = sentence_of(leading, step.entries, known)
    return Happening(step.entries[0].at, sentence, way.id if way else None)


def since_words(at: datetime, zone: str, today: date) -> str:
    """ "today, 15:45", "yesterday, 15:45", within the week "Di., 16:07", else "24.06., 16:07"."""
    local = at.astimezone(ZoneInfo(zone))
    age = today - local.date()
    time = f"{local:%H:%M}"
    if age == timedelta(0):
        return str(message("today, %(time)s", time=time))
    if age == timedelta(days=1):
        return str(message("yesterday, %(time)s", time=time))
    if timedelta(0) < age < timedelta(days=7):
        return f"{format_date(local.date(), 'EEE', locale=current_locale())}, {time}"
    return f"{format_day_of_year(local.date())}, {time}"
