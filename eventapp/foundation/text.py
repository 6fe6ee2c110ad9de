"""Text as people write it: cleaned on the way in, folded for search, sorted as Germans sort."""

import re
import unicodedata

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "đ": "d", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\w@.+-]+")
PARTICLES = (
    "von der ",
    "von dem ",
    "von den ",
    "von ",
    "vom ",
    "van der ",
    "van den ",
    "van ",
    "zu der ",
    "zur ",
    "zum ",
    "zu ",
    "de la ",
    "de ",
    "del ",
    "di ",
    "da ",
    "auf der ",
)


def clean(value: str, *, multiline: bool = False) -> str:
    """NFC, without control, surrogate and direction-override characters, outer space removed.

    One line unless `multiline`: other white space becomes a single space.
    """
    if value.isascii() and value.isprintable():
        return value.strip() if multiline else " ".join(value.split())
    text = value.encode("utf-8", "ignore").decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _BIDI.sub("", _CONTROLS.sub("", text)))
    return text.strip() if multiline else " ".join(text.split())


def _without_marks(text: str) -> str:
    if text.isascii():
        return text  # nothing to take off, and an import asks a hundred thousand times
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _folded(text: str) -> str:
    """Umlauts written out: ö becomes oe."""
    if text.isascii():
        return text.casefold()
    return _without_marks(unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS))


def _plain(text: str) -> str:
    """Umlauts without their dots: ö becomes o."""
    if text.isascii():
        return text.casefold()
    return _without_marks(unicodedata.normalize("NFC", text).casefold())


def search_key(*parts: str | None) -> str:
    """What is stored beside a row to be searched: each word with umlauts written out and plain.

    So "Förster" is found by "Foerster", "Forster" and "Förster"; "Müßig" by "muess" and "muss".
    """
    words: dict[str, None] = {}
    for part in filter(None, parts):
        if part.isascii():  # nothing to write out, both spellings are one
            words.update(dict.fromkeys(_WORD.split(part.casefold())))
            continue
        for word in _WORD.split(part):
            if word.isascii():
                words[word.casefold()] = None
                continue
            words[_folded(word)] = None
            words[_plain(word)] = None
    return " ".join(filter(None, words))


def search_terms(query: str) -> list[str]:
    """The words of a query, folded so that each is to be contained in a `search_key`.

    A query of signs alone ("%") is its own term: it finds nobody, where no term would find all.
    """
    words = (_folded(word) for word in _WORD.split(query[:200]))
    return [term for term in words if term][:8] or query[:200].split()[:1]


def spellings(name: str) -> tuple[str, str]:
    """A name to be compared: its words by the alphabet, with umlauts written out and plain.

    "Müller-Öhm, Anja" gives ("anja mueller oehm", "anja muller ohm"): two names are spelled alike
    if they share one of the two.
    """
    words = [word for word in _WORD.split(name[:200].replace("-", " ")) if word]
    return " ".join(sorted(map(_folded, words))), " ".join(sorted(map(_plain, words)))


def sort_key(last_name: str, first_name: str = "") -> str:
    """DIN 5007-1: umlauts as their vowels, ß as ss; "von der Heide" sorts under H."""
    lowered = last_name.strip()
    if lowered.lower().startswith(PARTICLES):
        particle = next(one for one in PARTICLES if lowered.lower().startswith(one))
        lowered = f"{lowered[len(particle) :]} {particle.strip()}"
    return f"{_plain(lowered)}, {_plain(first_name)}".strip(", ")


def normalised_email(address: str) -> str:
    """The form in which two spellings of one address are equal: trimmed and in lower case."""
    return clean(address).lower()


def mailbox(email: str) -> str:
    """What two spellings of one mailbox share: lower case, without what follows a plus sign."""
    local, at, domain = normalised_email(email).rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def slugify(text: str) -> str:
    """A short address part of ASCII letters, digits and hyphens; umlauts written out."""
    return re.sub(r"[^a-z0-9]+", "-", _folded(text)).strip("-")[:60].strip("-")


def like_pattern(term: str) -> str:
    """A LIKE pattern that finds the term anywhere and literally (use with escape='\\\\')."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
