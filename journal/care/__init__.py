"""Clinics, who is treated by whom, dosing sessions, appointments, and the stage they add up to."""
