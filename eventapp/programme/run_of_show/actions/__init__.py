"""What organisers can do with a plan, grouped by intention.

Whoever imports this also makes the plan follow what happens below it (`following`).
"""

from eventapp.programme.run_of_show.actions import following
from eventapp.programme.run_of_show.actions.changes import LineChange
from eventapp.programme.run_of_show.actions.delaying import (
    back_to_plan,
    delay_from,
    late_after,
    restore_delays,
)
from eventapp.programme.run_of_show.actions.lines import (
    add_line,
    change_line,
    delete_line,
    import_lines,
    restore_line,
    take_lines_back,
    take_over_sessions,
)
from eventapp.programme.run_of_show.actions.sharing import close_link, open_link, renew_link

__all__ = [
    "LineChange",
    "add_line",
    "back_to_plan",
    "change_line",
    "close_link",
    "delay_from",
    "delete_line",
    "following",
    "import_lines",
    "late_after",
    "open_link",
    "renew_link",
    "restore_delays",
    "restore_line",
    "take_lines_back",
    "take_over_sessions",
]
