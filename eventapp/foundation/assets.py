"""Where templates, static files and migrations lie, in a checkout and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def asset_folder(name: str) -> Path:
    """Inside the package when installed from a wheel, beside it in a checkout."""
    packaged = PACKAGE / name
    return packaged if packaged.is_dir() else PACKAGE.parent / name
