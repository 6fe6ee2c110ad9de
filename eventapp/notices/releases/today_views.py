"""The page of the day: a few sessions changed at once, for everybody, with mails to those
concerned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import NotFound, Overtaken, found
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.message import Message, message
from eventapp.notices.releases import actions, queries
from eventapp.notices.releases.audience import Audience, audience_of
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.releases.queries import Progress
from eventapp.notices.releases.states import TO_SEND
from eventapp.notices.states import Told
from eventapp.programme.change_words import ToldChange, told
from eventapp.programme.comparing import SessionDifference, ShownSession, Version, compare
from eventapp.programme.day_of import queries as day_queries
from eventapp.programme.day_of.actions import way_back
from eventapp.programme.day_of.errors import (
    Impossible,
    NothingChanges,
    NotTheDay,
    SeenOtherwise,
)
from eventapp.programme.day_of.forms import FORMS, DayForm, Step, named
from eventapp.programme.day_of.permissions import day_shown, is_the_day, may_change, require_the_day
from eventapp.programme.day_of.planning import Day, Plan, plan_of
from eventapp.programme.day_of.signs import has_sign
from eventapp.programme.day_of.words import DO_WORDS, STEP_WORDS
from eventapp.programme.editing import CONFLICT, SEE_OTHER, frame
from eventapp.programme.permissions import release_for_organiser
from eventapp.programme.release_models import ProgrammeRelease
from eventapp.programme.snapshots import draft_version
from eventapp.programme.states import ReleaseReason

blueprint = Blueprint("notices_today", __name__, url_prefix="/organise/<slug>/programme/today")
BOTH = ["GET", "POST"]
UNPROCESSABLE = 422


@dataclass(frozen=True)
class DoneToday:
    """A change that was made at short notice: in words, and how far the mails are."""

    release: ProgrammeRelease
    changes: list[ToldChange]
    digest: ReleaseDigest | None
    progress: Progress
    has_sign: bool

    @property
    def is_being_told(self) -> bool:
        """Whether the worker has it in hand."""
        return self.digest is not None and self.digest.state in TO_SEND


@blueprint.route("")
@signed_in(*ORGANISERS)
def today(slug: str) -> str:
    """What takes place today with what can be done about it, and what was done."""
    event = own_event(slug)
    day = day_queries.day_of(event)
    days = sorted({_date(one, event.zone) for one in day.on})
    chosen = _chosen(days, day_shown(event))
    return render_template(
        "notices/releases/today.html",
        sessions=[one for one in day.on if _date(one, event.zone) == chosen],
        days=days,
        day=chosen,
        is_the_day=is_the_day(event),
        may_change=may_change,
        named=named,
        steps=STEP_WORDS,
        done=_done(event),
        **frame(event, "today"),
    )


def _date(shown: ShownSession, zone: str) -> date:
    return shown.starts_at.astimezone(ZoneInfo(zone)).date()


def _chosen(days: list[date], fallback: date) -> date:
    wanted = request.args.get("day", "")
    return next((day for day in days if day.isoformat() == wanted), fallback)


def _done(event: Event) -> list[DoneToday]:
    progress, told_in = queries.progress_of(event), queries.digests_by_release(event)
    done = []
    for one in day_queries.day_releases(event):
        digest = told_in.get(one.release.id)
        done.append(
            DoneToday(
                one.release,
                [told(each, event.zone) for each in one.differences],
                digest,
                progress.get(digest.id, Progress()) if digest else Progress(),
                any(map(has_sign, one.differences)),
            )
        )
    return done


@blueprint.route("/<int:session_id>/<step>", methods=BOTH)
@signed_in(*ORGANISERS)
def change(slug: str, session_id: int, step: str) -> ResponseReturnValue:
    """One change: first what it would mean and who is told, then the button that makes it."""
    event = own_event(slug)
    if step not in set(Step):
        raise NotFound
    day = day_queries.day_of(event)
    shown = found(next((one for one in day.on if one.session_id == session_id), None))
    form = FORMS[Step(step)](day, shown)
    page = _Page(event, day, shown, Step(step), form)
    if not form.is_submitted():
        return page.answer(problem=_problem(event, shown))
    if not form.validate_on_submit():
        return page.answer(), UNPROCESSABLE
    if "do" not in request.form:
        require_the_day(event)
        return page.preview()
    return _act(page)


def _problem(event: Event, shown: ShownSession) -> Message | None:
    """Why nothing can be done about it now."""
    if not is_the_day(event):
        return NotTheDay.default()
    return None if may_change(shown) else message("It is over. What has been cannot be changed.")


def _act(page: "_Page") -> ResponseReturnValue:
    event, form = page.event, page.form
    wanted = {Told.CONTRIBUTORS: form.keep("contributors"), Told.GUESTS: form.keep("guests")}
    try:
        done = actions.change_today(
            event,
            form.request(),
            {kind for kind, chosen in wanted.items() if chosen},
            by=current_account(),
        )
    except SeenOtherwise:
        return page.preview(is_stale=True)
    except (Impossible, NothingChanges):
        return page.preview()
    _say(done, _("Done: everybody sees it like this from now on."))
    return redirect(url_for(".today", slug=event.slug), code=SEE_OTHER)


def _say(done: actions.Done, first: str) -> None:
    people = done.audience.people if done.digest else 0
    then = _("Those concerned are being written to.") if people else _("Nobody is written to.")
    flash(f"{first} {then}", "success")


@dataclass
class _Page:
    """The page of one change, before and after its preview."""

    event: Event
    day: Day
    shown: ShownSession
    step: Step
    form: DayForm

    def answer(
        self,
        plan: Plan | None = None,
        audience: Audience | None = None,
        problem: Message | None = None,
        meanwhile: list[ToldChange] | None = None,
    ) -> str:
        """As it is at first; with a plan also what it would mean."""
        return render_template(
            "notices/releases/change.html",
            form=self.form,
            shown=self.shown,
            name=named(self.shown),
            step=self.step,
            title=STEP_WORDS[self.step],
            do=DO_WORDS[self.step],
            plan=plan,
            changes=[told(one, self.event.zone) for one in plan.differences] if plan else [],
            audience=audience,
            problem=problem,
            meanwhile=meanwhile,
            drafted=self._drafted(),
            **frame(self.event, "today"),
        )

    def preview(self, *, is_stale: bool = False) -> ResponseReturnValue:
        """What it would mean, and for whom; `is_stale` where it means something else by now."""
        event = self.event
        seen_release = request.form.get("release", "")
        self.day = day_queries.day_of(event)
        plan = plan_of(self.day, self.form.wish())
        if not plan.differences:
            self._carry(plan)
            return self.answer(problem=NothingChanges.default()), CONFLICT
        reason = ReleaseReason.ON_THE_DAY
        whom = audience_of(event, self.day.programme, plan.differences, reason)
        meanwhile = self._meanwhile(seen_release, plan) if is_stale else None
        self._carry(plan)
        status = CONFLICT if is_stale or "do" in request.form else 200
        return self.answer(plan, whom, meanwhile=meanwhile), status

    def _carry(self, plan: Plan) -> None:
        """Let the form carry what the page shows now."""
        self.form.seen.data = plan.marks
        self.form.knowingly.data = " ".join(one.fingerprint for one in plan.risky)

    def _meanwhile(self, seen_release: str, plan: Plan) -> list[ToldChange]:
        """What a colleague has done to these sessions: for everybody, else in the draft."""
        ids = plan.sessions.keys()
        now = self.day.released.sessions
        before = day_queries.sessions_in(self.event, seen_release)
        published = compare(_only(before, ids), _only(now, ids)) if before else []
        drafted = draft_version([self.day.rows[one] for one in ids], now)
        waiting = compare(_only(now, ids), drafted)
        return [told(one, self.event.zone) for one in published or waiting]

    def _drafted(self) -> list[ToldChange]:
        """What waits in the draft of this session, and goes on waiting."""
        row = self.day.rows.get(self.shown.session_id)
        if row is None:
            return []
        now = _only(self.day.released.sessions, {row.id})
        return [told(one, self.event.zone) for one in compare(now, draft_version([row], now))]


def _only(sessions: Version, ids: Collection[int]) -> dict[int, ShownSession]:
    return {number: shown for number, shown in sessions.items() if number in ids}


@blueprint.route("/<int:release_number>/undo", methods=BOTH)
@signed_in(*ORGANISERS)
def undo(slug: str, release_number: int) -> ResponseReturnValue:
    """What taking a change back means, how many mails have gone out, and the button."""
    event = own_event(slug)
    release = release_for_organiser(event, release_number)
    form = ConfirmForm()
    if form.validate_on_submit():
        done = actions.undo_today(event, release_number, by=current_account())
        _say(done, _("Taken back: everybody sees it as before."))
        return redirect(url_for(".today", slug=slug), code=SEE_OTHER)
    day = day_queries.day_of(event)
    problem: Message | None = None
    differences: list[SessionDifference] = []
    try:
        require_the_day(event)
        _step, differences = way_back(event, day, release_number)
    except (Overtaken, NotTheDay) as too_late:
        problem = too_late.text
    return render_template(
        "notices/releases/undo.html",
        release=release,
        form=form,
        problem=problem,
        changes=[told(one, event.zone) for one in differences],
        was_told=actions.who_was_told(event, release),
        audience=audience_of(event, day.programme, differences, ReleaseReason.ON_THE_DAY),
        **frame(event, "today"),
    )
