"""A paper's configuration: `warraq.toml` in its folder, then `WARRAQ_*` variables on top.

A section `[newsroom] port = 8001` is `WARRAQ_NEWSROOM__PORT=8001` as a variable. What an editor may change
(name, channels, time zone, digits) is not here but in the newsroom's own settings.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from warraq.config.errors import BadSetting, NotAPaper
from warraq.language.messages import gettext as _

FILE = "warraq.toml"
READY = "pressroom.ready"
"""In `run/`: there while a pressroom works; touched after its rounds, every few seconds."""
KINDS = ("reads", "comments")
"""What readers send: each a spool of its own, in the folder `spool/` below its name."""
PREFIX = "WARRAQ_"
OUTSIDE = {"WARRAQ_PAPER", "WARRAQ_SHARED", "WARRAQ_FRONT_SETTINGS", "WARRAQ_TEST_DATABASE"}
"""Variables that are not settings: the folder itself, the tests' material and database, what the supervisor hands the
front."""

LISTS = {"hosts", "trusted_proxies"}
"""Keys whose variable is a list, its parts between commas."""

SECRETS = {"database.url", "bucket.access_key", "bucket.secret_key", "fronts.stream"}
"""Settings that are never shown: they are keys, or may hold a password."""


def _no_switch(value: Any) -> Any:
    """`true` is no number, though Python takes it for 1."""
    return "true" if value is True else value


def _network(value: str) -> str:
    ipaddress.ip_network(value)
    return value


def _stream(value: str) -> str:
    if value and not re.fullmatch(r"rediss?://([^/@\s]*@)?[^/@\s]+(/[0-9]*)?(\?\S*)?", value):
        raise ValueError
    urlsplit(value).port  # noqa: B018  ValueError where it is none
    return value


Port = Annotated[int, BeforeValidator(_no_switch), Field(ge=1, le=65535)]
Network = Annotated[str, AfterValidator(_network)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class FrontConfig(_Section):
    host: str = "127.0.0.1"
    """Address that readers' connections come in at; `0.0.0.0` for all."""
    port: Port = 8000
    """Readers' port."""
    origin: str = Field(default="", pattern=r"^(https?://[^/\s]+)?$")
    """Readers' address, `https://paper.example`, no slash at the end: for feeds, cards and canonical links."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that answer readers."""
    cache_megabytes: int = Field(default=16, ge=1, le=4096)
    """Memory for hot pages, MiB a process."""
    trusted_proxies: tuple[Network, ...] = ()
    """Addresses of proxies whose X-Forwarded-For is believed."""
    certificate: str = ""
    """File of the certificate and those it rests on, where the front itself is to speak HTTPS; else empty."""
    certificate_key: str = ""
    """File of its key; relative paths of both start in the paper's folder."""

    @model_validator(mode="after")
    def _whole_certificate(self) -> Self:
        if bool(self.certificate) != bool(self.certificate_key):
            raise PydanticCustomError("half_a_certificate", "certificate and certificate_key go together")
        return self


class FrontsConfig(_Section):
    stream: Annotated[str, AfterValidator(_stream)] = Field(default="", repr=False)
    """Where several fronts meet (Valkey or Redis), `redis://:password@host:6379/0`; `rediss` for TLS; empty: none."""
    paper: str = Field(default="paper", pattern=r"^[A-Za-z0-9._-]+$", max_length=60)
    """The paper's name in the stream and in parcels, the same on all its machines."""
    interval_seconds: float = Field(default=0.5, ge=0.1, le=3600)
    """A further front packs what readers sent into a parcel at most this often, seconds."""


class NewsroomConfig(_Section):
    host: str = "127.0.0.1"
    """Address of the staff's side; keep it off the readers' network."""
    port: Port = 8001
    """Staff's port."""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    """Host names that the newsroom answers to."""
    language: Literal["ar", "en"] = "ar"
    """Language of the newsroom until somebody chooses another for themselves."""
    upload_megabytes: int = Field(default=10, ge=1, le=200)
    """Largest picture that is taken, MiB."""


class PressConfig(_Section):
    grace_days: float = Field(default=7, ge=0, le=365)
    """How long a picture or style sheet that no page uses any more is kept for pages in readers' caches, days."""
    brotli_quality: int = Field(default=5, ge=0, le=11)
    """Effort of the first compression; 5 is fast, 11 is small."""
    processes: int = Field(default=0, ge=0, le=64)
    """How many processes render where much is to be pressed; 0 for as many as there are cores."""
    workers: int = Field(default=1, ge=1, le=16)
    """Processes that press at the same time; more than one needs PostgreSQL."""

    @property
    def rendering_processes(self) -> int:
        return self.processes or os.cpu_count() or 1


