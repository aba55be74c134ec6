"""What every test may ask for: a database of each kind, and people with strangers around them."""

pytest_plugins = [
    "tests.once",
    "tests.processes",
    "tests.databases",
    "tests.worlds",
    "tests.commands",
    "tests.waiting",
]
