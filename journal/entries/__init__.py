"""The journal: entries, their revisions, tombstones, and the feed that keeps devices alike.

Everything here belongs to its author. Nobody else is known in this package.
"""
