# What we use of Flask-Login, which brings no types.
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

F = TypeVar("F", bound=Callable[..., Any])

current_user: Any

def login_user(user: Any) -> bool: ...
def logout_user() -> bool: ...

class LoginManager:
    session_protection: str | None
    def init_app(self, app: Flask) -> None: ...
    def user_loader(self, callback: F) -> F: ...
