"""Every table, in one import, for the history of the schema."""

from journal.accounts import models as accounts
from journal.accounts import proof_models as proofs
from journal.audit import Reading
from journal.care import models as care
from journal.catalog import models as catalog
from journal.consent import models as consent
from journal.entries import models as entries
from journal.invitations import models as invitations
from journal.media import models as media
from journal.phones import models as phones
from journal.roster import models as roster
from journal.sharing import models as sharing
from journal.vault.keys import DataKey

__all__ = [
    "DataKey",
    "Reading",
    "accounts",
    "care",
    "catalog",
    "consent",
    "entries",
    "invitations",
    "media",
    "phones",
    "proofs",
    "roster",
    "sharing",
]
