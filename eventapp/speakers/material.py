"""What there is of a contributor, and what is still missing."""

from dataclasses import dataclass

from eventapp.foundation.message import message
from eventapp.programme.kinds import Role
from eventapp.programme.models import Contributor
from eventapp.programme.states import NAMED_IN_PUBLIC
from eventapp.speakers.event_queries import Handed
from eventapp.speakers.models import Portrait, SpeakerSheet
from eventapp.speakers.states import Material

TITLES = {
    Material.BIOGRAPHY: message("About you"),
    Material.PORTRAIT: message("Portrait"),
    Material.SLIDES: message("Slides"),
    Material.TECHNICAL: message("Technical needs"),
    Material.AVAILABILITY: message("When you are there"),
    Material.TRAVEL: message("Travel"),
    Material.DIET: message("Diet and support"),
}
MISSING = {
    Material.BIOGRAPHY: message("Biography missing"),
    Material.PORTRAIT: message("Photo missing"),
    Material.SLIDES: message("Slides missing"),
    Material.TECHNICAL: message("Technical needs unknown"),
}
WITH_SLIDES = frozenset({Role.INPUT, Role.KEYNOTE})


@dataclass(frozen=True)
class Stock:
    """What somebody has told and handed in."""

    material: frozenset[Material]
    wanted: tuple[Material, ...]

    @property
    def missing(self) -> list[Material]:
        """What organisers still wait for."""
        return [one for one in self.wanted if one not in self.material]


def stock_of(
    contributor: Contributor,
    sheet: SpeakerSheet | None,
    portrait: Portrait | None,
    *,
    slides: int,
    needs_told: Material | None = None,
) -> Stock:
    """What there is of one person; needs its contributions. `needs_told` is DIET where it was."""
    there = {
        Material.BIOGRAPHY: bool(contributor.biography_de or contributor.biography_en),
        Material.PORTRAIT: portrait is not None,
        Material.SLIDES: slides > 0,
        Material.TECHNICAL: sheet is not None and sheet.technical_at is not None,
        Material.AVAILABILITY: bool(contributor.available_from or contributor.available_until),
        Material.TRAVEL: sheet is not None and sheet.travel_at is not None,
        Material.DIET: needs_told is Material.DIET,
    }
    return Stock(
        frozenset(one for one, is_there in there.items() if is_there), _wanted(contributor)
    )


def stock_of_handed(handed: Handed) -> Stock:
    """The same of a row of the organiser's list."""
    return stock_of(handed.contributor, handed.sheet, handed.portrait, slides=handed.slides)


def _wanted(contributor: Contributor) -> tuple[Material, ...]:
    """Of who has agreed to something on the stage: slides only from who gives a talk."""
    roles = {one.role for one in contributor.contributions if one.state in NAMED_IN_PUBLIC}
    if not roles - {Role.PROTOCOL}:
        return ()
    basic = (Material.BIOGRAPHY, Material.PORTRAIT)
    return (*basic, Material.SLIDES, Material.TECHNICAL) if roles & WITH_SLIDES else basic
