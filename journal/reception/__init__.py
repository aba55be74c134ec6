"""An admin at the clinic's desk: its settings, dosing sessions and appointments. No words."""
