"""The admin's side of the people: who is here, who sees whom, what was read, how the server is."""
