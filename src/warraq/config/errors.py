"""What configuration refuses.

ConfigError
├── NotAPaper         the folder holds no warraq.toml
├── BadSetting        a key or a value is wrong
├── UnsafeSQLite      the SQLite library may lose committed rows
└── Unreachable       the PostgreSQL server does not let us in
"""


class ConfigError(Exception):
    """The message says what is wrong, where, and what to do."""


class NotAPaper(ConfigError):
    pass


class BadSetting(ConfigError):
    pass


class UnsafeSQLite(ConfigError):
    pass


class Unreachable(ConfigError):
    pass
