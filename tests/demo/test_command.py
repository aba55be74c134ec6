"""`journal demo` at a terminal."""

import re

import pytest
from click.testing import CliRunner

from journal import demo
from journal.cli import main
from journal.demo import sign_ins


@pytest.fixture
def run(tmp_path, monkeypatch, quick):
    for name in ("DATABASE_URL", "SECRET_KEY", "MASTER_KEYS"):
        monkeypatch.delenv(f"JOURNAL_{name}", raising=False)
    env_file = tmp_path / "journal.env"

    def command(*words: str):
        return CliRunner().invoke(main, ["--env-file", str(env_file), *words])

    assert command("init").exit_code == 0
    return command


def test_it_fills_then_keeps_and_prints_the_sign_ins_both_times(run):
    first, second = run("demo"), run("demo")
    for done in (first, second):
        assert done.exit_code == 0, done.output
        for one in sign_ins():
            assert re.search(rf"{one.name} +{one.email} +{one.role.value}", done.output)
            assert one.tries in done.output
        assert done.output.count(demo.PASSWORD) == 1
        assert done.output.count(demo.CODE) == 1
        assert "http://localhost:8000" in done.output
    assert "kept" not in first.output
    assert "kept" in second.output
    assert run("check").exit_code == 0


def test_it_stays_out_of_a_database_with_other_people(run, monkeypatch):
    monkeypatch.setattr(demo.service, "CLINIC_ID", demo.ids.made_id("another clinic"))
    assert run("demo").exit_code == 0
    refused = run("demo")
    assert refused.exit_code == 1
    assert "people of its own" in refused.output
    assert demo.PASSWORD not in refused.output
