"""What operations refuse. Every message says what is wrong, what was kept, and what to do.

OperationsError
├── Occupied          the folder is a paper already, or holds something else
├── AlreadyRunning    another process runs this part of this paper
├── PortInUse         another program answers on a port that a part needs
├── WrongFolder       a further front is to run where a pressroom belongs, or the other way round
├── NotWritable       the paper's folder cannot be written
├── NoSecret          what signs the staff's sessions is missing
├── NewerDatabase     a newer Warraq wrote this database
├── OlderDatabase     the database is absent, or not yet of this version
├── UnfitDatabase     a PostgreSQL that sorts or writes text otherwise, or is too old
├── NoCopy            PostgreSQL's pg_dump, which copies before an upgrade, is missing or fails
├── BadBackup         the file is no backup, or a damaged one, or one that does not fit
├── BadContent        the demonstration's files are wrong
└── UserRefused       a name or a password that is not taken
"""


class OperationsError(Exception):
    pass


class Occupied(OperationsError):
    pass


class AlreadyRunning(OperationsError):
    pass


class PortInUse(OperationsError):
    pass


class BadCertificate(OperationsError):
    pass


class WrongFolder(OperationsError):
    pass


class NotWritable(OperationsError):
    pass


class NoSecret(OperationsError):
    pass


class NewerDatabase(OperationsError):
    pass


class OlderDatabase(OperationsError):
    pass


class UnfitDatabase(OperationsError):
    pass


class NoCopy(OperationsError):
    pass


class BadBackup(OperationsError):
    pass


class BadContent(OperationsError):
    pass


class UserRefused(OperationsError):
    pass
