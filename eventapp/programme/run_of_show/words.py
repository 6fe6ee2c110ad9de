"""Words of the plan: steps of the trail, delays, and what does not fit any more."""

from eventapp.foundation.i18n import format_time
from eventapp.foundation.message import Message, message, plural_message
from eventapp.programme.run_of_show.cues import RunOfShow
from eventapp.programme.run_of_show.delays import Squeeze
from eventapp.programme.run_of_show.reading import Verdict

ACTION_WORDS = {
    "show_line.added": message("Line of the run of show added"),
    "show_line.changed": message("Line of the run of show changed"),
    "show_plan.delay_undone": message("Delay in the run of show taken back"),
    "show_plan.delayed": message("Run of show delayed"),
    "show_plan.imported": message("Run of show taken over from a file"),
    "show_plan.line_deleted": message("Line of the run of show deleted"),
    "show_plan.line_restored": message("Deleted line of the run of show brought back"),
    "show_plan.lines_taken_back": message("New lines of the run of show taken back"),
    "show_plan.link_closed": message("Link of the crew closed"),
    "show_plan.link_renewed": message("Link of the crew renewed"),
    "show_plan.sessions_taken": message("Sessions taken over into the run of show"),
    "show_plan.shared": message("Link of the crew opened"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def squeeze_words(show: RunOfShow, squeeze: Squeeze) -> Message:
    """Which fixed line comes too early for what, and how many minutes are missing."""
    zone = show.event.zone
    return plural_message(
        "“%(fixed)s” is fixed at %(at)s. What comes before it (“%(late)s”) needs one minute more.",
        "“%(fixed)s” is fixed at %(at)s. What comes before it (“%(late)s”) needs %(count)s "
        "minutes more.",
        squeeze.minutes,
        fixed=show.cue(squeeze.fixed.id).what,
        late=show.cue(squeeze.late.id).what,
        at=format_time(squeeze.fixed.planned_at, zone),
    )


def late_words(minutes: int) -> str:
    """ "+10 min", "−5 min"; "" for on time."""
    if not minutes:
        return ""
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"{sign}{abs(minutes)} min"


VERDICT_WORDS = {
    Verdict.TAKEN: message("comes in"),
    Verdict.HINT: message("comes in, with a hint"),
    Verdict.KNOWN: message("there already"),
    Verdict.REFUSED: message("left out"),
}
VERDICT_BADGES = {
    Verdict.TAKEN: "success",
    Verdict.HINT: "warning",
    Verdict.KNOWN: "plain",
    Verdict.REFUSED: "danger",
}
"""The look of the badge beside a row."""


def verdict_label(verdict: Verdict) -> Message:
    """What becomes of a row."""
    return VERDICT_WORDS[verdict]
