# What we use of flask-smorest, which brings no types.
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint as FlaskBlueprint
from flask import Flask
from marshmallow import Schema
from webargs.flaskparser import FlaskParser

F = TypeVar("F", bound=Callable[..., Any])

class Blueprint(FlaskBlueprint):
    ARGUMENTS_PARSER: FlaskParser
    def __init__(
        self, name: str, import_name: str, *, url_prefix: str = ..., description: str = ...
    ) -> None: ...
    def arguments(
        self, schema: Schema | type[Schema], *, location: str = ..., **kwargs: Any
    ) -> Callable[[F], Callable[..., Any]]: ...
    def response(
        self,
        status_code: int,
        schema: Schema | type[Schema] | dict[str, Any] | None = ...,
        **kwargs: Any,
    ) -> Callable[[F], Callable[..., Any]]: ...
    def alt_response(
        self,
        status_code: int,
        *,
        schema: Schema | type[Schema] | None = ...,
        description: str | None = ...,
        **kwargs: Any,
    ) -> Callable[[F], Callable[..., Any]]: ...
    def doc(self, **kwargs: Any) -> Callable[[F], Callable[..., Any]]: ...

class Api:
    ERROR_SCHEMA: type[Schema]
    spec: Any
    def __init__(self, app: Flask | None = ...) -> None: ...
    def register_blueprint(self, blueprint: Blueprint, **options: Any) -> None: ...
