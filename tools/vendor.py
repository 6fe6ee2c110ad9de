"""Copy what the pages load and we did not write from npm to static/vendor, with a manifest.

    python tools/vendor.py           npm ci, copy, write the manifest
    python tools/vendor.py --check   compare the files with the manifest; needs neither npm nor net
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, the package beside it is not yet installed

from tools.trim_css import trim  # noqa: E402 - after the path above

MODULES = ROOT / "node_modules"
TARGET = ROOT / "static" / "vendor"
MANIFEST = TARGET / "manifest.json"
MANIFEST_KEYS = ("package", "version", "licence", "from", "sha256")

KERN = "@kern-ux/native"
FIRA = "@fontsource/fira-sans"
KERN_ICONS = (
    "account-circle add arrow-back arrow-down arrow-forward arrow-up autorenew calendar-today check "
    "checklist chevron-left chevron-right close content-copy danger delete download draft "
    "drive-folder-upload edit help home info language logout mail open-in-new search small success "
    "visibility warning"
)
KERN_CLASSES = re.compile(
    r"kern-(sr-only|icon|alert(--|__).*|alert|badge.*|btn(--(primary|secondary|tertiary|block))?|"
    r"btn-wrapper|body(--.*)?|error|hint|fieldset.*|form-check.*|form-input.*|label.*|"
    r"heading-(large|medium|small)|title(--.*)?|link(--small)?|progress.*|"
    rf"icon--({'|'.join(KERN_ICONS.split())}))"
)
KERN_NAMES = re.compile(r"--kern-color-feedback-[a-z-]+")


@dataclass(frozen=True)
class Copy:
    """One file: from which package, from where in it, to where under static/vendor.

    A version in the name lets browsers keep the file for ever.
    """

    package: str
    source: str
    target: str


COPIES = (
    Copy(KERN, "dist/kern.min.css", "kern/kern.css"),
    Copy(KERN, "LICENSE.md", "kern/LICENSE.md"),
    Copy(FIRA, "files/fira-sans-latin-400-normal.woff2", "fira-sans/fira-sans-{version}-latin-400.woff2"),
    Copy(FIRA, "files/fira-sans-latin-600-normal.woff2", "fira-sans/fira-sans-{version}-latin-600.woff2"),
    Copy(FIRA, "files/fira-sans-latin-ext-400-normal.woff2",
         "fira-sans/fira-sans-{version}-latin-ext-400.woff2"),
    Copy(FIRA, "files/fira-sans-latin-ext-600-normal.woff2",
         "fira-sans/fira-sans-{version}-latin-ext-600.woff2"),
    Copy(FIRA, "LICENSE", "fira-sans/LICENSE.txt"),
)


def main() -> int:
    """0 when all is well, 1 when a file differs from the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the manifest only")
    if parser.parse_args().check:
        faults = differences()
        print("\n".join(faults) or "static/vendor equals its manifest")
        return 1 if faults else 0
    subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=ROOT, check=True)
    vendor()
    return 0


def vendor() -> None:
    """Copy every file anew and describe it."""
    shutil.rmtree(TARGET, ignore_errors=True)
    described = dict(copied(copy) for copy in COPIES)
    MANIFEST.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n")
    for name in described:
        print(f"{(TARGET / name).stat().st_size:>8} {name}")


def copied(copy: Copy) -> tuple[str, dict[str, str]]:
    """Copy one file; its name under static/vendor and its line of the manifest."""
    package = json.loads((MODULES / copy.package / "package.json").read_text())
    content = (MODULES / copy.package / copy.source).read_bytes()
    if copy.target == "kern/kern.css":
        content = trimmed(content.decode(), package["version"]).encode()
    name = copy.target.format(version=package["version"])
    target = TARGET / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    values = (copy.package, package["version"], package["license"], copy.source, digest(content))
    return name, dict(zip(MANIFEST_KEYS, values, strict=True))


def trimmed(css: str, version: str) -> str:
    """KERN with the components, icons and variables that we use."""
    head = (f"/* KERN-UX {version}, EUPL-1.2 (LICENSE.md). Changed: cut down to the components that "
            "eventapp uses, colours as hex, by tools/vendor.py. */\n")
    return head + trim(css, wanted=KERN_CLASSES, kept_names=KERN_NAMES)


def differences() -> list[str]:
    """What does not equal the manifest, one line each."""
    described = json.loads(MANIFEST.read_text())
    present = {path.relative_to(TARGET).as_posix() for path in TARGET.rglob("*")
               if path.is_file() and path != MANIFEST}
    return [
        *(f"not in the manifest: {name}" for name in sorted(present - set(described))),
        *(f"missing: {name}" for name in sorted(set(described) - present)),
        *(f"changed: {name}" for name in sorted(present & set(described))
          if digest((TARGET / name).read_bytes()) != described[name]["sha256"]),
    ]


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
