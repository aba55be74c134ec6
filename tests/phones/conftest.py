"""A phone of the patient, one of somebody else, and pairs of keys as browsers make them."""

import pytest

from tests.acts import signed_in


@pytest.fixture
def phone(app, lived_in):
    return signed_in(app, lived_in.patient)


@pytest.fixture
def stranger(app, lived_in):
    return signed_in(app, lived_in.other_patient)


@pytest.fixture
def nobody(client_of):
    """A phone whose session has ended."""
    return client_of("anyone")
