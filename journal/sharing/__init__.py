"""What was handed over: excerpts under grants, the one door to them, receipts.

This package cannot see the journal: an excerpt is a sealed copy, and the copy is all it has.
"""
