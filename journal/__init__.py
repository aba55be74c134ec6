"""Integration Journal: write, hand over, read, take back."""
