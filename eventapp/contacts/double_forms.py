"""What organisers send who make one contact of two."""

from collections.abc import Mapping

from wtforms import HiddenField

from eventapp.contacts.forms import number_from
from eventapp.contacts.merging import FIELDS, Side
from eventapp.foundation.forms import BaseForm


class MergeForm(BaseForm):
    """Two contacts that become one: which versions of them the page showed."""

    first_version = HiddenField()
    second_version = HiddenField()

    def seen(self) -> tuple[int, int]:
        """The versions on the page; 0, which no row has, for anything else."""
        return (
            number_from(self.first_version.data) or 0,
            number_from(self.second_version.data) or 0,
        )


def sides_chosen(sent: Mapping[str, str]) -> dict[str, Side]:
    """From which of two contacts each field is taken; what was not chosen is left out."""
    return {
        name: Side(sent[f"take_{name}"]) for name in FIELDS if sent.get(f"take_{name}") in {*Side}
    }
