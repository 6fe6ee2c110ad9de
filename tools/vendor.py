"""Copy what we load and did not write from npm: static/vendor for pages, tests/vendor for tests.

python tools/vendor.py           npm ci, copy, write a manifest (version, licence, SHA-256)
python tools/vendor.py --check   compare the files with it; needs neither npm nor net
"""

import argparse
import gzip
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
PAGES = ROOT / "static" / "vendor"
TESTS = ROOT / "tests" / "vendor"
MANIFEST = "manifest.json"

KERN = "@kern-ux/native"
FONTS = "subset"  # made from KERN's fonts before copying
AXE = "axe-core"
KERN_ICONS = """
    account-circle add arrow-back arrow-down arrow-forward arrow-up autorenew calendar-today check
    checklist chevron-left chevron-right close content-copy danger delete download draft
    drive-folder-upload edit help home info language logout mail open-in-new search small success
    visibility warning
"""
KERN_CLASSES = re.compile(
    r"kern-(sr-only|icon|alert(--|__).*|alert|badge.*|btn(--(primary|secondary|tertiary|block))?|"
    r"btn-wrapper|body(--.*)?|error|hint|fieldset.*|form-check.*|form-input.*|label.*|"
    r"heading-(large|medium|small)|title(--.*)?|link(--small)?|progress.*|"
    rf"icon--({'|'.join(KERN_ICONS.split())}))"
)
LICENCES = {"fira-sans": "OFL-1.1"}
KERN_NAMES = re.compile(r"--kern-color-feedback-[a-z-]+")


@dataclass(frozen=True)
class Copy:
    """One file: from which package, from where in it, to where.

    A version in the name lets browsers keep the file for ever.
    """

    package: str
    source: str
    target: str
    folder: Path = PAGES


COPIES = (
    Copy(KERN, "dist/kern.min.css", "kern/kern.css"),
    Copy(KERN, "LICENSE.md", "kern/LICENSE.md"),
    *(
        Copy(KERN, f"{FONTS}/{weight}.{kind}", f"fira-sans/fira-sans-{{version}}-{weight}.{kind}")
        for weight in (400, 600)
        for kind in ("woff2", "ttf")
    ),
    Copy(KERN, f"{FONTS}/LICENSE.txt", "fira-sans/LICENSE.txt"),
    Copy(AXE, "axe.min.js", "axe-core/axe.min.js", TESTS),
    Copy(AXE, "LICENSE", "axe-core/LICENSE.txt", TESTS),
)


def main() -> int:
    """0 when all is well, 1 when a file differs from the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the manifests only")
    if parser.parse_args().check:
        faults = [*differences(PAGES), *differences(TESTS)]
        print("\n".join(faults) or "vendored files equal their manifests")
        return 1 if faults else 0
    subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=ROOT, check=True)
    subset_fonts()
    vendor(PAGES)
    vendor(TESTS)
    return 0


def subset_fonts() -> None:
    """Cut KERN's fonts down: 44 kB for pages instead of 270, and what papers print."""
    folder = MODULES / KERN / FONTS
    folder.mkdir(exist_ok=True)
    subprocess.run(["node", "tools/subset_fonts.mjs", str(folder)], cwd=ROOT, check=True)
    shutil.copy(ROOT / "tools" / "fira-sans-licence.txt", folder / "LICENSE.txt")


def vendor(folder: Path) -> None:
    """Copy every file of a folder anew and describe it."""
    shutil.rmtree(folder, ignore_errors=True)
    described = dict(copied(copy) for copy in COPIES if copy.folder == folder)
    for name in [name for name in described if name.endswith(".css")]:
        packed = gzip.compress((folder / name).read_bytes(), mtime=0)
        (folder / f"{name}.gz").write_bytes(packed)  # the web server prefers it where it may
        described[f"{name}.gz"] = described[name] | {"sha256": digest(packed)}
    (folder / MANIFEST).write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n")
    for name in described:
        print(f"{(folder / name).stat().st_size:>8} {(folder / name).relative_to(ROOT)}")


def copied(copy: Copy) -> tuple[str, dict[str, str]]:
    """Copy one file; its name in the folder and its line of the manifest."""
    package = json.loads((MODULES / copy.package / "package.json").read_text())
    content = (MODULES / copy.package / copy.source).read_bytes()
    if copy.package == KERN and copy.source.endswith(".css"):
        content = trimmed(content.decode(), package["version"]).encode()
    name = copy.target.format(version=package["version"])
    target = copy.folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return name, {
        "package": copy.package,
        "version": package["version"],
        "licence": LICENCES.get(name.split("/")[0], package["license"]),
        "from": copy.source,
        "sha256": digest(content),
    }


def trimmed(css: str, version: str) -> str:
    """KERN with the components, icons and variables that we use."""
    head = (
        f"/* KERN-UX {version}, EUPL-1.2 (LICENSE.md). Changed by tools/vendor.py: cut down to "
        "the components that eventapp uses, colours as hex. */\n"
    )
    return head + trim(css, wanted=KERN_CLASSES, kept_names=KERN_NAMES)


def differences(folder: Path) -> list[str]:
    """What does not equal the manifest, one line each."""
    described = json.loads((folder / MANIFEST).read_text())
    present = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    return [
        *(f"not in the manifest: {name}" for name in sorted(set(present) - set(described))),
        *(f"missing: {name}" for name in sorted(set(described) - set(present))),
        *(
            f"changed: {name}"
            for name in sorted(set(present) & set(described))
            if digest(present[name].read_bytes()) != described[name]["sha256"]
        ),
    ]


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
