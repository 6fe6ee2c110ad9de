"""Sets one paper: a program of its own, started by `papers`. A job as JSON in, a PDF out.

typst is a library of 80 MB that no web server should keep; what runs here ends with the paper, may
be stopped, reads nothing but our templates, and knows no network: `packages` is an empty folder.
"""

import json
import sys
from typing import Any

TAGGED = "ua-1"  # ISO 14289-1: readable aloud, with language, title and reading order
NO_FONT = "could not be displayed"


def main() -> int:
    """Read a job from standard input and write the PDF; 1 with a line that says why not."""
    import typst  # noqa: PLC0415 - so that importing this module for its names costs nothing

    job: dict[str, Any] = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[job["fonts"]])
    compiler = typst.Compiler(
        job["template"],
        root=job["templates"],
        font_paths=fonts,
        sys_inputs={"data": json.dumps(job["data"])},
        package_path=job["packages"],
        package_cache_path=job["packages"],
    )
    try:
        paper = _set(compiler)
    except typst.TypstError as problem:
        print(problem.diagnostic or problem.message, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(paper)
    return 0


def _set(compiler: Any) -> bytes:
    """PDF/UA; a letter that no font here has is printed as a box, and the standard not claimed."""
    try:
        return bytes(compiler.compile(format="pdf", pdf_standards=TAGGED))
    except RuntimeError as problem:
        if NO_FONT not in str(problem):
            raise
        return bytes(compiler.compile(format="pdf"))


if __name__ == "__main__":
    sys.exit(main())
