"""Pages on which the plan is read: by colleagues in whatever role, and by a crew with its link."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from eventapp.accounts.throttle import asker
from eventapp.events.models import Event
from eventapp.foundation.access import bearer, signed_in
from eventapp.foundation.limits import limiter
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.pages import moment_of, plan_page, sheet
from eventapp.programme.run_of_show.permissions import (
    COLLEAGUES,
    event_of_colleague,
    plan_for_crew,
)

blueprint = Blueprint("run_of_show", __name__)
NOT_FOUND = 404
guesses_limited = limiter.limit_wrong(
    "60 per minute", asker=asker, is_wrong=lambda response: response.status_code == NOT_FOUND
)


@blueprint.route("/organise/<slug>/run-of-show")
@signed_in(*COLLEAGUES)
def plan(slug: str) -> str:
    """The minute list, all of it or what concerns one trade."""
    event = event_of_colleague(slug)
    return render_template(
        "programme/run_of_show/plan.html",
        editing=None,
        form=None,
        **plan_page(event, request.args.get("trade")),
    )


@blueprint.route("/organise/<slug>/run-of-show/now")
@signed_in(*COLLEAGUES)
def now(slug: str) -> str:
    """What happens now and next, for a phone in the dark."""
    event = event_of_colleague(slug)
    here = {"here": url_for(".now", slug=slug), "whole": url_for(".plan", slug=slug)}
    return _moment(event, may_delay=True, **here)


@blueprint.route("/k/<token>")
@bearer
@guesses_limited
def crew(token: str) -> str:
    """The same for a crew without accounts."""
    event = plan_for_crew(token).event
    here = {"here": url_for(".crew", token=token), "whole": url_for(".crew_plan", token=token)}
    return _moment(event, may_delay=False, **here)


@blueprint.route("/k/<token>/plan")
@bearer
@guesses_limited
def crew_plan(token: str) -> str:
    """The minute list for a crew without accounts."""
    event = plan_for_crew(token).event
    return render_template(
        "programme/run_of_show/crew_plan.html",
        token=token,
        editing=None,
        **plan_page(event, request.args.get("trade")),
    )


def _moment(event: Event, **shown: Any) -> str:
    show = queries.run_of_show(event)
    page = sheet(show, request.args.get("trade"))
    moment = moment_of(show, page["trade"])
    return render_template("programme/run_of_show/now.html", moment=moment, **page, **shown)