class BucketConfig(_Section):
    name: str = Field(default="", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$|^$")
    """The bucket of an S3-compatible store that a copy of the pressed pages is kept in; empty for none."""
    endpoint: str = Field(default="", pattern=r"^(https?://[^/\s]+)?$")
    """Address of the store, `https://s3.example`, no slash at the end; empty for Amazon's own."""
    prefix: str = Field(default="", pattern=r"^[A-Za-z0-9._/-]*$", max_length=200)
    """What the copy's keys begin with, `paper/`; three folders below it are Warraq's own: `pages`, `gone`, `moved`."""
    region: str = Field(default="us-east-1", min_length=1)
    """The store's region; some want `auto`."""
    access_key: str = ""
    """Name of the key; empty for what the environment gives (`AWS_ACCESS_KEY_ID`, a machine's role)."""
    secret_key: str = Field(default="", repr=False)
    """The key itself; better in the variable `WARRAQ_BUCKET__SECRET_KEY` or in a file."""
    secret_key_file: str = ""
    """A file that holds nothing but the key, closed to others; a relative path starts in the paper's folder."""

    @model_validator(mode="after")
    def _whole_keys(self) -> Self:
        secrets = bool(self.secret_key) + bool(self.secret_key_file)
        if secrets > 1 or bool(secrets) != bool(self.access_key):
            raise PydanticCustomError("half_a_key", "access_key and one of secret_key, secret_key_file go together")
        return self


class ReadershipConfig(_Section):
    ranking_interval_seconds: float = Field(default=2, ge=0.1, le=3600)
    """Rankings are made anew at most this often, seconds."""
    section_ranking_interval_seconds: float = Field(default=60, ge=0.1, le=3600)
    """The same of the rankings of each section, seconds."""
    repeat_minutes: int = Field(default=30, ge=1, le=1440)
    """One visitor's reads of one article within this time are one read, minutes."""
    keep_days: int = Field(default=400, ge=31, le=36500)
    """Counts older than this are removed, days. What is older than 35 days is kept by the day."""


class DatabaseConfig(_Section):
    url: str = Field(default="", pattern=r"^(postgres(ql)?://.*)?$", repr=False)
    """Where the paper's PostgreSQL is, `postgresql://user:password@host/name`; empty: SQLite, in the paper's folder."""
    sqlite: Literal["bundled", "system"] = "bundled"
    """Which SQLite library: the one that comes with Warraq, or the system's (refused where it is unsafe)."""
    timeout_seconds: float = Field(default=20, ge=1, le=300)
    """How long a writer waits for another one, seconds."""


class PaperConfig(_Section):
    """Everything an operator sets, and where each thing of the paper lies."""

    folder: Path
    front: FrontConfig = FrontConfig()
    fronts: FrontsConfig = FrontsConfig()
    newsroom: NewsroomConfig = NewsroomConfig()
    press: PressConfig = PressConfig()
    bucket: BucketConfig = BucketConfig()
    readership: ReadershipConfig = ReadershipConfig()
    database: DatabaseConfig = DatabaseConfig()

    @property
    def readers(self) -> str:
        """Where staff look at the live paper: its origin; on this machine the port that is really served."""
        origin = self.front.origin
        is_local = not origin or origin.startswith(("http://127.0.0.1", "http://localhost"))
        return f"http://{self.front.host}:{self.front.port}" if is_local else origin

    @property
    def database_file(self) -> Path:
        return self.folder / "database" / "paper.sqlite3"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def pressed(self) -> Path:
        return self.folder / "pressed"

    @property
    def spool(self) -> Path:
        return self.folder / "spool"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def bucket_secret_file(self) -> Path | None:
        """Absolute; None where the bucket's key is not in a file."""
        return self.folder / self.bucket.secret_key_file if self.bucket.secret_key_file else None

    @property
    def certificate_files(self) -> tuple[Path, Path] | None:
        """Certificate and key, absolute; None where the front speaks HTTP."""
        named = self.front.certificate, self.front.certificate_key
        return (self.folder / named[0], self.folder / named[1]) if all(named) else None

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def secret_file(self) -> Path:
        return self.folder / "secret"

    def secret(self) -> str:
        """What signs the staff's sessions; empty where it is missing."""
        try:
            return self.secret_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    @model_validator(mode="after")
    def _keep_the_newsroom_apart(self) -> Self:
        hosts = {self.front.host, self.newsroom.host}
        if self.front.port == self.newsroom.port and (len(hosts) == 1 or hosts & {"0.0.0.0", "::", ""}):  # noqa: S104
            raise PydanticCustomError("one_port", "front.port and newsroom.port are the same")
        return self


def folder_of(given: str | None = None) -> Path:
    """The paper's folder: as given, else `WARRAQ_PAPER`, else the current folder; absolute."""
    return Path(given or os.environ.get("WARRAQ_PAPER") or ".").resolve()


def load(folder: Path, environment: Mapping[str, str] | None = None) -> PaperConfig:
    """The configuration of the paper in `folder`.

    Raises NotAPaper where there is no `warraq.toml`, BadSetting with the key's name where something is wrong.
    """
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotAPaper(
            _("{folder} is not a paper: it holds no {file}. Make one with: warraq init {folder}").format(
                folder=folder, file=FILE
            )
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(_("{file} cannot be read: {error}").format(file=file, error=error)) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(
            _("{file} is not valid TOML: {error}. Nothing was started.").format(file=file, error=error)
        ) from error
    _add_environment(values, os.environ if environment is None else environment)
    if "folder" in values:
        raise BadSetting(_unknown(file, "folder"))
    try:
        return PaperConfig(folder=folder, **values)
    except ValidationError as error:
        variables = os.environ if environment is None else environment
        raise BadSetting("\n".join(_explain(file, problem, variables) for problem in error.errors())) from None


def _add_environment(values: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, text in environment.items():
        if not name.startswith(PREFIX) or name in OUTSIDE:
            continue
        section, _sep, key = name.removeprefix(PREFIX).lower().partition("__")
        place = values.setdefault(section, {})
        if not key or not isinstance(place, dict):
            raise BadSetting(
                _("The variable {name} names no setting. Settings look like WARRAQ_FRONT__PORT.").format(name=name)
            )
        place[key] = tuple(part.strip() for part in text.split(",")) if key in LISTS else text


def _explain(file: Path, problem: Any, environment: Mapping[str, str]) -> str:
    """One line for one of pydantic's problems: where the value stands, what is wrong, what would be right."""
    parts = [str(part) for part in problem["loc"] if isinstance(part, str)]
    variable = PREFIX + "__".join(part.upper() for part in parts)
    where = variable if variable in environment else str(file)
    name = ".".join(parts)
    if problem["type"] == "one_port":
        return _(
            "{file}: front.port and newsroom.port are the same. Readers would come to the newsroom. Give one another "
            "port. Nothing was started."
        ).format(file=file)
    if problem["type"] == "half_a_key":
        return _(
            "{file}: bucket.access_key and its secret go together: give both, the secret either as bucket.secret_key "
            "or in the file bucket.secret_key_file, or neither. Nothing was started."
        ).format(file=where)
    if problem["type"] == "half_a_certificate":
        return _(
            "{file}: front.certificate and front.certificate_key go together: give both or neither. "
            "Nothing was started."
        ).format(file=where)
    if problem["type"] == "extra_forbidden":
        return _unknown(where, name)
    if name == "fronts.stream":
        return _(
            "{file}: {name} is refused. An address such as redis://:password@host:6379/0 is wanted, or nothing; what "
            "is no letter or digit in a password is written %XX."
        ).format(file=where, name=name)
    if name == "database.url":
        return _(
            "{file}: {name} is refused. An address such as postgresql://user:password@host/name is wanted, or nothing."
        ).format(file=where, name=name)
    return _("{file}: {name} = {value!r} is refused: {why}").format(
        file=where, name=name, value="…" if name in SECRETS else problem["input"], why=_why(problem)
    )


def _why(problem: Any) -> str:
    """What would be right, in the user's language where it is a common mistake."""
    limits = problem.get("ctx", {})
    told = {
        "int_type": _("a whole number is wanted"),
        "int_parsing": _("a whole number is wanted"),
        "float_type": _("a number is wanted"),
        "float_parsing": _("a number is wanted"),
        "string_type": _("text in quotation marks is wanted"),
        "greater_than_equal": _("the least is {ge}"),
        "less_than_equal": _("the most is {le}"),
        "literal_error": _("one of these is wanted: {expected}"),
        "string_pattern_mismatch": _("an address such as https://paper.example is wanted, without a slash at the end")
        if "http" in str(limits.get("pattern"))
        else _("only letters, digits, and . _ - may stand in it"),
        "value_error": _("an address or a network such as 10.0.0.0/8 is wanted"),
        "model_type": _("this is a section, written [name] on a line of its own"),
        "tuple_type": _("a list is wanted"),
    }.get(problem["type"])
    return told.format(**limits) if told else str(problem["msg"])


def _unknown(file: Path | str, name: str) -> str:
    near = difflib.get_close_matches(name, names(), n=1, cutoff=0.5)
    hint = _("Did you mean {name}?").format(name=near[0]) if near else _("docs/operating.md lists every setting.")
    return _("{file}: there is no setting {name}. {hint}").format(file=file, name=name, hint=hint)


def names() -> tuple[str, ...]:
    """Every setting's dotted name, in order, e.g. `front.port`."""
    found = []
    for section, section_field in PaperConfig.model_fields.items():
        kind = section_field.annotation
        if isinstance(kind, type) and issubclass(kind, _Section):
            found += [f"{section}.{key}" for key in kind.model_fields]
    return tuple(found)
