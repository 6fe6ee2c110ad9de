"""Templates compiled once for an installation, not anew by every process.

Compiling all takes 2 s and leaves 8 MB behind in each web process. What was compiled is kept in the
data folder, signed with the installation's key, and used only for exactly the source, the Jinja,
the Python and the settings of Jinja that it was made from: the source stays the truth.
"""

import hmac
import platform
import tempfile
from hashlib import sha256
from pathlib import Path

import jinja2
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

FOLDER = "templates"
KINDS = ("html", "svg", "txt", "xml")


class KeptTemplates(BytecodeCache):
    """Jinja's place for compiled templates; a file that is not ours is as good as none."""

    def __init__(self, folder: Path, *, key: str, made_by: str) -> None:
        """`key` signs what is kept; `made_by` names all that shapes it beside the source."""
        self._folder, self._key, self._made_by = folder, key.encode(), made_by

    def get_source_checksum(self, source: str) -> str:
        """Of the source and of what it was compiled by."""
        return sha256(f"{self._made_by}\0{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it was signed here."""
        try:
            kept = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        mark, code = kept[:32], kept[32:]
        if hmac.compare_digest(mark, self._mark(bucket, code)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, whole or not at all; a folder that cannot be written keeps nothing."""
        code = bucket.bytecode_to_string()
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(self._mark(bucket, code) + code)
            Path(file.name).replace(self._folder / bucket.key)
        except OSError:
            return

    def has_all(self, app: Flask) -> bool:
        """Whether the templates were compiled before, as far as the number of files can tell."""
        try:
            kept = sum(1 for _one in self._folder.iterdir())
        except OSError:
            return False
        return kept >= len(app.jinja_env.list_templates(extensions=KINDS))

    def _mark(self, bucket: Bucket, code: bytes) -> bytes:
        return hmac.digest(self._key, f"{bucket.key} {bucket.checksum} ".encode() + code, "sha256")


def keep_templates(app: Flask) -> None:
    """Compile each template once, whichever process needs it first."""
    settings, env = app.config["SETTINGS"], app.jinja_env
    made_by = (
        f"{jinja2.__version__} {platform.python_version()} {sorted(app.jinja_options.items())}"
    )
    env.bytecode_cache = KeptTemplates(
        settings.data_dir / FOLDER, key=settings.keys[0], made_by=made_by
    )


def load_templates(app: Flask) -> None:
    """All of them into this process; those that were never compiled are, and kept."""
    for name in app.jinja_env.list_templates(extensions=KINDS):
        app.jinja_env.get_template(name)


def load_kept_templates(app: Flask) -> None:
    """All of them, before a fork: if compiling them would not keep the first visitor waiting."""
    cache = app.jinja_env.bytecode_cache
    if isinstance(cache, KeptTemplates) and cache.has_all(app):
        load_templates(app)
