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
    Role.FRONTDESK: message("guests with name and organisation, and whether they are confirmed"),
    Role.VIEWER: message("figures and programme, no names of guests"),
}
