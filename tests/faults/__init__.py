"""Faults: what is left, and what readers get, when processes are killed, the power is cut and disks fail.

stage      a small paper, struck again and again; what must hold after each case
striking   strace: a kill or an error at the nth call
nursery    Django in memory, a forked child for each case; scenes and at_work are what the children do
reading    readers, through the real front; what they may get
kills      a scene played once for each place where a fault can strike
load       kills at random under load
posting    a crowd of readers whose reads are all to be counted
reads      kills at random while they come in
power      power cuts, on a recorded disk; power_reads, of a front that takes reads
flood      floods and slow connections while people read; flooding makes them, people are who must be served
disk       a disk that really fills up
plants     bugs that the detectors must find

Tests take a few places of each; `make faults` takes all of them and writes `benchmarks/results/faults.json`.
"""
