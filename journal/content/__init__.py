"""Guides, skills, the agreement and crisis lines: all of them data, read once and never changed."""
