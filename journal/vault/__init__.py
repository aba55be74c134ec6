"""Sealing words and keeping the keys that open them."""
