"""How people are called: form of address, titles that are spoken, and the salutation line. Pure."""

import re
from dataclasses import dataclass

from eventapp.contacts.states import FormOfAddress
from eventapp.foundation.text import PARTICLES, clean


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts, as an address book keeps them."""

    form: FormOfAddress = FormOfAddress.NONE
    title: str = ""
    first: str = ""
    last: str = ""
    suffix: str = ""


_FORMS = {
    FormOfAddress.MS: "frau fr fr. frau. frl. w weiblich f f. ms ms. mrs mrs. miss madame mme mme.",
    FormOfAddress.MR: "herr herrn hr hr. hrn hrn. h. m m. männlich mr mr. monsieur",
    FormOfAddress.NONE: "- – — / d d. x divers neutral keine k.a. ohne unbekannt",
}
_FORM_OF_WORD = {word: form for form, words in _FORMS.items() for word in words.split()}
_PROPER_SPELLINGS = frozenset({"", "frau", "herr", "ms", "mr", "keine angabe"})

_TITLE = re.compile(
    r"(?:(?:univ\.?-?|jun\.?-?|apl\.\s?|a\.\s?o\.\s?|o\.\s?|hon\.?-?)?prof(?:essor(?:in)?\b|\.|\b)"
    r"|dr\.?(?:-?(?:ing|phil|med|rer|jur|oec|päd|theol|agr)\.?)?(?=[\s.]|$)"
    r"|dipl(?:\.-?|-)\s?[\w.]+|mag\.|pd\b|lic\.|ing\."
    r"|(?:h|e)\.\s?[hc]\.|hc\b|mult\.|med\.|phil\.|rer\.|nat\.|pol\.|oec\.|jur\.|vet\.|dent\."
    r"|habil\.|\((?:fh|ba|tu|univ)\.?\)|[mb]\.\s?(?:sc|eng|ed)\.|mba\b|ll\.\s?m\.)\s*",
    re.IGNORECASE,
)
_PROFESSOR = re.compile(r"\bprof(?:essor(?:in)?)?\b", re.IGNORECASE)
_DOCTOR = re.compile(r"\bdr\b", re.IGNORECASE)


def read_form_of_address(text: str) -> tuple[FormOfAddress | None, str]:
    """The form meant by a cell such as "Fr." or "Herr Dr.", and the title that stood with it.

    None where it is neither a known form nor empty ("Familie").
    """
    word, _space, rest = clean(text).partition(" ")
    if not word or clean(text).casefold() in {"keine angabe", "k. a."}:
        return FormOfAddress.NONE, ""
    form = _FORM_OF_WORD.get(word.casefold())
    titles, left = split_titles(rest)
    return (None if left else form), titles


def is_usual_spelling(text: str) -> bool:
    """Whether a form of address is written out, so that reading it guessed nothing."""
    return clean(text).casefold() in _PROPER_SPELLINGS


def split_titles(text: str) -> tuple[str, str]:
    """Leading academic titles and what follows them: "Dr. med. Olaf" gives ("Dr. med.", "Olaf")."""
    end = 0
    while found := _TITLE.match(text, end):
        end = found.end()
    return text[:end].strip(), text[end:].strip()


def joined_titles(*titles: str) -> str:
    """Titles from several cells as one, without saying one twice."""
    parts: list[str] = []
    for title in filter(None, map(clean, titles)):
        if not any(title.casefold() in part.casefold() for part in parts):
            parts.append(title)
    return " ".join(parts)


def read_full_name(text: str) -> PersonName:
    """A whole name in one cell: "Frau Dr. Anna von der Heide" or "Nüsperling, Dr. Claudia"."""
    before, comma, after = (part.strip() for part in clean(text).partition(","))
    if comma:
        form, titles, first = _leading(after)
        own_titles, last = split_titles(before)
        return PersonName(form, joined_titles(titles, own_titles), first, last)
    form, titles, rest = _leading(before)
    first, last = _split_at_particle(rest)
    return PersonName(form, titles, first, last)


def _leading(text: str) -> tuple[FormOfAddress, str, str]:
    word, _space, rest = text.partition(" ")
    form = _FORM_OF_WORD.get(word.casefold(), FormOfAddress.NONE)
    if len(word) < 3 or not rest:  # "M. Schmidt" is an initial, "Herr" alone a name
        form = FormOfAddress.NONE
    titles, name = split_titles(text if form is FormOfAddress.NONE else rest)
    return form, titles, name


def _split_at_particle(name: str) -> tuple[str, str]:
    lowered = f"{name.casefold()} "
    places = [at for particle in PARTICLES if (at := lowered.find(f" {particle}")) > 0]
    if places:
        cut = min(places)
        return name[:cut].strip(), name[cut:].strip()
    first, _space, last = name.rpartition(" ")
    return first, last


def spoken_title(name: PersonName, locale: str) -> str:
    """The one title used in speech: a chair before a doctorate; degrees such as Dipl.-Ing. never.

    A title that slipped into the last name counts, so that it is not said twice.
    """
    titles = f"{name.title} {split_titles(name.last)[0]}"
    if _PROFESSOR.search(titles):
        feminine = locale == "de" and name.form is FormOfAddress.MS
        return "Professorin" if feminine else "Professor"
    if _DOCTOR.search(titles):
        return "Dr." if locale == "de" else "Dr"
    return ""


def salutation_line(name: PersonName, locale: str, override: str = "") -> str:
    """The first line of a letter, without comma: the organiser's own words, else derived.

    German: "Sehr geehrte Frau Dr. Nüsperling"; without a form of address "Guten Tag" and the full
    name. English: "Dear Dr Nüsperling", without a spoken title "Dear" and the full name.
    """
    if override:
        return override
    return _english_line(name) if locale == "en" else _german_line(name)


_GREETINGS = {
    FormOfAddress.MS: "Sehr geehrte Frau",
    FormOfAddress.MR: "Sehr geehrter Herr",
}


def _german_line(name: PersonName) -> str:
    last = split_titles(name.last)[1]
    if not last and not name.first:
        return "Sehr geehrte Damen und Herren"
    greeting = _GREETINGS.get(name.form)
    if greeting is None or not last:
        return _joined("Guten Tag", name.first, last)
    return _joined(greeting, spoken_title(name, "de"), last)


def _english_line(name: PersonName) -> str:
    last = split_titles(name.last)[1]
    if not last and not name.first:
        return "Dear Sir or Madam"
    title = spoken_title(name, "en")
    if title and last:
        return _joined("Dear", title, last)
    return _joined("Dear", name.first, last)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
