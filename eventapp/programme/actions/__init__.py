"""What organisers can do with a programme, grouped by intention.

Whoever imports this also makes the programme follow what happens below it (`following`).
"""

from eventapp.programme.actions import following
from eventapp.programme.actions.acknowledging import (
    acknowledge_conflict,
    withdraw_acknowledgement,
)
from eventapp.programme.actions.changes import (
    AnyPart,
    ContributorChange,
    Newcomer,
    NewPart,
    Part,
    SessionChange,
    SlotChange,
    parts_of,
)
from eventapp.programme.actions.copying import CopiedProgramme, copy_programme
from eventapp.programme.actions.files import (
    KEPT_TIME,
    discard_file,
    forget_old_files,
    move_file,
    stage_file,
    take_file,
)
from eventapp.programme.actions.importing import import_programme, preview_programme
from eventapp.programme.actions.moving import (
    SessionMove,
    move_back,
    move_sessions,
    move_without_harm,
    places_in,
)
from eventapp.programme.actions.people import (
    add_contributor,
    change_contributor,
    forget_contributor,
    remove_contributor,
    set_contribution_state,
    take_out,
)
from eventapp.programme.actions.releasing import Pending, Published, pending_of, publish_programme
from eventapp.programme.actions.revision import touch_session
from eventapp.programme.actions.rounds import NewRound, add_rounds
from eventapp.programme.actions.sessions import (
    add_session,
    cancel_session,
    change_session,
    delete_draft_session,
)
from eventapp.programme.actions.slots import add_slot, change_slot, remove_slot
from eventapp.programme.actions.undoing import reinstate_session, restore_session
from eventapp.programme.import_report import (
    ImportReport,
    ImportRow,
    Verdict,
    verdict_label,
)

__all__ = [
    "KEPT_TIME",
    "AnyPart",
    "ContributorChange",
    "CopiedProgramme",
    "ImportReport",
    "ImportRow",
    "NewPart",
    "NewRound",
    "Newcomer",
    "Part",
    "Pending",
    "Published",
    "SessionChange",
    "SessionMove",
    "SlotChange",
    "Verdict",
    "acknowledge_conflict",
    "add_contributor",
    "add_rounds",
    "add_session",
    "add_slot",
    "cancel_session",
    "change_contributor",
    "change_session",
    "change_slot",
    "copy_programme",
    "delete_draft_session",
    "discard_file",
    "following",
    "forget_contributor",
    "forget_old_files",
    "import_programme",
    "move_back",
    "move_file",
    "move_sessions",
    "move_without_harm",
    "parts_of",
    "pending_of",
    "places_in",
    "preview_programme",
    "publish_programme",
    "reinstate_session",
    "remove_contributor",
    "remove_slot",
    "restore_session",
    "set_contribution_state",
    "stage_file",
    "take_file",
    "take_out",
    "touch_session",
    "verdict_label",
    "withdraw_acknowledgement",
]
