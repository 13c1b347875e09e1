"""Finding one cookie in a Cookie header, by search: cheaper than parsing a header full of other people's cookies."""

from __future__ import annotations

from typing import Final


class Twice:
    """Found when a name occurs more than once with different values: somebody planted one of them."""


TWICE: Final = Twice()


def cookie(header: bytes, name_and_equals: bytes) -> bytes | Twice | None:
    """The value of the cookie whose name is given, with its equals sign; None when there is none of that name."""
    found: bytes | None = None
    at = header.find(name_and_equals)
    while at >= 0:
        if at == 0 or header[at - 1] in b"; \t":
            start = at + len(name_and_equals)
            end = header.find(b";", start)
            value = (header[start:] if end < 0 else header[start:end]).strip(b' \t"')
            if found is not None and value != found:
                return TWICE
            found = value
        at = header.find(name_and_equals, at + 1)
    return found
