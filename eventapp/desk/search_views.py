"""The search over everything, in the bar of every page for organisers."""

from flask import Blueprint, render_template, request

from eventapp.accounts.permissions import current_membership
from eventapp.desk.search import found_by
from eventapp.foundation.access import signed_in
from eventapp.foundation.text import clean

blueprint = Blueprint("search", __name__)
LONGEST = 200


@blueprint.route("/organise/search")
@signed_in()
def results() -> str:
    """People, sessions and events that were found, as far as the person may see them."""
    query = clean(request.args.get("q", ""))[:LONGEST]
    return render_template(
        "desk/organiser/search.html",
        query=query,
        groups=found_by(current_membership(), query),
        rail="search",
    )
