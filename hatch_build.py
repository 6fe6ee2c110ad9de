"""Compiles the translations before a wheel is built, so that none is shipped without words."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):
    """Merges the catalogues into the file that the running program reads."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs once, before files are gathered."""
        sys.path.insert(0, str(Path(self.root) / "tools"))
        from translations import compile_all

        compile_all()
