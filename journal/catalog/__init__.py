"""What a clinic adds to the library: editions of its own, and guides given to one patient."""
