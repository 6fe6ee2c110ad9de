"""The sentences about what happened last. Pure but for the entries they speak of."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.desk.feed_patterns import (
    BY_COLLEAGUE,
    BY_COLLEAGUE_WITH_COMPANY,
    BY_ITSELF,
    BY_ITSELF_WITH_COMPANY,
)
from eventapp.desk.trail_words import action_label, actor_label
from eventapp.foundation.message import N_, Message, message, plural_message
from eventapp.programme.run_of_show.words import QUIET_STEPS

GONE = message("[deleted]")
"""What stands in place of who had everything deleted."""
PEOPLE = frozenset({"invitation", "registration"})
NAMED = frozenset(
    {
        "invitation.substituted",
        "invitation.invited",
        "registration.handed_over",
        "registration.replaced",
    }
)
RANKS = {
    action: rank
    for rank, action in enumerate(
        (
            "invitation.substituted",
            "registration.handed_over",
            "registration.restored",
            "invitation.reinstated",
            "invitation.reply_taken_back",
            "invitation.withdrawn",
            "registration.cancelled",
            "registration.moved_up",
            "registration.offered",
            "registration.in_review",
            "registration.rejected",
            "registration.waiting",
            "invitation.accepted",
            "registration.confirmed",
        )
    )
}
"""Of several entries about one step, the first of these says best what was done."""
SILENT = frozenset(
    {
        "registration.unconfirmed",
        "registration.asked_again",
        "registration.mail_sent",
        "registration.proposal_withdrawn",
    }
)
"""What an organiser need not hear of: nothing has come of it yet, or nothing will."""
PROGRAMME = frozenset(
    {
        "session.added",
        "session.changed",
        "slot.added",
        "slot.changed",
        "slot.removed",
        "contributor.added",
        "contributor.changed",
        "contributor.removed",
        "contribution.added",
        "contribution.asked",
        "contribution.changed",
        "contribution.removed",
        "candidate.added",
        "candidate.moved",
        "candidate.removed",
        "papers.sent",
        "podium.arranged",
    }
    | QUIET_STEPS
)
"""Work on the programme is told once an hour, not for every field."""


class Names(Protocol):
    """What a sentence may ask about the things of its entries."""

    @property
    def names(self) -> Mapping[tuple[str, str], str]:
        """What things are called."""

    def speaks_of_another(self, entry: AuditEntry) -> bool:
        """Whether the entry's thing is gone, and its number another's by now."""

    @property
    def company(self) -> frozenset[str]:
        """The registrations with companions."""

    @property
    def ranks(self) -> Mapping[str, int]:
        """The place in line of registrations that wait."""


def sentence_of(leading: AuditEntry, entries: Iterable[AuditEntry], known: Names) -> Message:
    """What was done, to whom or by whom, in one sentence."""
    entries = list(entries)
    leading = _noted(leading, entries)
    name = _name(leading, known)
    if leading.action == "wave.sent":
        return _sent_wave(leading, name)
    if leading.action in NAMED:
        return _substitution(entries, known, name or _gone(leading))
    if leading.action in PROGRAMME:
        return _programme(leading)
    if leading.action == "event.places_raised":
        return _raised(leading)
    if leading.action == "notice.sent":
        return _sent_notice(leading, name)
    words = BY_COLLEAGUE if leading.account_id is not None else BY_ITSELF
    pattern = _with_detail(leading, known) or words.get(leading.action)
    if pattern is not None:
        rank = known.ranks.get(leading.subject_id, 0)
        return message(pattern, who=leading.actor, name=name or _gone(leading), rank=rank)
    pattern = N_("%(what)s: %(name)s (%(who)s).") if name else N_("%(what)s (%(who)s).")
    return message(
        pattern,
        what=action_label(leading.action),
        name=name,
        who=actor_label(leading.actor),
    )


def _noted(leading: AuditEntry, entries: Iterable[AuditEntry]) -> AuditEntry:
    """A yes that staff noted is told as such wherever it leads, and is undone under that name."""
    if leading.account_id is None or leading.action != "registration.waiting":
        return leading
    return next((one for one in entries if one.action == "invitation.accepted"), leading)


def _programme(entry: AuditEntry) -> Message:
    """A colleague's work on it; else what followed from a change of the event."""
    if entry.actor == SYSTEM:
        return message("The programme has changed along with the event.")
    return message("%(who)s works on the programme.", who=actor_label(entry.actor))


def _raised(entry: AuditEntry) -> Message:
    """How many places there are now; who got them stands in the line about that guest."""
    before, after = (int(values.get("capacity") or 0) for values in (entry.before, entry.after))
    return plural_message(
        "%(who)s adds a place for one guest: %(before)s → %(after)s.",
        "%(who)s adds %(count)s places for one guest: %(before)s → %(after)s.",
        after - before,
        who=actor_label(entry.actor),
        before=before,
        after=after,
    )


def _sent_notice(entry: AuditEntry, name: str) -> Message:
    return plural_message(
        "The notice “%(name)s” has gone out to one person.",
        "The notice “%(name)s” has gone out to %(count)s people.",
        int(entry.after.get("people", 0)),
        name=name,
    )


def _with_detail(leading: AuditEntry, known: Names) -> str | None:
    """What is known of somebody who has registered: in company, or in which place in line."""
    if leading.action == "registration.waiting" and known.ranks.get(leading.subject_id):
        return N_("%(name)s is number %(rank)s on the waiting list.")
    if leading.subject_kind != "registration" or leading.subject_id not in known.company:
        return None
    by_guest = leading.account_id is None
    words = BY_ITSELF_WITH_COMPANY if by_guest else BY_COLLEAGUE_WITH_COMPANY
    return words.get(leading.action)


def _gone(entry: AuditEntry) -> Message | str:
    """In place of the name of who had everything deleted; only people are."""
    return GONE if entry.subject_kind in PEOPLE else ""


def _sent_wave(entry: AuditEntry, name: str) -> Message:
    return plural_message(
        "%(who)s sends the wave “%(name)s” to one person.",
        "%(who)s sends the wave “%(name)s” to %(count)s people.",
        int(entry.after.get("invited", 0)),
        who=actor_label(entry.actor),
        name=name,
    )


def _substitution(entries: Iterable[AuditEntry], known: Names, name: Message | str) -> Message:
    """Whoever cannot come, and who comes instead; the entry of the new invitation tells both, but
    for a guest who was not invited: `name` is theirs."""
    for entry in entries:
        if entry.action == "invitation.invited":
            original = entry.after.get("substitute_for")
            original_name = known.names.get(("invitation", str(original)), name) or _gone(entry)
            substitute = _name(entry, known) or _gone(entry)
            if entry.account_id is not None:
                return message(
                    "%(who)s notes: %(substitute)s comes for %(name)s.",
                    who=actor_label(entry.actor),
                    name=original_name,
                    substitute=substitute,
                )
            return message(
                "%(name)s names %(substitute)s as a substitute.",
                name=original_name,
                substitute=substitute,
            )
    return message("%(name)s names a substitute.", name=name)


def _name(entry: AuditEntry, known: Names) -> str:
    """What the thing is called now, or was called when it went."""
    thing = (entry.subject_kind, entry.subject_id)
    now = None if known.speaks_of_another(entry) else known.names.get(thing)
    return now or str(entry.before.get("title_de") or entry.after.get("name") or "")
