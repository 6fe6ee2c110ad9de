"""What roles are called on the page."""

from eventapp.accounts.states import Role
from eventapp.foundation.message import message

ROLE_WORDS = {
    Role.ADMINISTRATOR: message("Administration"),
    Role.ORGANISER: message("Organiser"),
    Role.FRONTDESK: message("Front desk"),
    Role.VIEWER: message("Reading only"),
}

ROLE_TASKS = {
    Role.ADMINISTRATOR: message("everything, and who is in the team"),
    Role.ORGANISER: message("events, contacts, invitations, guests, programme"),
    Role.FRONTDESK: message("names of the guests and whether they are confirmed"),
    Role.VIEWER: message("figures and programme, no names of guests"),
}
ACTION_WORDS = {
    "access.refused": message("Tried something that the role does not include"),
    "account.added": message("Account added"),
    "account.begun": message("First password chosen"),
    "account.codes_renewed": message("Recovery codes renewed"),
    "account.disabled": message("Account locked"),
    "account.enabled": message("Account opened again"),
    "account.factor_off": message("Second factor turned off"),
    "account.factor_on": message("Second factor turned on"),
    "account.factor_reset": message("Second factor of a colleague turned off"),
    "account.invited": message("Colleague invited"),
    "account.invitation_declined": message("Invitation to the team declined"),
    "account.joined": message("Invitation to the team accepted"),
    "account.needs_granted": message("Right given to see needs"),
    "account.needs_revoked": message("Right taken back to see needs"),
    "account.password_changed": message("Password changed"),
    "account.password_reset": message("Password set anew"),
    "account.recovery_code_used": message("Signed in with a recovery code"),
    "account.removed": message("Taken out of the team"),
    "account.reset_requested": message("New password asked for"),
    "account.role_changed": message("Role changed"),
    "account.session_revoked": message("Browser signed out"),
    "account.signed_in": message("Signed in"),
    "account.team_chosen": message("Chose this team to work for"),
    "account.welcomed": message("Welcome mail sent again"),
    "host.added": message("Organisation set up"),
    "host.changed": message("Settings of the organisation changed"),
    "legal_page.changed": message("Legal page changed"),
}
"""What the steps of the trail are called, by the names under which actions note them."""
