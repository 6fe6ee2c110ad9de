"""What organisers can do with contacts, grouped by intention."""

from eventapp.contacts.actions.forgetting import (
    erase_contact,
    forget_contact,
    is_known_from_elsewhere,
)
from eventapp.contacts.actions.groups import (
    ListChange,
    OrganisationChange,
    change_list,
    change_organisation,
    create_list,
    put_on_list,
    remove_list,
    take_off_list,
)
from eventapp.contacts.actions.imports import (
    KEPT_TIME,
    choose_columns,
    discard_import,
    forget_old_lists,
    import_staged,
    may_undo,
    stage_import,
    stage_lists,
    undo_import,
)
from eventapp.contacts.actions.leftovers import export_left_out
from eventapp.contacts.actions.merging import (
    look_at_pair_again,
    merge_contacts,
    tell_contacts_apart,
)
from eventapp.contacts.actions.municipalities import (
    ensure_municipalities,
    replace_municipalities,
    set_municipalities,
)
from eventapp.contacts.actions.objections import (
    block_contact,
    suppress_address,
    unblock_contact,
)
from eventapp.contacts.actions.people import (
    ContactChange,
    add_contact,
    change_address,
    change_contact,
    note_undeliverable,
    remove_contact,
)
from eventapp.contacts.actions.running import begin_reading, is_silent, take_over
from eventapp.contacts.actions.storing import STEPS_PER_ROW

__all__ = [
    "KEPT_TIME",
    "STEPS_PER_ROW",
    "ContactChange",
    "ListChange",
    "OrganisationChange",
    "add_contact",
    "begin_reading",
    "block_contact",
    "change_address",
    "change_contact",
    "change_list",
    "change_organisation",
    "choose_columns",
    "create_list",
    "discard_import",
    "ensure_municipalities",
    "erase_contact",
    "export_left_out",
    "forget_contact",
    "forget_old_lists",
    "import_staged",
    "is_known_from_elsewhere",
    "is_silent",
    "look_at_pair_again",
    "may_undo",
    "merge_contacts",
    "note_undeliverable",
    "put_on_list",
    "remove_contact",
    "remove_list",
    "replace_municipalities",
    "set_municipalities",
    "stage_import",
    "stage_lists",
    "suppress_address",
    "take_off_list",
    "take_over",
    "tell_contacts_apart",
    "unblock_contact",
    "undo_import",
]
