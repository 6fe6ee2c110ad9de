"""Build the wheel, install it into an empty environment, fetch a page and its stylesheet."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 60
MUST_SHIP = (
    "eventapp/templates/layout/base.html",
    "eventapp/static/css/app.css",
    "eventapp/migrations/env.py",
    "eventapp/demo/contacts.csv",
    "eventapp/translations/de/LC_MESSAGES/messages.mo",
)


def build(folder: Path) -> Path:
    """The wheel, built from the sources as they are."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder),
            str(ROOT),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return next(folder.glob("*.whl"))


def install(wheel: Path, folder: Path) -> Path:
    """An environment with nothing but the wheel and the locked requirements."""
    venv.create(folder, with_pip=True, symlinks=True)
    python = folder / "bin" / "python"
    uv = shutil.which("uv")
    pip = (
        [uv, "pip", "install", "--quiet", "--python", str(python)]
        if uv
        else [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    )
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return folder / "bin" / "eventapp"


def fetch(address: str) -> bytes:
    """The body of a page that must answer 200."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def wait_for(address: str, process: subprocess.Popen[bytes]) -> bytes:
    """The page, as soon as the server answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return fetch(address)
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def try_out(command: Path, folder: Path) -> None:
    """Run the demo from the installed wheel and look at a page as a browser would."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "EVENTAPP_DATA_DIR": str(folder / "var"),
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(
        [str(command), "demo", "--port", str(port)], cwd=folder, env=environment
    )
    try:
        base = f"http://127.0.0.1:{port}"
        page = wait_for(f"{base}/e/digitale-kompetenzlandschaft/", process).decode()
        assert "Kompetenz" in page, "the event page does not show the event"
        stylesheets = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', page)
        assert stylesheets, "the event page links no stylesheet"
        for stylesheet in stylesheets:
            assert fetch(base + stylesheet), f"{stylesheet} is empty"
    finally:
        process.terminate()
        process.wait(20)


def main() -> int:
    """0 when the wheel works."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        names = subprocess.run(
            [sys.executable, "-m", "zipfile", "-l", str(wheel)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        missing = [one for one in MUST_SHIP if one not in names]
        assert not missing, f"not in the wheel: {missing}"
        try_out(install(wheel, folder / "environment"), folder)
        print(f"wheel: {wheel.name}, {wheel.stat().st_size // 1024} kB, a page and its styles came")
    return 0


if __name__ == "__main__":
    sys.exit(main())
