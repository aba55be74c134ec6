"""Who is who: accounts, passwords and server-side sessions."""
