"""Operations: what one person runs a paper with.

Owns: demonstration paper, supervision, backup, restore, doctor.
Reads: everything. Writes: through the verbs of the rooms below. Presses: nothing.
"""
