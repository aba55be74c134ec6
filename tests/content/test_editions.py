import pytest

from journal.content.editions import FOLDERS, LOCK, lock_faults, render_lock
from journal.content.library import DATA


def test_the_lock_of_the_package_is_whole():
    assert list(lock_faults(DATA)) == []
    assert render_lock(DATA) == (DATA / LOCK).read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["guides/day.1.toml", "skills/gr-room.1.toml", "agreements/share.1.toml"]
)
def test_an_edited_edition_is_found_and_a_new_lock_does_not_hide_it(folder, replace, name):
    replace(name, "the", "tha")
    (folder / LOCK).write_text(render_lock(folder), "utf-8")
    ((file, fault),) = lock_faults(folder)
    assert file == name
    assert "edited" in fault


def test_a_lost_edition_is_found_and_a_new_lock_does_not_hide_it(folder):
    (folder / "guides/free.1.toml").unlink()
    (folder / LOCK).write_text(render_lock(folder), "utf-8")
    ((file, fault),) = lock_faults(folder)
    assert file == "guides/free.1.toml"
    assert "gone" in fault


def test_a_new_edition_waits_for_its_line(folder):
    text = (folder / "guides/free.1.toml").read_text("utf-8")
    (folder / "guides/free.2.toml").write_text(text.replace("edition = 1", "edition = 2"), "utf-8")
    assert [file for file, _ in lock_faults(folder)] == ["guides/free.2.toml"]
    before = (folder / LOCK).read_text("utf-8")
    (folder / LOCK).write_text(render_lock(folder), "utf-8")
    assert list(lock_faults(folder)) == []
    assert set(before.splitlines()) < set((folder / LOCK).read_text("utf-8").splitlines())


def test_without_a_lock_every_edition_is_new(folder):
    (folder / LOCK).unlink()
    files = [file for kind in FOLDERS for file in (folder / kind).glob("*.toml")]
    assert len(list(lock_faults(folder))) == len(files)


def test_comments_and_line_ends_may_change(folder):
    file = folder / "guides/free.1.toml"
    text = "# A new comment.\n" + file.read_text("utf-8")
    file.write_bytes(text.replace("\n", "\r\n").encode())
    assert list(lock_faults(folder)) == []
