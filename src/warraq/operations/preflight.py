"""What is looked at before anything starts: each thing that is wrong is one clear refusal, and nothing has changed."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import ssl
import sys
import tempfile
from pathlib import Path

from warraq.config import sqlite
from warraq.config.errors import Unreachable
from warraq.config.paper import PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations import locks, postgresql, schema
from warraq.operations.errors import BadCertificate, NoSecret, NotWritable, PortInUse, WrongFolder
from warraq.operations.parts import SHIPPER

FULL = {errno.ENOSPC, errno.EDQUOT}
LEAST_SECRET = 32
"""Characters."""


def check_front(config: PaperConfig) -> None:
    """What the front needs: its port, and a folder for spools. No database."""
    check_writable(config.folder)
    check_certificate(config)
    check_port(config.front.host, config.front.port, setting="front.port")


def check_further(config: PaperConfig) -> None:
    """Raises WrongFolder where a pressroom belongs: it takes the spool in by itself, and what was shipped would come
    twice."""
    for there in (config.database_file, config.secret_file):
        if there.exists():
            raise WrongFolder(
                _(
                    "{folder} is where this paper's pressroom runs ({file} is there), so no further front runs on it. "
                    "Nothing was started. Run it with: warraq serve. A further front has a folder of its own with "
                    "warraq.toml, pressed and index alone, best on another machine."
                ).format(folder=config.folder, file=there.name)
            )


def check_not_shipped(config: PaperConfig) -> None:
    """Raises WrongFolder where a shipper packed the spool: how far it did, the database does not know."""
    if any((config.spool / "outbox").glob("*/state")):
        raise WrongFolder(
            _(
                "{folder} is a further front's: what is in its spool was packed for another machine, and would count "
                "twice here. Nothing was started. Run it with: warraq front. Or make another folder for the pressroom "
                "(warraq restore)."
            ).format(folder=config.folder)
        )


def check_pressroom(config: PaperConfig) -> None:
    """What the pressroom needs: a spool that nobody else takes in, and a database of this version."""
    locks.refuse_held(config.run, SHIPPER)
    check_not_shipped(config)
    require_database(config)


def check_shipper(config: PaperConfig) -> None:
    """What the shipper needs: a folder in which no pressroom runs."""
    locks.refuse_held(config.run, "pressroom")
    check_further(config)


def check_certificate(config: PaperConfig) -> None:
    """Raises BadCertificate where the front is to speak HTTPS and could not."""
    if config.certificate_files is None:
        return
    certificate, key = config.certificate_files
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: b"")
    except (OSError, ValueError) as error:
        raise BadCertificate(
            _(
                "The front cannot speak HTTPS with {certificate} and {key}: {why}. Nothing was changed. Both are PEM "
                "files, the key without a password, and this user may read them."
            ).format(certificate=certificate, key=key, why=getattr(error, "strerror", None) or error)
        ) from error


def check_newsroom(config: PaperConfig) -> None:
    """What the newsroom needs: its port, the paper's secret, and a database of this version."""
    check_secret(config)
    check_port(config.newsroom.host, config.newsroom.port, setting="newsroom.port")
    require_database(config)


def check_secret(config: PaperConfig) -> None:
    """Raises NoSecret where the newsroom could not sign its staff's sessions."""
    if len(config.secret()) < LEAST_SECRET:
        raise NoSecret(
            _(
                "The paper's secret {file} is missing or too short, so the newsroom was not started; readers are "
                "served all the same. Put it back from a backup, or make a new one (everybody logs in again): "
                "head -c 48 /dev/urandom | base64 > {file}; chmod 600 {file}"
            ).format(file=config.secret_file)
        )


def check_database(config: PaperConfig) -> None:
    """Raises UnsafeSQLite, or NewerDatabase. An older, absent, damaged or unreachable one passes: readers do not need
    it."""
    if not config.database.url:
        sqlite.use(config.database.sqlite)
    with contextlib.suppress(*database_errors(config)):
        schema.refuse_newer(schema.of_database(config))


def require_database(config: PaperConfig) -> None:
    """Raises UnsafeSQLite, Unreachable, UnfitDatabase, NewerDatabase, OlderDatabase, or the library's own error: models
    can be used otherwise."""
    if config.database.url:
        postgresql.refuse_unfit(config.database)
    schema.refuse_absent(config)
    found = schema.of_database(config)
    schema.refuse_newer(found)
    schema.refuse_older(found)


def database_errors(config: PaperConfig) -> tuple[type[Exception], ...]:
    """What the paper's database library raises where the database does not work."""
    if config.database.url:
        import psycopg  # noqa: PLC0415  a paper in SQLite never loads it

        return Unreachable, psycopg.Error
    sqlite.use(config.database.sqlite)
    return (sys.modules["sqlite3"].Error,)


def check_writable(folder: Path) -> None:
    """Raises NotWritable where this user can make no file in `folder`."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno in FULL:
            return  # what is full today may have room tomorrow; readers are served meanwhile
        raise NotWritable(
            _(
                "The paper's folder {folder} cannot be written ({why}). Nothing was started. Run as the user that owns "
                "it, or give this one (number {uid}) the right to it."
            ).format(folder=folder, why=error.strerror, uid=os.geteuid())
        ) from error


def check_port(host: str, port: int, *, setting: str) -> None:
    """Raises PortInUse where `host`:`port` cannot be listened on; `setting` is what an operator would change."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.bind(address)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise PortInUse(
                _("This machine has no address {host}. Nothing was started. Correct {setting} in warraq.toml.").format(
                    host=host, setting=setting.replace("port", "host")
                )
            ) from error
        raise PortInUse(
            _(
                "{host}:{port} cannot be used ({why}). Nothing was started. Stop the program that has it, or choose "
                "another port: {setting} in warraq.toml, or --{option}."
            ).format(
                host=host,
                port=port,
                why=_("in use") if error.errno == errno.EADDRINUSE else error.strerror or error,
                setting=setting,
                option="newsroom-port" if setting.startswith("newsroom") else "port",
            )
        ) from error
