"""Make the virtual environment and install the locked requirements, with uv where it is there.

Uses only the standard library: it runs before anything is installed.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
OLDEST = (3, 11, 2)


def main(folder: Path) -> int:
    """Install into `folder`; 0 good, 1 not."""
    if sys.version_info < OLDEST:
        print(f"Python {'.'.join(map(str, OLDEST))} or later is needed, this is {sys.version}.")
        return 1
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True, symlinks=True)
    uv = shutil.which("uv")
    install = (
        [uv, "pip", "install", "--compile-bytecode", "--python", str(python)]
        if uv
        else [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    )
    for arguments in (
        ["--require-hashes", "-r", "requirements-dev.lock"],
        ["--no-deps", "--no-build-isolation", "--editable", "."],
    ):
        subprocess.run([*install, "--quiet", *arguments], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute()))
