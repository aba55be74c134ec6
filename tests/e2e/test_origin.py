"""Nothing leaves for elsewhere, and the content policy is there and is not violated."""

import pytest

from tests.e2e.people import sign_in, stored
from tests.e2e.rooms import desk_rooms, enter, rooms_of_leo

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "require-trusted-types-for": "'script'",
}
LISTEN = """() => {
  window.violations = [];
  addEventListener('securitypolicyviolation', (event) => window.violations.push(event.blockedURI));
}"""


def test_a_patients_tour_stays_here(phone, watch, live):
    """Every test is watched for requests to elsewhere; here also what the policy held back."""
    phone.add_init_script(f"({LISTEN})()")
    sign_in(phone, "leo")
    violations = []
    for room in rooms_of_leo(phone)[::3]:
        enter(phone, room)
        violations += phone.evaluate("() => window.violations")
    assert violations == []
    assert len(watch.seen) > 50
    assert all(url.startswith((live.url, "data:", "blob:")) for url in watch.seen)
    assert [url for url in watch.seen if url.endswith("/api/library")]
    assert stored(phone)["cached"]
    assert [path for path in stored(phone)["cached"] if path.startswith(("/api", "/desk"))] == []


def test_a_therapists_whole_tour_stays_here(desk, watch):
    desk.add_init_script(f"({LISTEN})()")
    violations: list[str] = []
    desk_rooms(desk, lambda page: violations.extend(page.evaluate("() => window.violations")))
    assert violations == []
    assert len(watch.seen) > 10


@pytest.mark.parametrize("path", ["/", "/help", "/desk", "/journal", "/sw.js"])
def test_the_policy_comes_with_every_page(desk, path):
    headers = desk.request.get(path).headers
    sent = headers["content-security-policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in sent.split(";") if rule.strip())
    assert {name: rules.get(name) for name in POLICY} == POLICY
    assert "unsafe" not in sent
    assert "http" not in sent.replace("https", "http").replace("upgrade-insecure", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}
