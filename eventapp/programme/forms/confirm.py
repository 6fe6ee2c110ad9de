"""A button that is to be pressed on our own page."""

from eventapp.foundation.forms import BaseForm


class ConfirmForm(BaseForm):
    """Nothing is asked but that the request comes from our own page."""
