"""Faults: what is left, and what readers get, when processes are killed, the power is cut and disks fail.

stage      a small paper, struck again and again; what must hold after each case
striking   strace: a kill or an error at the nth call
kills      a scene played once for each place where a fault can strike
plants     bugs that the detectors must find

Tests take a few places of each; `make faults` takes all of them and writes `benchmarks/results/faults.json`.
"""
