"""How a paper's PostgreSQL is reached: by Django, and without it. psycopg is loaded where it is used.

Every connection acknowledges what is on disk (`synchronous_commit`), waits for a bounded time, and notices within half
a minute that the server's machine is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warraq.config.errors import BadSetting, Unreachable
from warraq.language.messages import gettext as _

if TYPE_CHECKING:
    from psycopg import Connection

    from warraq.config.paper import DatabaseConfig

CONNECT_SECONDS = 5
IDLE_MINUTES = 5
"""A transaction in which nothing was asked for so long is ended: whoever held it hangs, and others wait for it."""
KEPT_SECONDS = 600
"""How long Django keeps a connection; it asks first whether it is still good."""
LINE = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "30000"}
"""Of libpq. What stands in the URL goes first."""
TESTS = "warraq_test"


def parts(url: str) -> dict[str, str]:
    """What a URL says, by libpq's names (`host`, `port`, `dbname`, `user`, `password`, `sslmode` …). BadSetting."""
    from psycopg import ProgrammingError  # noqa: PLC0415  a paper in SQLite never loads it
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        return {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError as error:
        raise BadSetting(
            _(
                "database.url is no address of a PostgreSQL database ({why}). Nothing was opened. It looks like "
                "postgresql://user:password@host/name; what is no letter or digit in a password is written %XX."
            ).format(why=str(error).strip().replace(url, "…"))  # libpq repeats it, password and all
        ) from None


def place(url: str) -> str:
    """The URL without its password, for people."""
    said = parts(url)
    port = f":{said['port']}" if "port" in said else ""
    return f"{said.get('user', '')}@{said.get('host', 'localhost')}{port}/{said.get('dbname', said.get('user', ''))}"


def django(config: DatabaseConfig) -> dict[str, Any]:
    """Django's DATABASES entry."""
    said = _with_habits(config)
    entry = {
        name.upper(): said.pop(key, "")
        for name, key in (("NAME", "dbname"), ("USER", "user"), ("PASSWORD", "password"), ("HOST", "host"))
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **entry,
        "PORT": said.pop("port", ""),
        "OPTIONS": said,
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": TESTS},
    }


def connect(config: DatabaseConfig) -> Connection[Any]:
    """A bare connection; each statement is its own transaction. Raises Unreachable with what to do."""
    import psycopg  # noqa: PLC0415  a paper in SQLite never loads it

    try:
        return psycopg.connect(**_with_habits(config), autocommit=True)  # type: ignore[arg-type]  # libpq takes text
    except psycopg.OperationalError as error:
        raise Unreachable(
            _(
                "The paper's database {place} cannot be reached: {why}. Nothing was changed, and the pressed pages are "
                "served all the same. Is PostgreSQL running, and is database.url right?"
            ).format(place=place(config.url), why=_first_line(error))
        ) from error


def _with_habits(config: DatabaseConfig) -> dict[str, str]:
    """What the URL says, and what it leaves open as a newspaper wants it."""
    wait = int(config.timeout_seconds * 1000)
    habits = {
        "synchronous_commit": "on",
        "lock_timeout": f"{wait}",
        "idle_in_transaction_session_timeout": f"{IDLE_MINUTES * 60_000}",
        "timezone": "UTC",
    }
    said = {
        "connect_timeout": str(CONNECT_SECONDS),
        "application_name": "warraq",
        "client_encoding": "UTF8",
        **LINE,
        **parts(config.url),
    }
    # The last of two wins: what the operator wrote into the URL's own options.
    said["options"] = " ".join([*(f"-c {name}={value}" for name, value in habits.items()), said.get("options", "")])
    return said


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].strip()
