"""What several tests of signing in share."""

import pytest

from journal.accounts import passwords
from tests.accounts.proving import Person


@pytest.fixture
def maya(app, database, lived_in):
    """A patient with everything, signed in."""
    one = Person(app, database, lived_in.patient.id, "patient@example.org")
    assert one.passkey().status_code == 200
    return one


@pytest.fixture
def meanwhile(monkeypatch):
    """Have something happen while a password is hashed, which takes long on purpose."""

    def happens(what):
        verify = passwords.verify

        def slowly(*given):
            right = verify(*given)
            monkeypatch.setattr(passwords, "verify", verify)
            what()
            return right

        monkeypatch.setattr(passwords, "verify", slowly)

    return happens
