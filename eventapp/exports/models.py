"""Column sets that organisers keep for their lists."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin


class KeptColumns(VersionedMixin, Model):
    """A choice of columns of one list under a name, for all colleagues of a host organisation."""

    __table_args__ = (UniqueConstraint("host_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    listing: Mapped[str] = mapped_column(default="guests")
    name: Mapped[str]
    columns: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
