"""A front that takes reads on the disk whose power is cut; run by the recorder of power cuts.

    python -m tests.faults.power_reads_workload FOLDER TEMPLATE --seconds S [--plant BUG]

Acknowledges each read, with the time, when the front has answered it with 204.
"""

from __future__ import annotations

import argparse
import importlib
import mmap
import os
import shutil
import time
from pathlib import Path

from tests.faults.posting import Crowd
from tests.faults.reads import FrontServer

A_SECOND = 2_000
BLOCK, PAUSE_SECONDS = 4096, 0.005
"""What other programs write meanwhile, and how often: the power is cut at one of the disk's writes, and these come at
any time."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("template", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--plant", default="")
    words = parser.parse_args()
    paper = words.folder / "paper"
    shutil.copytree(words.template, paper)
    others = os.open(words.folder / "others", os.O_CREAT | os.O_RDWR | os.O_DIRECT)
    os.posix_fallocate(others, 0, BLOCK)
    block = mmap.mmap(-1, BLOCK)  # aligned, as a direct write wants it
    os.sync()
    ack = importlib.import_module("ack").ack

    def told(number: int) -> None:
        ack(f"{number}:{time.monotonic_ns() // 1_000_000}")

    front = FrontServer(paper, plant=words.plant)
    front.start()
    try:
        front.wait()
        reads = int(words.seconds * A_SECOND)
        crowd = Crowd(front.port, [], reads, article_of=lambda number: number + 1, a_second=A_SECOND, told=told)
        crowd.start()
        while crowd.is_alive():
            os.pwritev(others, [block], 0)
            time.sleep(PAUSE_SECONDS)
    finally:
        front.kill()


if __name__ == "__main__":
    main()
