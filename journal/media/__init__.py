"""Recordings and photos: sent in pieces, sealed one by one, kept in a store beside the database."""
