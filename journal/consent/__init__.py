"""Standing consent to one named therapist, and the ledger it is derived from."""
