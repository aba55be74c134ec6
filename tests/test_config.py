"""Settings are complete or refused, and never show a secret."""

import base64
import dataclasses

import pytest

from journal.config import BadSettings, Settings, master_keys, read_env_file

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
ENOUGH = {
    "JOURNAL_DATABASE_URL": "sqlite:///x.db",
    "JOURNAL_SECRET_KEY": "s" * 32,
    "JOURNAL_MASTER_KEYS": f"m1:{KEY}",
}


def test_three_settings_are_enough():
    settings = Settings.from_env(ENOUGH)
    assert settings.database_url == "sqlite:///x.db"
    assert settings.master_keys == {"m1": b"k" * 32}
    assert settings.public_url == "http://localhost:8000"
    assert not settings.secure_cookies


@pytest.mark.parametrize("name", ENOUGH)
def test_a_missing_setting_is_named(name):
    env = {key: value for key, value in ENOUGH.items() if key != name}
    with pytest.raises(BadSettings, match=name):
        Settings.from_env(env)


def test_a_short_secret_is_refused():
    with pytest.raises(BadSettings, match="32 characters"):
        Settings.from_env(ENOUGH | {"JOURNAL_SECRET_KEY": "s" * 31})


@pytest.mark.parametrize(
    "url", ["http://journal.example.org", "http://127.0.0.1:8000", "ftp://x", "", "localhost"]
)
def test_plain_http_is_for_localhost_alone(url):
    with pytest.raises(BadSettings, match="https"):
        Settings.from_env(ENOUGH | {"JOURNAL_PUBLIC_URL": url})


def test_https_makes_cookies_secure():
    settings = Settings.from_env(ENOUGH | {"JOURNAL_PUBLIC_URL": "https://journal.example.org/"})
    assert settings.secure_cookies
    assert settings.public_url == "https://journal.example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "https://Journal.Example.ORG/",
        "HTTPS://journal.example.org:443",
        "https://journal.example.org:443/",
    ],
)
def test_the_address_is_the_one_that_browsers_say(typed):
    """Every write is compared with it to the letter, and so is every passkey."""
    settings = Settings.from_env(ENOUGH | {"JOURNAL_PUBLIC_URL": typed})
    assert settings.public_url == "https://journal.example.org"


def test_the_first_master_key_wraps():
    assert list(master_keys(f"new:{KEY}, old:{OTHER}")) == ["new", "old"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no key"),
        (" , ", "no key"),
        ("m1", "no name"),
        ("m1:", "no name"),
        (KEY, "no name"),
        ("m1:not base64!", "not base64"),
        (f"m1:{base64.b64encode(b'k' * 31).decode()}", "32 bytes"),
        (f"m1:{KEY},m1:{OTHER}", "twice"),
        (f":{KEY}", "no name"),
    ],
)
def test_a_broken_master_key_is_refused(text, fault):
    with pytest.raises(BadSettings, match=fault):
        master_keys(text)


@pytest.mark.parametrize("bad", [f"m1:{KEY[:-4]}", f"m1:{KEY}!", f"m1:{KEY},m1:{OTHER}", KEY])
def test_a_refusal_does_not_repeat_the_key(bad):
    with pytest.raises(BadSettings) as caught:
        master_keys(bad)
    assert KEY[:12] not in str(caught.value)
    assert caught.value.__cause__ is None


def test_media_lie_beside_a_sqlite_database_unless_it_is_said_otherwise():
    env = ENOUGH | {"JOURNAL_DATABASE_URL": "sqlite:////srv/journal/x.db"}
    media = Settings.from_env(env).media
    assert (media.store, media.bucket, media.quota) == ("/srv/journal/media", None, 2 * 1024**3)
    elsewhere = Settings.from_env(env | {"JOURNAL_MEDIA_STORE": "/mnt/media"}).media
    assert elsewhere.store == "/mnt/media"
    postgresql = env | {"JOURNAL_DATABASE_URL": "postgresql+psycopg://journal@db/journal"}
    assert Settings.from_env(postgresql).media.store == "var/media"


def test_media_lie_in_an_s3_store_when_it_is_named():
    said = {
        "JOURNAL_MEDIA_STORE": "s3://clinic-media/journal",
        "JOURNAL_MEDIA_QUOTA": "1000",
        "JOURNAL_MEDIA_S3_ENDPOINT": "https://s3.example.org",
        "JOURNAL_MEDIA_S3_REGION": "eu-1",
        "JOURNAL_MEDIA_S3_KEY": "name",
        "JOURNAL_MEDIA_S3_SECRET": "kkkk-secret",
    }
    media = Settings.from_env(ENOUGH | said).media
    assert (media.bucket, media.quota, media.s3_endpoint, media.s3_region) == (
        "clinic-media",
        1000,
        "https://s3.example.org",
        "eu-1",
    )
    assert "kkkk" not in repr(media)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JOURNAL_MEDIA_STORE", "s3:///journal"),
        ("JOURNAL_MEDIA_STORE", "s3:media"),
        ("JOURNAL_MEDIA_QUOTA", "2 GB"),
        ("JOURNAL_MEDIA_QUOTA", "-1"),
    ],
)
def test_a_media_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(BadSettings, match=name):
        Settings.from_env(ENOUGH | {name: value})


def test_settings_do_not_show_secrets():
    shown = repr(Settings.from_env(ENOUGH))
    assert "ssss" not in shown
    assert "kkkk" not in shown


def test_settings_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings.from_env(ENOUGH).secret_key = "t" * 32


def test_a_settings_file_is_lines_of_names_and_values(tmp_path):
    file = tmp_path / "journal.env"
    file.write_text("# a comment=1\n\n  # b=2\nA = one two \nB=x=y==\nno separator\n")
    assert read_env_file(file) == {"A": "one two", "B": "x=y=="}


def test_the_least_edition_of_the_app_is_a_whole_number():
    assert Settings.from_env(ENOUGH).minimum_app == 0
    assert Settings.from_env(ENOUGH | {"JOURNAL_MINIMUM_APP": "3"}).minimum_app == 3
    for wrong in ("-1", "two", "1.5", "²"):
        with pytest.raises(BadSettings, match="JOURNAL_MINIMUM_APP"):
            Settings.from_env(ENOUGH | {"JOURNAL_MINIMUM_APP": wrong})
