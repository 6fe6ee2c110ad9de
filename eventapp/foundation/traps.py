"""What tells a program that fills in forms from a person; nobody is turned away for it.

A hidden field that people do not see, and the time between opening a form and sending it. Password
managers fill in hidden fields and tabs are kept for days, so both are only signs: whoever shows
one goes the same way, and is counted apart.
"""

from eventapp.foundation import clock
from eventapp.foundation.tokens import is_sealed, seal

QUICKEST_SECONDS = 2
LONGEST_MARK = 60


def opening_mark() -> str:
    """When a form was opened, sealed, for a hidden field."""
    moment = f"{clock.now().timestamp():.0f}"
    return f"{moment}.{seal(f'form {moment}')}"


def is_too_quick(mark: str) -> bool:
    """Whether less than two seconds have passed, or the mark is none of ours."""
    moment, _, proof = mark[:LONGEST_MARK].partition(".")
    if not moment.isdecimal() or not moment.isascii() or not is_sealed(f"form {moment}", proof):
        return True
    return clock.now().timestamp() - int(moment) < QUICKEST_SECONDS
