"""Why a hint may stay."""

from flask_babel import lazy_gettext as _l

from eventapp.foundation.forms import BaseForm, TextField


class HintForm(BaseForm):
    """The reason in a few words, for whoever reads the programme next."""

    reason = TextField(
        _l("Why it may stay"),
        description=_l("For your colleagues, for example: “The rooms are next door.”"),
    )
