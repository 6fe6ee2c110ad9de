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
        capture_output=True,
        text=True,
        check=False,
    )

    assert (check.returncode, check.stdout) == (0, "vendored files equal their manifests\n")


def test_styles_and_fonts_of_a_public_page_leave_room_for_the_page():
    own = [STATIC / "css/tokens.css", STATIC / "css/app.css"]
    vendored = [STATIC / "vendor/kern/kern.css.gz"]
    fonts = list((STATIC / "vendor/fira-sans").glob("*-[46]00.woff2"))

    transferred = sum(path.stat().st_size for path in [*own, *vendored, *fonts])

    assert len(fonts) == 2
    assert transferred <= 105 * KILOBYTE  # of 150 for everything, the page itself included


def test_what_is_sent_packed_equals_what_is_sent_plain():
    plain = STATIC / "vendor/kern/kern.css"

    assert gzip.decompress(plain.with_suffix(".css.gz").read_bytes()) == plain.read_bytes()


def test_the_lock_names_no_registry():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
