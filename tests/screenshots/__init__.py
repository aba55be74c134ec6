"""A picture of every screen at both sizes, light, dark and soft: `make screenshots`."""
