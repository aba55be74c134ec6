"""From nothing to a clinic with a link for its first admin."""
