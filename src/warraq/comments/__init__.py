"""Comments: what readers say under an article.

Owns: Comment, Decision. Reads: the comment spool. Writes: comments and decisions.
Presses: a part of the article; the counts of "most commented".
"""
