"""The team as a list to take along, for administrators."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from eventapp.accounts import queries
from eventapp.accounts.models import HostOrganisation, Membership
from eventapp.accounts.states import ADMINISTRATORS
from eventapp.accounts.words import ROLE_WORDS
from eventapp.foundation.listing import Belongs, Choice, Field, Listing
from eventapp.foundation.message import message
from eventapp.foundation.pages import row_count, stream
from eventapp.foundation.tabular import YES_NO


@dataclass(frozen=True, slots=True)
class Colleague:
    """A membership, and when its person was last seen."""

    membership: Membership
    seen_at: datetime | None

    @property
    def accepted(self) -> bool:
        """Whether the person is in the team; of who is invited only the address is ours."""
        return self.membership.accepted_at is not None

    @property
    def name(self) -> str:
        """What the colleague is called."""
        return self.membership.account.name if self.accepted else ""

    @property
    def second_factor(self) -> bool:
        """Whether signing in takes a second step."""
        return self.accepted and self.membership.account.totp_since is not None

    @property
    def locked(self) -> bool:
        """Whether the account is kept out."""
        return self.accepted and self.membership.account.disabled_at is not None


def _rows(host: HostOrganisation, _wanted: None, _choice: Choice) -> Iterator[Colleague]:
    """All colleagues by name. Two statements."""
    seen = queries.last_seen_of(host)
    for (membership,) in stream(queries.colleagues_wanted(host)):
        yield Colleague(membership, seen.get(membership.account_id))


TEAM = Listing(
    key="team",
    title=message("Team"),
    belongs=Belongs.HOST,
    roles=ADMINISTRATORS,
    page="accounts_team.team",
    rail="team",
    fields=(
        Field("name", message("Name"), lambda one: one.name, 26),
        Field("email", message("E-mail"), lambda one: one.membership.account.email, 36),
        Field("role", message("Role"), lambda one: one.membership.role, 18, ROLE_WORDS),
        Field("seen_at", message("Seen last"), lambda one: one.seen_at, 17),
        Field("second_factor", message("Second factor"),
              lambda one: one.second_factor, 12, YES_NO),
        Field("locked", message("Locked"),
              lambda one: one.locked, 12, YES_NO),
    ),
    asked=lambda _asked: None,
    told=lambda _host, _wanted: (),
    count=lambda host, _wanted: row_count(queries.colleagues_wanted(host)),
    rows=_rows,
)  # fmt: skip

LISTINGS = (TEAM,)
