"""One line of the list of guests: the columns that it shows, and nothing of the rest."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import aliased

from eventapp.contacts.models import person_name
from eventapp.contacts.states import Sector
from eventapp.registrations.models import Registration, companion_name
from eventapp.registrations.states import RegistrationKind, RegistrationState


class GuestLine(NamedTuple):
    """A registration as the list shows it; the last three name whom a companion comes with."""

    id: int
    event_id: int
    number: str
    kind: RegistrationKind
    state: RegistrationState
    contact_id: int | None
    main_id: int | None
    registered_at: datetime
    offer_expires_at: datetime | None
    title: str
    first_name: str
    last_name: str
    organisation_name: str
    email: str
    city: str
    sector: Sector
    name_key: str
    group_key: str
    main_first_name: str | None
    main_last_name: str | None
    main_organisation_name: str | None

    @property
    def is_named(self) -> bool:
        """Whether a name is known; a companion may be counted first and named later."""
        return bool(self.first_name or self.last_name)

    @property
    def is_proposal(self) -> bool:
        """As the registration itself says it."""
        in_review = self.state is RegistrationState.IN_REVIEW
        return in_review and self.kind is RegistrationKind.SUBSTITUTE

    @property
    def main_name(self) -> str:
        """Whom a companion comes with; "" for everybody else."""
        if self.main_id is None:
            return ""
        return person_name(
            self.main_first_name or "", self.main_last_name or "", self.main_organisation_name or ""
        )

    @property
    def name(self) -> str:
        """As the registration itself says it."""
        if self.kind is RegistrationKind.COMPANION and not self.is_named and self.main_id:
            return companion_name(self.main_name)
        return person_name(self.first_name, self.last_name, self.organisation_name)


MAIN = aliased(Registration)
COLUMNS = (
    *(getattr(Registration, name) for name in GuestLine._fields[:-3]),
    *(getattr(MAIN, name.removeprefix("main_")) for name in GuestLine._fields[-3:]),
)
"""What is read for a line, in the order of its fields; `MAIN` is joined for the last three."""
