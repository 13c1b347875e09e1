"""The newspaper's processes: what `standfirst gate`, `site` and `worker` become, and how `up` runs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from standfirst.cli import readiness
from standfirst.cli.addresses import demand_free
from standfirst.cli.supervisor import Process
from standfirst.passes import environment
from standfirst.passes.addresses import read_address, read_site

SETTINGS = "standfirst.config.settings"
_SECRETS = ("STANDFIRST_SECRET_KEY", "STANDFIRST_GATE_SECRET", "STANDFIRST_PASS_KEYS")


def run_gate() -> NoReturn:
    """Become the gate. Raises BadSetting or CannotStart when it could not run."""
    environment.required("STANDFIRST_SITE")
    environment.required_secret("STANDFIRST_GATE_SECRET")
    environment.required_secret("STANDFIRST_PASS_KEYS")
    demand_free(read_address("STANDFIRST_BIND", environment.required("STANDFIRST_BIND")))
    _become("-m", "standfirst.gate")


def run_site() -> NoReturn:
    """Become the site, served by Granian. Raises BadSetting or CannotStart when it could not run."""
    _check_site_settings()
    site = read_site(environment.required("STANDFIRST_SITE"))
    if isinstance(site, Path):
        # A socket that a killed run left behind would keep the server from listening.
        if site.is_socket() and readiness.status_of(site, "/", {}) is None:
            site.unlink()
        # Granian reads it as octal only with the nought in front.
        where = ["--uds", str(site), "--uds-permissions", "0600"]
    else:
        demand_free(site)
        where = ["--host", site.host, "--port", str(site.port)]
    _become(
        *("-m", "granian", "--interface", "wsgi", *where, "--workers", "1", "--blocking-threads", "4"),
        *("--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning", "standfirst.config.wsgi:application"),
    )


def run_worker() -> NoReturn:
    """Become the worker. Raises BadSetting when it could not run."""
    _check_site_settings()
    _become("-m", "django", "ox_worker", "--interval", "0.5", "--verbosity", "0")


def processes(environ: Mapping[str, str]) -> list[Process]:
    """The three processes of `up`, for an environment that holds all their settings."""
    bind = read_address("STANDFIRST_BIND", environ["STANDFIRST_BIND"])
    site = read_site(environ["STANDFIRST_SITE"])
    secret = environment.required_secret("STANDFIRST_GATE_SECRET", environ=environ)
    host = urlsplit(environ["STANDFIRST_ORIGIN"]).netloc

    def command(name: str) -> list[str]:
        return [sys.executable, "-m", "standfirst.cli", name]

    return [
        Process("site", command("site"), environ, lambda: readiness.site_is_ready(site, secret, host)),
        Process("gate", command("gate"), environ, lambda: readiness.gate_is_ready(bind, host)),
        Process("worker", command("worker"), environ),
    ]


def _check_site_settings() -> None:
    environment.required("STANDFIRST_DATA")
    environment.origin("STANDFIRST_ORIGIN")
    for name in _SECRETS:
        environment.required_secret(name)


def _become(*arguments: str) -> NoReturn:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606
