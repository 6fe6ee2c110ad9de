"""Who could take a place in a session if whoever has it does not come."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.foundation.database import Model
from eventapp.programme.models import Contribution, Contributor


class Candidate(Model):
    """Somebody on the list for one place, to be asked in the order of `position`.

    The list belongs to whoever has the place now and goes on to whoever follows. A candidate has no
    part in the session: the timetable does not count on them.
    """

    __table_args__ = (UniqueConstraint("contribution_id", "contributor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributor.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)

    contribution: Mapped[Contribution] = relationship()
    contributor: Mapped[Contributor] = relationship()
