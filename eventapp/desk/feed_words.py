"""The sentences about what happened last. Pure but for the entries they speak of."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.desk.trail_words import action_label, actor_label
from eventapp.foundation.message import N_, Message, message, plural_message

BY_COLLEAGUE = {
    "event.copied": N_("%(who)s creates the event as the next edition."),
    "event.created": N_("%(who)s creates the event."),
    "event.published": N_("%(who)s publishes the event."),
    "event.withdrawn": N_("%(who)s makes the event a draft again."),
    "event.postponed": N_("%(who)s postpones the event."),
    "event.resumed": N_("%(who)s announces the new date."),
    "event.cancelled": N_("%(who)s calls the event off."),
    "event.archived": N_("%(who)s puts the event into the archive."),
    "event.unarchived": N_("%(who)s takes the event out of the archive."),
    "event.changed": N_("%(who)s changes the settings of the event."),
    "event.moved": N_("%(who)s chooses another venue."),
    "registration.opened": N_("%(who)s opens registration."),
    "registration.closed": N_("%(who)s closes registration."),
    "wave.drafted": N_("%(who)s drafts the wave “%(name)s”."),
    "wave.deleted": N_("%(who)s deletes the draft of a wave of invitations."),
    "wave.changed": N_("%(who)s changes the wave “%(name)s”."),
    "programme.published": N_("%(who)s publishes the programme."),
    "attendees.exported": N_("%(who)s exports the attendee list."),
    "list.exported": N_("%(who)s downloads a list."),
    "session.cancelled": N_("%(who)s cancels the session “%(name)s”."),
    "session.reinstated": N_("%(who)s lets the session “%(name)s” take place after all."),
    "session.deleted": N_("%(who)s deletes the draft “%(name)s”."),
    "session.restored": N_("%(who)s brings the draft “%(name)s” back."),
    "sessions.moved": N_("%(who)s moves sessions of the programme."),
    "sessions.moved_back": N_("%(who)s puts moved sessions back."),
    "show_plan.delayed": N_("%(who)s shifts the run of show."),
    "show_plan.delay_undone": N_("%(who)s takes back a delay in the run of show."),
    "show_plan.imported": N_("%(who)s takes over a file into the run of show."),
    "conflict.acknowledged": N_("%(who)s takes note of a hint about the programme."),
    "conflict.shown_again": N_("%(who)s shows a hint about the programme again."),
    "invitation.withdrawn": N_("%(who)s withdraws the invitation of %(name)s."),
    "invitation.reinstated": N_("%(who)s lets the invitation of %(name)s stand again."),
    "invitation.undeliverable": N_("%(who)s notes: the mail to %(name)s came back."),
    "invitation.deliverable": N_("%(who)s notes: the mail to %(name)s arrived."),
    "invitation.reply_taken_back": N_("%(who)s takes back the reply that was noted for %(name)s."),
    "invitation.accepted": N_("%(who)s notes: %(name)s is coming."),
    "invitation.declined": N_("%(who)s notes: %(name)s cannot come."),
    "invitation.sent": N_("%(who)s invites %(name)s."),
    "invitation.link_renewed": N_("%(who)s sends %(name)s a new personal link."),
    "registration.link_renewed": N_("%(who)s sends %(name)s a new personal link."),
    "invitation.link_sent": N_("%(who)s sends %(name)s the personal link again."),
    "registration.restored": N_("%(who)s undoes the cancellation of %(name)s."),
    "registration.cancelled": N_("%(who)s cancels for %(name)s."),
    "registration.offered": N_("%(who)s offers %(name)s a place."),
    "registration.moved_up": N_("%(who)s gives %(name)s a place."),
    "registration.confirmed": N_("%(who)s gives %(name)s a place."),
    "registration.rejected": N_("%(who)s turns down the registration of %(name)s."),
    "registration.proposal_declined": N_("%(who)s turns down the substitute of %(name)s."),
    "notice.added": N_("%(who)s adds the notice “%(name)s”."),
    "notice.changed": N_("%(who)s changes the notice “%(name)s”."),
    "notice.reviewed": N_("%(who)s approves the notice “%(name)s”."),
    "notice.sent_early": N_("%(who)s sends the notice “%(name)s” before its day."),
    "notice.stopped": N_("%(who)s stops the notice “%(name)s”."),
    "notice.taken_up": N_("%(who)s takes up the notice “%(name)s” again."),
    "digest.sent_early": N_("%(who)s has the change of the programme told at once."),
    "digest.stopped": N_("%(who)s stops the mails about the programme."),
    "programme.changed_on_the_day": N_("%(who)s changes the programme at short notice."),
    "programme.day_change_undone": N_("%(who)s takes back a change made at short notice."),
    "wave.stopped": N_("%(who)s stops the wave “%(name)s”."),
    "wave.continued": N_("%(who)s continues the wave “%(name)s”."),
    "wave.taken_back": N_("%(who)s takes back mails of the wave “%(name)s” that had not left."),
}
BY_ITSELF = {
    "registration.confirmed": N_("%(name)s is coming."),
    "registration.moved_up": N_("%(name)s accepts the offered place."),
    "registration.offered": N_("%(name)s is offered a place."),
    "registration.offer_declined": N_("%(name)s declines the offered place."),
    "registration.expired": N_("%(name)s lets the offered place lapse."),
    "registration.line_again": N_("%(name)s is back on the waiting list."),
    "registration.waiting": N_("%(name)s joins the waiting list."),
    "registration.in_review": N_("%(name)s asks to come and waits for your approval."),
    "registration.substitute_proposed": N_(
        "%(name)s would like to send somebody else, who waits for your approval."
    ),
    "registration.cancelled": N_("%(name)s cancels."),
    "invitation.accepted": N_("%(name)s is coming."),
    "invitation.declined": N_("%(name)s cannot come."),
    "invitation.undeliverable": N_("The mail to %(name)s came back."),
    "notice.review_lifted": N_("The notice “%(name)s” must be approved again."),
}
GONE = message("[deleted]")
"""What stands in place of who had everything deleted."""
BY_COLLEAGUE_WITH_COMPANY = {
    "registration.confirmed": N_("%(who)s gives %(name)s a place, with company."),
    "registration.moved_up": N_("%(who)s gives %(name)s a place, with company."),
    "registration.offered": N_("%(who)s offers %(name)s a place, with company."),
}
BY_ITSELF_WITH_COMPANY = {
    "registration.confirmed": N_("%(name)s is coming, with company."),
    "registration.moved_up": N_("%(name)s accepts the offered place, with company."),
    "registration.offered": N_("%(name)s is offered a place, with company."),
    "registration.waiting": N_("%(name)s joins the waiting list, with company."),
    "registration.cancelled": N_("%(name)s cancels, with company."),
}
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
        "show_line.added",
        "show_line.changed",
        "show_plan.line_deleted",
        "show_plan.line_restored",
        "show_plan.lines_taken_back",
    }
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
