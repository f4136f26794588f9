"""The recorder's checker: asks the process of the test, which has Django in memory, and exits with its verdict.

python ask_power.py SOCKET MOUNT ACKED
"""

import json
import socket
import sys
from pathlib import Path

address, mount, acked = sys.argv[1:]
tokens = Path(acked).read_text().split()
with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
    line.connect(address)
    with line.makefile("rw") as words:
        words.write(json.dumps({"mount": mount, "acked": tokens}) + "\n")
        words.flush()
        verdict, why = json.loads(words.readline())
print(why)
sys.exit(verdict)
