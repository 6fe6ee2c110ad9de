"""What the forms of a programme's entries share."""

from eventapp.events.forms.fields import SeenForm
from eventapp.foundation.forms import BaseForm


class ConfirmForm(BaseForm):
    """Nothing is asked but that the request comes from our own page."""


class EntryForm(SeenForm):
    """A session, slot or contributor; `seen` is the version that the page was filled from."""

    @property
    def only_arranges(self) -> bool:
        """Whether rows of the form are to be rearranged and nothing is to be stored."""
        return False
