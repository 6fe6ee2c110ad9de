"""What we load and did not write is what the manifest says, and light enough for a slow line."""

import gzip
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
KILOBYTE = 1000


def test_vendored_files_equal_their_manifests():
    check = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "vendor.py"), "--check"],
        capture_output=True, text=True, check=False,
    )

    assert (check.returncode, check.stdout) == (0, "vendored files equal their manifests\n")


def test_styles_and_fonts_of_a_public_page_leave_room_for_the_page():
    styles = [STATIC / "vendor/kern/kern.css", STATIC / "css/tokens.css", STATIC / "css/app.css"]
    fonts = list((STATIC / "vendor/fira-sans").glob("*-latin-[46]00.woff2"))

    transferred = sum(len(gzip.compress(path.read_bytes())) for path in styles)
    transferred += sum(path.stat().st_size for path in fonts)

    assert len(fonts) == 2
    assert transferred <= 80 * KILOBYTE  # of 150 for everything, the page itself included


def test_the_lock_names_no_registry():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
