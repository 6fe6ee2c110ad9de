"""What an event is called where its series' name stands beside it."""

from eventapp.events.models import Event
from eventapp.foundation.i18n import localised


def own_title(event: Event) -> str:
    """The title in the reader's language, without the series' name that it may begin with."""
    title = localised(event, "title")
    series = localised(event.series, "name") if event.series else ""
    rest = title.removeprefix(series).strip(" :–-")
    return rest if series and rest else title
