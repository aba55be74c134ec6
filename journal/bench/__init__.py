"""`journal bench`: our requests beside floors on the same machine in the same minutes.

Absolute times mean little on shared machines; what counts are the ratios of one run.
"""
