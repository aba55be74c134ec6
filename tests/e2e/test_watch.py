"""The watch over every browser test sees what it is there to see."""

import pytest

from tests.e2e.browsing import Watch
from tests.e2e.conftest import PHONE
from tests.e2e.people import sign_in, stored, worker_at_the_door


@pytest.fixture
def own_watch(live, open_page):
    """A second watch, so that the one of the test itself stays silent."""
    return Watch(live.url)


@pytest.mark.console_errors("Content Security Policy", "violates", "ERR_", "Failed to load")
def test_a_request_to_another_origin_is_seen(own_watch, watch, open_page):
    page = open_page(PHONE, bypass_csp=True)
    own_watch.over(page.context)
    page.goto("/")
    page.evaluate("() => fetch('http://elsewhere.invalid/x').catch(() => null)")
    with pytest.raises(AssertionError, match="another origin"):
        own_watch.verify()
    assert [url for url in watch.left if "elsewhere" in url]
    watch.left.clear()


@pytest.mark.console_errors("something broke")
def test_an_error_in_the_console_is_seen(own_watch, phone):
    own_watch.over(phone.context)
    phone.goto("/")
    phone.evaluate("() => console.error('something broke')")
    with pytest.raises(AssertionError, match="in the console"):
        own_watch.verify()


@pytest.mark.console_errors("something threw")
def test_an_uncaught_error_is_seen(own_watch, phone):
    own_watch.over(phone.context)
    phone.goto("/")
    phone.evaluate("() => { setTimeout(() => { throw new Error('something threw') }) }")
    phone.wait_for_timeout(200)
    with pytest.raises(AssertionError, match="in the console"):
        own_watch.verify()


def test_the_workers_requests_are_watched_too(watch, phone):
    seen = []
    phone.context.on("request", lambda request: seen.append(request))
    phone.goto("/")
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    assert [request.url for request in seen if request.service_worker]


@pytest.mark.usefixtures("phone", "desk")
def test_two_sizes_open_side_by_side(phone, desk):
    assert phone.viewport_size["width"] == 390
    assert desk.viewport_size["width"] == 1280


@pytest.mark.screens
def test_where_no_worker_is_nothing_is_said_of_what_it_keeps(phone):
    sign_in(phone, "leo")
    none = "async () => (await navigator.serviceWorker.getRegistration()) === undefined"
    assert phone.evaluate(none)
    for look in (stored, worker_at_the_door):
        with pytest.raises(AssertionError, match="mark this test `whole`"):
            look(phone)
