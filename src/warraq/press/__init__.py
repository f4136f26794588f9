"""Press: an engine that turns Changes into public files. It knows Sheets, not articles.

Owns: Change, SheetRecord, KeyRead, Trace, and the pressed tree. Reads: what sheet kinds render.
Writes: the pressed tree and the ledger. Presses: what other rooms register.
`layout` imports no Django: the front shares it.
"""
