"""See that a Chromium or Chrome is there for the browser tests; install it with apt when root."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]


def find() -> str | None:
    """The path of the browser, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """0 when a browser is there."""
    if find():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "--quiet"], check=True)
        subprocess.run(INSTALL, check=True, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        return 0 if find() else 1
    print("The browser tests need Chromium or Chrome. Install it with: sudo", " ".join(INSTALL))
    return 1


if __name__ == "__main__":
    sys.exit(main())
