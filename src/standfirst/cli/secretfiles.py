"""The secrets a data folder holds: made once, each in a file of its own that only its owner may read."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from standfirst.cli.datafolder import write_atomically
from standfirst.passes.tokens import KeyRing


def _pass_keys() -> str:
    key_id = f"k{secrets.token_hex(4)}"
    return KeyRing(current=key_id, keys={key_id: secrets.token_bytes(32)}).to_json()


_MAKERS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "STANDFIRST_SECRET_KEY": ("secret-key", lambda: secrets.token_urlsafe(48)),
    "STANDFIRST_GATE_SECRET": ("gate-secret", lambda: secrets.token_urlsafe(32)),
    "STANDFIRST_PASS_KEYS": ("pass-keys", _pass_keys),
    "STANDFIRST_MAILBOX_TOKEN": ("mailbox-token", lambda: secrets.token_urlsafe(16)),
}


def secret_files(data: Path) -> dict[str, str]:
    """`NAME_FILE` for each secret, made when it is not there. Raises OSError when the folder cannot be written."""
    folder = data / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    found = {}
    for name, (filename, make) in _MAKERS.items():
        file = folder / filename
        if not file.exists():
            write_atomically(file, make() + "\n", mode=0o600)
        found[f"{name}_FILE"] = str(file)
    return found
