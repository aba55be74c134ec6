"""Recordings, photos and drawings that were handed over: played to those who may read.

The same rule as for words decides, in the one SELECT that finds the copy and its key.
"""
