"""An open screen of a therapist hears within seconds that what it may show has changed."""
