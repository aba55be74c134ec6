"""What can be kept as a file: the page a patient handed over, and the receipt of a consent.

A file is made of the same data as the screen, in memory, and leaves at once: nothing of it is kept
here. The library that sets it is loaded when the first one is asked for, not at the start.
"""
