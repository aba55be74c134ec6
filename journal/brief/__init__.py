"""The page both people read before an appointment, and a therapist's day.

It acts for the one who reads and gets words from the gate alone: it cannot see the journal, and
what acts as the patient (`handover`) cannot see it.
"""
