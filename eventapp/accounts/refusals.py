"""Who is let in to which page, and a note in the trail where somebody tried what they may not."""

from flask import request
from werkzeug.wrappers import Response

from eventapp.accounts.audit import record_change
from eventapp.accounts.permissions import check_signed_in, here
from eventapp.foundation.access import Access
from eventapp.foundation.database import transaction
from eventapp.foundation.errors import NotAllowed

LONGEST_PATH = 200


def check_access(access: Access) -> Response | None:
    """As `check_signed_in`; a refused attempt to change something is kept in the trail.

    A refused look is not: GET changes nothing, and a bookmark is no attempt.
    """
    try:
        return check_signed_in(access)
    except NotAllowed:
        if request.method == "POST":
            _note_refusal()
        raise


def _note_refusal() -> None:
    person = here()
    with transaction():
        record_change(
            person.account,
            "access.refused",
            person.account,
            host_id=person.membership.host_id,
            after={"page": request.path[:LONGEST_PATH], "role": person.role},
        )
