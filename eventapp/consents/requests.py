"""What somebody says voluntarily: needs, and to what they consent."""

from dataclasses import dataclass

from eventapp.consents.states import ConsentKind


@dataclass(frozen=True, slots=True)
class NeedsRequest:
    """Diet and support in the person's own words; made only where they consented to its use."""

    diet: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """All that somebody said voluntarily on the registration form."""

    consents: frozenset[ConsentKind] = frozenset()
    needs: NeedsRequest | None = None


NOTHING = Told()
