"""What several tests of signing in share."""

import pytest

from journal.accounts import passwords


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
