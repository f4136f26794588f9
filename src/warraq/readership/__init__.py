"""Readership: how often each article was read.

Owns: ReadHour, RecentVisit, SetAside. Reads: the read spool. Writes: hour buckets.
Presses: nothing itself; the counts of "most read".
"""
