"""What `make` runs to set a machine up. Standard library only: nothing is installed yet."""
