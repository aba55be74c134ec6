"""Settings: one frozen value made from the environment, complete or refused at start."""

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

STATIC = Path(__file__).with_name("static")


class BadSettings(Exception):
    """A setting is missing or cannot be used; the message names it and holds no secret."""


GIB = 1024**3


@dataclass(frozen=True, kw_only=True)
class Media:
    """Where recordings and photos lie: a folder, or `s3://bucket/prefix`."""

    store: str = "var/media"
    quota: int = 2 * GIB
    """Bytes that one patient may have."""
    s3_endpoint: str | None = None
    s3_region: str | None = None
    s3_key: str | None = field(default=None, repr=False)
    s3_secret: str | None = field(default=None, repr=False)
    """Without them the library looks where it always does."""

    @property
    def bucket(self) -> str | None:
        """The bucket of an S3 store, None for a folder."""
        parts = urlsplit(self.store)
        return parts.netloc if parts.scheme == "s3" else None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Media":
        """Read `JOURNAL_MEDIA_*`; without any, media lie beside a SQLite database.

        :raises BadSettings: the quota is not a number, or the bucket has no name.
        """
        _, sqlite, file = env.get("JOURNAL_DATABASE_URL", "").partition("sqlite:///")
        beside = str(Path(file).parent / "media") if sqlite and file else cls.store
        store = env.get("JOURNAL_MEDIA_STORE") or beside
        if store.startswith("s3:") and not urlsplit(store).netloc:
            raise BadSettings("JOURNAL_MEDIA_STORE: s3://bucket or s3://bucket/prefix")
        return cls(
            store=store,
            quota=whole_number(env, "JOURNAL_MEDIA_QUOTA", cls.quota),
            s3_endpoint=env.get("JOURNAL_MEDIA_S3_ENDPOINT"),
            s3_region=env.get("JOURNAL_MEDIA_S3_REGION"),
            s3_key=env.get("JOURNAL_MEDIA_S3_KEY"),
            s3_secret=env.get("JOURNAL_MEDIA_S3_SECRET"),
        )


@dataclass(frozen=True, kw_only=True)
class Devices:
    """On how many devices somebody may be signed in at once; the longest unused makes room."""

    patient: int = 5
    staff: int = 2

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Devices":
        """Read `JOURNAL_PATIENT_DEVICES` and `JOURNAL_STAFF_DEVICES`.

        :raises BadSettings: not a whole number, or none at all.
        """
        found = cls(
            patient=whole_number(env, "JOURNAL_PATIENT_DEVICES", cls.patient),
            staff=whole_number(env, "JOURNAL_STAFF_DEVICES", cls.staff),
        )
        if not (found.patient and found.staff):
            raise BadSettings("JOURNAL_PATIENT_DEVICES, JOURNAL_STAFF_DEVICES: at least 1")
        return found


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the process needs to know before it starts."""

    database_url: str
    secret_key: str = field(repr=False)
    """Signs the session cookie and keys the look-up of e-mail addresses."""
    master_keys: Mapping[str, bytes] = field(repr=False)
    """Id to 32-byte key. The first wraps new data keys; all of them unwrap."""
    public_url: str = "http://localhost:8000"
    static_folder: Path = STATIC
    media: Media = Media()
    devices: Devices = Devices()
    minimum_app: int = 0
    """The least edition of the app that words are taken from; 0 takes every one."""

    @property
    def secure_cookies(self) -> bool:
        """Whether the cookie may travel over HTTPS alone; plain HTTP is for localhost."""
        return urlsplit(self.public_url).scheme == "https"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read `JOURNAL_*`.

        :raises BadSettings: a secret is missing or malformed; there are no default secrets.
        """
        try:
            secret = env["JOURNAL_SECRET_KEY"]
            database_url = env["JOURNAL_DATABASE_URL"]
            masters = master_keys(env["JOURNAL_MASTER_KEYS"])
        except KeyError as missing:
            raise BadSettings(f"{missing.args[0]} is not set; see docs/operating.md") from None
        if len(secret) < 32:
            raise BadSettings("JOURNAL_SECRET_KEY needs at least 32 characters")
        # As browsers say it: what they send is compared with it to the letter.
        public_url = env.get("JOURNAL_PUBLIC_URL", cls.public_url).rstrip("/").lower()
        parts = urlsplit(public_url)
        if parts.scheme != "https" and parts.hostname != "localhost":
            raise BadSettings("JOURNAL_PUBLIC_URL must be https, or http on localhost")
        public_url = public_url.removesuffix(f":{443 if parts.scheme == 'https' else 80}")
        return cls(
            database_url=database_url,
            secret_key=secret,
            master_keys=masters,
            public_url=public_url,
            static_folder=Path(env.get("JOURNAL_STATIC_FOLDER", str(cls.static_folder))),
            media=Media.from_env(env),
            devices=Devices.from_env(env),
            minimum_app=whole_number(env, "JOURNAL_MINIMUM_APP"),
        )


def whole_number(env: Mapping[str, str], name: str, default: int = 0) -> int:
    """Read a setting that counts something.

    :raises BadSettings: it is set and is no whole number.
    """
    text = env.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit()):
        raise BadSettings(f"{name} is not a whole number")
    return int(text)


def master_keys(text: str) -> dict[str, bytes]:
    """Parse `id:base64key[,id:base64key…]`; the first is the one that wraps.

    :raises BadSettings: a key that is not 32 bytes, has no name or a name twice; no key at all.
    """
    keys: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, encoded = part.partition(":")
        if not (name and encoded):  # what stands there may be the key itself
            raise BadSettings("JOURNAL_MASTER_KEYS: a key has no name")
        if name in keys:
            raise BadSettings(f"JOURNAL_MASTER_KEYS: key {name!r} stands twice")
        try:
            keys[name] = base64.b64decode(encoded, validate=True)
        except ValueError:
            raise BadSettings(f"JOURNAL_MASTER_KEYS: key {name!r} is not base64") from None
        if len(keys[name]) != 32:
            raise BadSettings(f"JOURNAL_MASTER_KEYS: key {name!r} is not 32 bytes")
    if not keys:
        raise BadSettings("JOURNAL_MASTER_KEYS holds no key")
    return keys


def make_env_file(path: Path, *, master_name: str) -> None:
    """Make a settings file with fresh secrets and a SQLite database beside it.

    :raises FileExistsError: it is there already; secrets are never written over.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    master = base64.b64encode(os.urandom(32)).decode()
    lines = [
        "# Keep this file apart from backups of the database: it holds the keys.",
        f"JOURNAL_DATABASE_URL=sqlite:///{(path.parent / 'journal.db').resolve()}",
        f"JOURNAL_SECRET_KEY={secrets.token_urlsafe(48)}",
        f"JOURNAL_MASTER_KEYS={master_name}:{master}",
    ]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")


def read_env_file(path: Path) -> dict[str, str]:
    """Read `NAME=value` lines; `#` starts a comment line. Quotes are not special."""
    pairs = {}
    for line in path.read_text("utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not line.lstrip().startswith("#"):
            pairs[name.strip()] = value.strip()
    return pairs
