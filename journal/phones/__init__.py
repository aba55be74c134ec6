"""What a phone leaves on the server to stay shut: its drop key, and a share of its PIN lock."""
