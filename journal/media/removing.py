"""Removing blobs from the store, and sweeping up what a crash left there."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from journal.media.models import MediaCopy, Medium
from journal.media.opened import room
from journal.media.store import Store

SETTLED = timedelta(days=1)
"""A blob is let be for so long: its row may be about to be written."""

log = logging.getLogger("journal.media")


def remove_after_commit(session: Session, blobs: Sequence[str]) -> None:
    """Remove blobs once this transaction stands; a rollback keeps them."""
    store, waiting = room(session).store, list(blobs)

    def keep(_: Session) -> None:
        waiting.clear()

    def remove(_: Session) -> None:
        for blob in waiting:
            remove_now(store, blob)

    event.listen(session, "after_rollback", keep, once=True)
    event.listen(session, "after_commit", remove, once=True)


def remove_now(store: Store, blob: str) -> None:
    """Remove a blob that no row names; what cannot be removed now is left for the sweep."""
    try:
        store.remove(blob)
    except Exception as error:
        log.warning("left for the sweep: %s", type(error).__name__)


def sweep(session: Session, *, at: datetime) -> int:
    """Remove blobs that no medium and no copy names; return how many there were."""
    store = room(session).store
    old = [name for name, touched in store.names() if touched < at - SETTLED]
    known = {*session.scalars(select(Medium.blob)), *session.scalars(select(MediaCopy.blob))}
    lost = [name for name in old if name not in known]
    for name in lost:
        store.remove(name)
    return len(lost)
