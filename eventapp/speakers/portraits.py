"""A portrait as pages show it, and where it is found."""

from dataclasses import dataclass

from eventapp.foundation.message import message
from eventapp.programme.models import Contributor
from eventapp.speakers.models import Portrait
from eventapp.speakers.states import Size

MARK_LENGTH = 12


@dataclass(frozen=True, slots=True)
class ShownPortrait:
    """A picture that may be published: where it is, how large, and what stands beside it.

    `small_url` is the small one (at most 320 pixels), `large_url` the other (960); a picture
    under an address never changes. `credit` is the photographer's name alone.
    """

    small_url: str
    width: int
    height: int
    large_url: str
    large_width: int
    large_height: int
    alt: str
    credit: str


def shown_portrait(slug: str, portrait: Portrait) -> ShownPortrait:
    """What a page needs to show it; needs its files and its contributor."""
    return ShownPortrait(
        small_url=path_of(slug, portrait, Size.SMALL),
        width=portrait.small_width,
        height=portrait.small_height,
        large_url=path_of(slug, portrait, Size.LARGE),
        large_width=portrait.large_width,
        large_height=portrait.large_height,
        alt=alt_of(portrait, portrait.contributor),
        credit=portrait.photographer,
    )


def path_of(slug: str, portrait: Portrait, size: Size) -> str:
    """The public address of a picture; another picture has another one."""
    mark = portrait.file(size).sha256[:MARK_LENGTH]
    return f"/e/{slug}/portraits/{portrait.public_id}-{size.value}.jpg?v={mark}"


def alt_of(portrait: Portrait, contributor: Contributor) -> str:
    """The words for who does not see the picture."""
    return portrait.alt or str(message("Portrait of %(name)s", name=contributor.full_name))
