"""The shipped rules for who serves readers without a proxy, in a network of their own where the system allows one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "deploy" / "nftables.conf"
MOST = 1000
KNOCK = """
import socket, subprocess, sys

subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
subprocess.run(["ip", "address", "add", "2001:db8:0:1::1/128", "dev", "lo"], check=True)
subprocess.run(["ip", "address", "add", "2001:db8:0:1::2/128", "dev", "lo"], check=True)
for _twice in range(2):
    subprocess.run(["nft", "-f", sys.argv[1]], check=True)
door = socket.create_server(("::", 443), family=socket.AF_INET6, backlog=4096, dualstack_ipv6=True)
lines = []

def come(host, source):
    try:
        lines.append(socket.create_connection((host, 443), timeout=10, source_address=(source, 0)))
    except ConnectionRefusedError:
        return False
    return True

def leave():
    while lines:
        lines.pop().close()
        door.accept()[0].close()

crowd = [come("127.0.0.1", "127.0.0.1") for _ in range(1002)]
print(crowd.count(True), crowd[-2:], come("127.0.0.1", "127.0.0.2"))
household = [come("::1", f"2001:db8:0:1::{1 + number % 2}") for number in range(1002)]
print(household.count(True), household[-2:], come("::1", "::1"))
leave()
print(come("127.0.0.1", "127.0.0.1"), come("::1", "2001:db8:0:1::1"))
"""


def can_have_networks() -> bool:
    tools = all(shutil.which(name) for name in ("nft", "unshare", "ip"))
    words = ["unshare", "--net", "nft", "list", "ruleset"]
    return tools and subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_have_networks(), reason="no nft, or no right to a network of one's own")
def test_one_address_holds_a_thousand_connections_and_others_still_come(tmp_path: Path) -> None:
    assert re.findall(r"count over (\d+)", RULES.read_text()) == [str(MOST)] * 2
    words = ["unshare", "--net", sys.executable, "-c", KNOCK, RULES]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.splitlines() == [
        "1000 [False, False] True",
        "1000 [False, False] True",
        "True True",
    ], done.stderr
