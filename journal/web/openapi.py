"""The OpenAPI 3.1 document: made from the routes, with what every route has in common added."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
from flask import Blueprint as PlainBlueprint
from flask import Flask, Response, current_app
from flask_smorest import Api

from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.wire import ProblemSchema, json_bytes

bp = PlainBlueprint("openapi", __name__)

PROBLEM = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}
COMMON = {
    "400": "The request cannot be read",
    "401": "Nobody is signed in",
    "403": "Not for this role, or not from our own pages",
    "404": "Absent, or not yours",
    "413": "Too large",
    "415": "Not JSON",
    "422": "Some fields do not fit",
}


class JournalApi(Api):
    """flask-smorest with our error shape and no pages of its own."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to `web.problems`, which answers them in one place."""


def init_app(app: Flask, *, title: str, version: str, features: tuple[Blueprint, ...]) -> None:
    """Register the features' routes and serve the document that describes them."""
    for feature in features:
        app.register_blueprint(feature)
    app.register_blueprint(bp)
    app.extensions["journal.openapi"] = cache(
        lambda: _document(app, _described(features, title=title, version=version))
    )


@bp.get("/api/openapi.json")
@endpoint(Public.ANYONE, database=False)
def document() -> Response:
    """What this server speaks."""
    return json_bytes(orjson.dumps(current_app.extensions["journal.openapi"]()))


def _described(features: tuple[Blueprint, ...], *, title: str, version: str) -> dict[str, Any]:
    """What flask-smorest says of the routes.

    It describes routes as it registers them, which takes longer than all the rest of a start:
    so they are registered once more, in an application of its own, when somebody asks.
    """
    apart = Flask(__name__, static_folder=None)
    apart.config.update(API_TITLE=title, API_VERSION=version, OPENAPI_VERSION="3.1.0")
    api = JournalApi(apart)
    for feature in features:
        api.register_blueprint(feature)
    spec: dict[str, Any] = orjson.loads(
        orjson.dumps(api.spec.to_dict(), option=orjson.OPT_NON_STR_KEYS)
    )
    return spec


def _document(app: Flask, spec: dict[str, Any]) -> dict[str, Any]:
    """The description with what every route has in common."""
    components = spec["components"]
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": app.config["SESSION_COOKIE_NAME"]}
    }
    audiences = {
        (str(rule), method.lower()): sorted(app.view_functions[rule.endpoint].audience)  # type: ignore[union-attr]
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    by_path = {(_as_path(rule), method): who for (rule, method), who in audiences.items()}
    for path, method, operation in _operations(spec):
        _complete(path, method, operation, by_path[path, method])
    return spec


def _operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield path, method, operation


def _complete(path: str, method: str, operation: dict[str, Any], audience: list[str]) -> None:
    """Add who may call, what every route can answer, and the media type of errors."""
    public = Public.ANYONE in audience
    operation["x-audience"] = audience
    operation["security"] = [] if public else [{"session": []}]
    responses = operation["responses"]
    responses.pop("default", None)
    for status in _possible(path, method, public=public):
        old = responses.get(status, {})
        if "content" not in old:
            description = old.get("description", COMMON[status])
            responses[status] = {"description": description, **PROBLEM}
    for status, answer in responses.items():
        if status >= "400":
            _as_problem(answer)


def _possible(path: str, method: str, *, public: bool) -> Iterator[str]:
    """The errors of `COMMON` that a route of this kind can answer with."""
    yield from ("400", "422")
    if not public:
        yield from ("401", "403")
    elif method != "get":
        yield "403"
    if method in {"post", "put"}:
        yield from ("413", "415")
    if "{" in path:
        yield "404"


def _as_problem(answer: dict[str, Any]) -> None:
    content = answer.setdefault("content", dict(PROBLEM["content"]))
    if "application/json" in content:
        content["application/problem+json"] = content.pop("application/json")


def _as_path(rule: str) -> str:
    """`/api/x/<uuid:id>` as OpenAPI writes it."""
    steps = rule.replace("<", "{").replace(">", "}").split("/")
    return "/".join(
        "{" + step[1:-1].rpartition(":")[2] + "}" if step.startswith("{") else step
        for step in steps
    )
