"""Reading the demo's files."""

import csv
import json
from typing import Any

from eventapp.foundation.assets import asset_folder

FOLDER = asset_folder("demo")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a demo table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def text(name: str) -> str:
    """A demo file as it stands."""
    return (FOLDER / name).read_text(encoding="utf-8")


def english() -> dict[str, str]:
    """English words for the German texts of the demo."""
    words: dict[str, Any] = json.loads(text("texts_en.json"))
    return {german: str(translated) for german, translated in words.items()}
