"""A press of a whole paper by several processes, while things happen to it; says in JSON how it went.

WARRAQ_PAPER=… python -m tests.operations.rendering_beside edit|die|nothing [deaf]
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from itertools import count

from warraq.cli.opening import opened


def main(what: str, *, deaf: bool) -> None:
    opened(None)
    from warraq.newsroom.models import Author
    from warraq.press import pool as pools
    from warraq.press import queue, services

    queue.MUCH, queue.LONG_STEP, pools.PART = 5, 12, 3
    beside, ticks = [], count(1)
    rendered = pools.Pool._rendered
    pools.Pool._rendered = lambda self, part, wanted: beside.append(len(wanted)) or rendered(self, part, wanted)  # type: ignore[method-assign, assignment, func-returns-value]
    if deaf:
        pools.Pool.refresh = lambda _self: None  # type: ignore[method-assign]

    def tick() -> None:
        number = next(ticks)
        if number % 20 == 0:
            time.sleep(0.3)  # they are ahead now
        if what == "edit" and number % 20 == 0 and number < 120:
            author = Author.objects.order_by("pk")[number // 20 % 4]
            author.name += f" {number}"
            author.save()
        if what == "die" and number == 40:
            for pid in pool._executor._processes:  # type: ignore[union-attr]
                os.kill(pid, signal.SIGKILL)

    with pools.Pool(2) as pool:
        pool._start()
        pool._started.result(60)  # type: ignore[union-attr]
        report = services.press_all(tick=tick, pool=pool)
        died = pool._died_at > 0
    drift = services.verify(mend=False).drift
    print(json.dumps({"rendered": report.sheets_rendered, "beside": sum(beside), "died": died, "drift": drift}))


if __name__ == "__main__":
    main(sys.argv[1], deaf="deaf" in sys.argv)
