"""What a therapist suggests to one patient, and what the patient finds of it."""
