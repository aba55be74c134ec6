"""Finding words in what was handed over and may be read now, and in nothing else."""
