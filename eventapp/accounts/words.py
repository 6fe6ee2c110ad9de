"""What roles are called on the page."""

from eventapp.accounts.states import Role
from eventapp.foundation.message import message

ROLE_WORDS = {
    Role.ADMINISTRATOR: message("Administration"),
    Role.ORGANISER: message("Organising"),
    Role.FRONTDESK: message("Front desk"),
    Role.VIEWER: message("Reading only"),
}
