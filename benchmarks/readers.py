"""Who reads, and from where: people behind a carrier's few addresses, in households and offices, and their browsers."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from random import Random

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0"
REDUCED = f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36"
"""What every newer Chrome on Android says of itself, whatever the telephone."""
AGENTS = (
    (40, REDUCED.format(141)),
    (12, REDUCED.format(140)),
    (5, REDUCED.format(138)),
    (9, f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME.format(141)} Safari/537.36"),
    (3, "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"),
    (2, "Mozilla/5.0 (Android 13; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"),
)
"""(share, agent) of readers in a hundred; the others' agents name their telephone."""
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/{} Mobile/15E148 Safari/604.1"
)
SAMSUNG = (
    "Mozilla/5.0 (Linux; Android {}; SM-A{}5F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/{}.0 "
    "Chrome/121.0.0.0 Mobile Safari/537.36"
)
IN_APP = (
    "Mozilla/5.0 (Linux; Android {}; SM-A{}5F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/141.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/{}.0.0;]"
)
ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Applebot/0.1; +http://www.apple.com/go/applebot)",
)
CARRIERS_ADDRESSES = 4
"""All in one /24; a reader keeps one for a day."""
REDUCED_BEHIND_CARRIER = 0.7
"""Of those behind the carrier, who have the newest Chrome and so the very same agent."""
FEWEST, MOST = 2, 40
"""Readers on one address of a household or an office."""
IN_A_NETWORK = 8
"""Households and offices with readers of the paper in one /24, for half of them; the others lie alone in theirs."""
ACTIVITY = 1.3
"""Pareto's exponent of how much one reads: a fifth of the people read more than half."""


class People:
    """Numbered from 1. `agents` and `homes` are by number; a home is an address, empty behind the carrier."""

    def __init__(self, *, count: int, carrier: float, seed: int) -> None:
        random = Random(f"people {seed}")
        self.agents, self.homes = [""], [""]
        behind = round(count * carrier)
        for _number in range(behind):
            self.agents.append(REDUCED.format(141) if random.random() < REDUCED_BEHIND_CARRIER else agent(random))
            self.homes.append("")
        sizes, weights = range(FEWEST, MOST + 1), [size**-1.5 for size in range(FEWEST, MOST + 1)]
        home = 0
        while len(self.homes) <= count:
            for _one in range(min(random.choices(sizes, weights)[0], count + 1 - len(self.homes))):
                self.agents.append(agent(random))
                self.homes.append(_address(home))
            home += 1
        # Twenty times the usual at most, or one person alone would be a paper's readers.
        self._ends = list(accumulate(min(random.paretovariate(ACTIVITY), 20.0) for _ in range(count)))

    def anybody(self, random: Random) -> int:
        """Somebody who reads now: those who read much more often."""
        return 1 + min(bisect_right(self._ends, random.random() * self._ends[-1]), len(self._ends) - 1)

    def address(self, person: int, day: int) -> str:
        return self.homes[person] or carriers(person * 7 + day * 3)


def carriers(number: int) -> str:
    """One of the carrier's addresses."""
    return f"198.51.100.{1 + number % CARRIERS_ADDRESSES}"


def _address(home: int) -> str:
    number, is_alone = divmod(home, 2)
    network, place = (number, 0) if is_alone else divmod(number, IN_A_NETWORK)
    return f"10.{128 * is_alone + (network >> 8 & 127)}.{network & 255}.{7 + 20 * place}"


def agent(random: Random) -> str:
    """A reader's, in the frequencies above."""
    at = random.random() * 100
    for share, known in AGENTS:
        at -= share
        if at < 0:
            return known
    version, model, app = random.randint(10, 15), random.randint(0, 7), random.randint(480, 530)
    if at < 12:
        system = random.choice(("16_6", "17_5", "17_6", "18_1", "18_6"))
        return IPHONE.format(system, system.replace("_", "."))
    return (SAMSUNG if at < 20 else IN_APP).format(version, model, app if at >= 20 else app % 8 + 20)
