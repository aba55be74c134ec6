"""What `journal demo` says: who can sign in, and what to try as them."""

from collections.abc import Iterator

from journal.demo.people import CODE, PASSWORD
from journal.demo.service import sign_ins


def notice(public_url: str, *, fresh: bool) -> Iterator[str]:
    """The lines to print.

    :param fresh: whether the clinic was filled now; an older one keeps its dates.
    """
    people = sign_ins()
    who = max(len(one.name) for one in people)
    where = max(len(one.email) for one in people)
    yield "The demo clinic is ready. Nobody in it exists."
    yield ""
    for one in people:
        yield f"  {one.name:{who}}  {one.email:{where}}  {one.role.value}"
        yield f"  {'':{who}}  {one.tries}"
    yield ""
    yield f"Password for all of them: {PASSWORD}"
    yield f"Code for all of them:     {CODE}   (taken on localhost alone)"
    yield f"Open {public_url} and sign in. Patients and therapists use the same page."
    if not fresh:
        yield ""
        yield "It was here already and was kept. Its dates lie around the day it was made."
        yield "To make it anew, stop the server, delete the database and start again."
