"""See that the programs which some checks need are there; install them with apt when root.

Used as `python tools/programs.py chromium` or `python tools/programs.py khal calcurse`.
"""

import os
import shutil
import subprocess
import sys

OTHER_NAMES = {
    "chromium": ("chromium-browser", "google-chrome", "google-chrome-stable"),
    "libxml2-utils": ("xmllint",),
    "dovecot-imapd": ("dovecot", "/usr/sbin/dovecot"),
}
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")


def find(program: str) -> str | None:
    """The path of a program, under whichever name it goes; None where it is missing."""
    names = (program, *OTHER_NAMES.get(program, ()))
    return next((path for name in names if (path := shutil.which(name))), None)


def install(programs: list[str]) -> None:
    """Install Debian's packages of these names."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], check=True, env=environment)
    subprocess.run([*INSTALL, *programs], check=True, env=environment)


def main(wanted: list[str]) -> int:
    """0 when all of them are there."""
    missing = [program for program in wanted if find(program) is None]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = [program for program in missing if find(program) is None]
    if missing:
        print(
            "These checks need", " and ".join(missing), "– install with: sudo", *INSTALL, *missing
        )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
