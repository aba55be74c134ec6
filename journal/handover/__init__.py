"""Hand over: the one place where a journal and a grant meet.

Acting as the patient, it opens one entry with the patient's key, cuts out what the patient chose
and puts the copy in under the grant's key. Neither side can do that alone: the journal knows no
reader, and the therapist's side cannot see the journal.
"""
