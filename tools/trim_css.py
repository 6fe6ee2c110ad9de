"""Cut a stylesheet down to the components we use, and to what older browsers understand.

Kept: rules without a class of the library, and rules whose classes are all wanted. Then custom
properties that nothing reads are dropped, round by round. `oklch()` becomes hex; declarations with
`color-mix()`, which Safari knows from 16.2 on, are dropped: tokens.css sets those names itself.
"""

import re
from collections.abc import Iterator

from eventapp.foundation.colour import parse, to_hex

_CLASS = re.compile(r"\.(kern-[a-zA-Z0-9_-]+)")
_OKLCH = re.compile(r"oklch\([^()]*\)")
_SET = re.compile(r"(--[a-zA-Z0-9-]+)\s*:")
_READ = re.compile(r"var\(\s*(--[a-zA-Z0-9-]+)")
_UNUSED_STATE = re.compile(r"\[data-kern-theme|\.kern-light|\.kern-dark")


def trim(css: str, *, wanted: re.Pattern[str], kept_names: re.Pattern[str]) -> str:
    """The trimmed stylesheet: wanted classes, and variables that are read or kept for our CSS."""
    rules = list(_kept(css.removeprefix('@charset "UTF-8";'), wanted))
    while True:
        text = "\n".join(rules)
        read = set(_READ.findall(text)) | {
            name for name in _SET.findall(text) if kept_names.fullmatch(name)
        }
        rules = [rule for rule in (_without_unread(rule, read) for rule in rules) if rule]
        if "\n".join(rules) == text:
            return f"{text}\n"


def _kept(css: str, wanted: re.Pattern[str]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if prelude.startswith("@media"):
            inner = "".join(_kept(body, wanted))
            if inner:
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@"):
            continue  # key frames and the like belong to components that we do not use
        else:
            selectors = [part for part in _split(prelude, ",") if _is_wanted(part, wanted)]
            declarations = ";".join(filter(None, map(_plain, _split(body, ";"))))
            if selectors and declarations:
                yield f"{','.join(selectors)}{{{declarations}}}"


def _is_wanted(selector: str, wanted: re.Pattern[str]) -> bool:
    if _UNUSED_STATE.search(selector) and ":is(body" not in selector:
        return False
    without_not = (
        re.sub(r":not\([^)]*\)", "", selector).replace(".kern-light", "").replace(".kern-dark", "")
    )
    return all(wanted.fullmatch(name) for name in _CLASS.findall(without_not))


def _plain(declaration: str) -> str:
    """One declaration as older browsers read it, or "" where it can go."""
    name = declaration.split(":", 1)[0].strip()
    if "color-mix(" in declaration or name == "mask":  # every browser knows -webkit-mask
        return ""
    return _OKLCH.sub(lambda found: to_hex(parse(found[0])), declaration.strip())


def _without_unread(rule: str, read: set[str]) -> str:
    prelude, body = next(iter(_rules(rule)))
    if prelude.startswith("@media"):
        inner = "".join(_without_unread(f"{p}{{{b}}}", read) for p, b in _rules(body))
        return f"{prelude}{{{inner}}}" if inner else ""
    kept = [part for part in _split(body, ";") if not _is_unread(part, read)]
    return f"{prelude}{{{';'.join(kept)}}}" if kept else ""


def _is_unread(declaration: str, read: set[str]) -> bool:
    found = _SET.match(declaration)
    return found is not None and found[1] not in read


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(what stands before the brace, what stands between the braces) of each top-level rule."""
    start, depth, opened = 0, 0, 0
    for at, sign in _outside_strings(css):
        if sign == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at]
                start = at + 1


def _split(text: str, separator: str) -> list[str]:
    """The parts between separators that stand in no brackets and no string."""
    parts, depth, start = [], 0, 0
    for at, sign in _outside_strings(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == separator and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [part for part in [*parts, text[start:].strip()] if part]


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    quote = ""
    for at, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        else:
            yield at, sign
