"""What the states of mails are called, to be translated. Pure."""

from eventapp.foundation.mail_states import MailState
from eventapp.foundation.message import message

STATE_WORDS = {
    MailState.QUEUED: message("waits"),
    MailState.INFLIGHT: message("on its way"),
    MailState.AWAITING_RETRY: message("is tried again"),
    MailState.SENT: message("delivered"),
    MailState.FAILED: message("not deliverable"),
    MailState.KEPT: message("kept here"),
    MailState.RETURNED: message("came back"),
    MailState.STOPPED: message("stopped"),
    MailState.RECALLED: message("taken back"),
}

STATE_KINDS = {
    MailState.QUEUED: "info",
    MailState.INFLIGHT: "info",
    MailState.AWAITING_RETRY: "warning",
    MailState.SENT: "success",
    MailState.FAILED: "danger",
    MailState.KEPT: "plain",
    MailState.RETURNED: "danger",
    MailState.STOPPED: "warning",
    MailState.RECALLED: "plain",
}
