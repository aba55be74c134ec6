"""What a process works out once for all its tests, though each makes an application of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.routing import Rule

Built = Callable[..., tuple[str, str]]
BUILDERS: dict[tuple[Any, ...], Built] = {}
compiled = Rule._compile_builder


def compile_once(rule: Rule, append_unknown: bool = True) -> Built:
    """What makes addresses of a route, taken over from an equal route of an earlier application.

    It takes the rule it works for as an argument: nothing of the earlier one is in it. To compile
    it anew is a quarter of what making an application costs (decision 0036).
    """
    if rule.defaults:  # then values of this very rule are in it
        return compiled(rule, append_unknown)
    of = (rule.rule, rule.host, rule.subdomain, tuple(rule._trace), append_unknown)
    if of not in BUILDERS:
        BUILDERS[of] = compiled(rule, append_unknown)
    return BUILDERS[of]


def pytest_configure(config: pytest.Config) -> None:
    Rule._compile_builder = compile_once
