"""What the forms of a programme's entries share."""

from eventapp.events.forms.fields import SeenForm


class EntryForm(SeenForm):
    """A session, slot or contributor; `seen` is the version that the page was filled from."""

    @property
    def only_arranges(self) -> bool:
        """Whether rows of the form are to be rearranged and nothing is to be stored."""
        return False
