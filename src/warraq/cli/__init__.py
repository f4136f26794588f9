"""The command line: parses, calls one verb, prints; the messages of a refusal.

Owns: nothing. Reads: the paper's configuration. Writes: through the rooms below.
A command's module is loaded when that command is called, and Django only by the commands that need it.
"""

from warraq.cli.root import main

__all__ = ["main"]
