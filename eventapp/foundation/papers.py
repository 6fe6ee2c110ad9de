"""Papers as PDF, set by typst from a template and plain data.

    paper = typeset("programme/casting/briefing.typ", {"lang": "de", "title": …})

What people wrote goes in as data and never into the source, so `#import` in a name is only a name.
Letters come from the font that we ship, then from those of the machine: who invites guests whose
names are written in Chinese letters installs a font that has them, else they print as boxes.
"""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

from eventapp.foundation.assets import asset_folder

LONGEST = 30  # seconds for one paper; 500 badges take three
PDF = "application/pdf"
_turns = BoundedSemaphore(2)  # papers at once in a process; others wait


class PaperFailed(RuntimeError):
    """A paper could not be set: a fault of ours or of the machine, never of what people wrote."""


def typeset(template: str, data: Mapping[str, object]) -> bytes:
    """The PDF of a template below `templates/`, tagged (PDF/UA-1).

    `data` is plain: texts, numbers, lists and mappings of them. Raises PaperFailed where it cannot
    be set or takes longer than `LONGEST` seconds.
    """
    with TemporaryDirectory() as empty, _turns:
        job = {
            "template": str(asset_folder("templates") / template),
            "templates": str(asset_folder("templates")),
            "fonts": str(asset_folder("static") / "vendor" / "fira-sans"),
            "packages": empty,
            "data": printable(data),
        }
        return _run(job)


def _run(job: Mapping[str, object]) -> bytes:
    command = [sys.executable, "-I", str(Path(__file__).with_name("typesetter.py"))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of a request in its words
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise PaperFailed(f"{job['template']} took longer than {LONGEST} s") from problem
    if done.returncode or not done.stdout:
        raise PaperFailed(done.stderr.decode(errors="replace")[-2000:] or "no paper was written")
    return done.stdout


def printable(value: object) -> object:
    """The same data without what no font can print; letters composed (NFC), lines kept."""
    if isinstance(value, str):
        return "".join(each for each in unicodedata.normalize("NFC", value) if _prints(each))
    if isinstance(value, Mapping):
        return {str(key): printable(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [printable(each) for each in value]
    return value


def _prints(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"}
