"""What contributors need on stage, told from above: they say it on their own page.

`@tells_technical_needs` marks a function that gives it by number of contributor.
"""

from collections.abc import Callable, Mapping

from eventapp.events.models import Event

Source = Callable[[Event], Mapping[int, str]]
_sources: list[Source] = []


def tells_technical_needs(source: Source) -> Source:
    """From now on papers hold what this function knows."""
    if source not in _sources:
        _sources.append(source)
    return source


def technical_needs(event: Event) -> dict[int, str]:
    """What is known by now, by number of contributor; nothing where nobody asks for it."""
    return {number: need for source in _sources for number, need in source(event).items() if need}
