"""Keep the German catalogues: one a slice, merged into one file for the running program.

update SLICE…   take the slice's texts from code and templates into its catalogue
check           fail on a text that is missing, untranslated, stale, or translated two ways
compile         merge all catalogues into messages.mo
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "eventapp" / "translations" / "de"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "_l": None,
    "lazy_gettext": None,
    "N_": None,
    "message": None,
    "plural_message": (1, 2),
}
SHARED = {
    "layout": ["templates/layout", "templates/components"],
    "outbox": [
        "eventapp/desk/outbox_views.py",
        "eventapp/desk/outbox_words.py",
        "templates/desk/organiser/outbox.html",
        "templates/desk/organiser/mail.html",
    ],
    "foundation": ["eventapp/foundation"],
    "app": ["eventapp/app.py", "eventapp/edges.py", "eventapp/cli"],
}
ROOMS = {
    "programme_board": ["eventapp/programme/board", "templates/programme/board"],
    "programme_casting": ["eventapp/programme/casting", "templates/programme/casting"],
    "programme_day_of": ["eventapp/programme/day_of", "templates/programme/day_of"],
    "programme_run_of_show": [
        "eventapp/programme/run_of_show",
        "templates/programme/run_of_show",
    ],
    "desk_programme": ["eventapp/desk/programme", "templates/desk/programme"],
}
"""Rooms of slices that are large enough for a catalogue of their own."""
SLICES = (
    "accounts",
    "contacts",
    "events",
    "programme",
    "invitations",
    "consents",
    "questions",
    "registrations",
    "notices",
    "speakers",
    "calendars",
    "exports",
    "desk",
)
PLACES = SHARED | ROOMS
CATALOGUES = (*SLICES, *PLACES)


def sources(name: str) -> list[Path]:
    """The files whose texts belong to a catalogue."""
    roots = PLACES.get(name) or [f"eventapp/{name}", f"templates/{name}"]
    files: list[Path] = []
    for root in (ROOT / part for part in roots):
        found = [root] if root.is_file() else sorted(root.rglob("*"))
        files += [file for file in found if file.suffix in {".py", ".html", ".txt"}]
    if name in SLICES:
        taken = {ROOT / part for parts in PLACES.values() for part in parts}
        files = [file for file in files if taken.isdisjoint((file, *file.parents))]
    return files


def extracted(name: str) -> Catalog:
    """All texts of a catalogue as they stand in code and templates."""
    catalogue = Catalog(locale="de", charset="utf-8")
    for file in sources(name):
        method = "python" if file.suffix == ".py" else "jinja2.ext.babel_extract"
        options = {} if file.suffix == ".py" else {"silent": "false", "trimmed": "true"}
        for _line, text, comments, _context in extract_from_file(
            method, str(file), keywords=KEYWORDS, comment_tags=("Translators:",), options=options
        ):
            catalogue.add(
                text, auto_comments=comments, locations=[(str(file.relative_to(ROOT)), None)]
            )
    return catalogue


def stored(name: str) -> Catalog:
    """The catalogue as it was translated so far."""
    file = FOLDER / f"{name}.po"
    if not file.exists():
        return Catalog(locale="de", charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale="de")


def update(name: str) -> None:
    """Take new texts in, drop those that are gone, keep every translation."""
    old, new = stored(name), extracted(name)
    for text in new:
        before = old.get(text.id)
        same_form = before is not None and isinstance(before.id, str) == isinstance(text.id, str)
        if text.id and before is not None and before.string and same_form:
            text.string = before.string
    new.fuzzy = False
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.po").open("wb") as stream:
        write_po(stream, new, width=100, sort_output=True, omit_header=True)
    missing = sum(1 for text in new if text.id and not _translated(text))
    print(f"{name}: {len(new)} texts, {missing} untranslated")


def _translated(text: Message) -> bool:
    if isinstance(text.id, (list, tuple)):
        return isinstance(text.string, (list, tuple)) and all(text.string)
    return bool(text.string)


def faults() -> list[str]:
    """What keeps the translation from being complete, one line each."""
    found: list[str] = []
    seen: dict[object, tuple[str, object]] = {}
    for name in CATALOGUES:
        kept, wanted = stored(name), extracted(name)
        for text in wanted:
            if not text.id:
                continue
            translation = kept.get(text.id)
            if translation is None or not _translated(translation):
                found.append(f"{name}: untranslated: {text.id!r}")
                continue
            problems = [str(problem) for problem in translation.check()]
            found += [f"{name}: {text.id!r}: {problem}" for problem in problems]
            other, words = seen.setdefault(text.id, (name, translation.string))
            if words != translation.string:
                found.append(f"{name}: {text.id!r} is translated differently in {other}")
        found += [
            f"{name}: stale: {text.id!r}"
            for text in kept
            if text.id and wanted.get(text.id) is None
        ]
    return found


def compile_all() -> None:
    """Merge the catalogues into the one file that the program reads."""
    merged = Catalog(locale="de", charset="utf-8")
    for name in CATALOGUES:
        for text in stored(name):
            if text.id and _translated(text):
                merged.add(text.id, text.string)
    target = FOLDER / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        write_mo(stream, merged)


def main(arguments: list[str]) -> int:
    """Run one command; 0 good, 1 found faults, 2 wrong use."""
    match arguments:
        case ["update", *names]:
            for name in names or CATALOGUES:
                update(name)
        case ["check"]:
            lines = faults()
            print("\n".join(lines) or "translations: complete")
            return 1 if lines else 0
        case ["compile"]:
            compile_all()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
