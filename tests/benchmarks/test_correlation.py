"""Spearman and Kendall, against their definitions and values that are known."""

from __future__ import annotations

import math
from itertools import combinations
from random import Random

import pytest
from correlation import kendall, spearman


def test_the_same_order_is_one_and_the_reverse_minus_one():
    values = [3, 1, 4, 1.5, 9, 2.6]
    assert spearman(values, [10 * value for value in values]) == pytest.approx(1)
    assert kendall(values, [10 * value for value in values]) == pytest.approx(1)
    assert spearman(values, [-value for value in values]) == pytest.approx(-1)
    assert kendall(values, [-value for value in values]) == pytest.approx(-1)


def test_spearman_of_a_known_example():
    # Intelligence and hours before the television: the example in most textbooks.
    scores = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    assert spearman(scores, hours) == pytest.approx(-29 / 165)


def test_kendall_with_ties_is_what_its_definition_counts():
    random = Random(7)
    first, second = [random.randrange(6) for _ in range(60)], [random.randrange(9) for _ in range(60)]
    score = in_first = in_second = 0
    for a, b in combinations(range(60), 2):
        x, y = first[a] - first[b], second[a] - second[b]
        score += (x * y > 0) - (x * y < 0)
        in_first += x != 0
        in_second += y != 0
    assert kendall(first, second) == pytest.approx(score / math.sqrt(in_first * in_second))


def test_nothing_is_said_of_values_that_are_all_equal():
    assert math.isnan(spearman([1, 1, 1], [1, 2, 3]))
    assert math.isnan(kendall([1, 1, 1], [1, 2, 3]))
