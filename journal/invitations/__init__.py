"""One-time links by which a clinic lets somebody in, and what becomes of them."""
