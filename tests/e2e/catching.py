"""Catching something on the capture screen, in the words that stand on it."""

import hashlib
from base64 import b64decode, b64encode
from contextlib import suppress
from typing import Any

from playwright.sync_api import APIRequestContext, Error, Page, expect

from tests.e2e.people import entries

ON_PHONE = "On this phone, locked."
IN_JOURNAL = "It is in your journal."
WAITS = "It joins your journal when you open it."


def allow_microphone(page: Page) -> None:
    """Granting one permission denies every other, so it is done where somebody speaks."""
    page.context.grant_permissions(["microphone"])


def open_capture(page: Page) -> None:
    page.goto("/capture")
    expect(page.get_by_role("button", name="Speak")).to_be_visible()


def is_kept(page: Page) -> None:
    """What came last is on this phone. (Before anything is, it says where it would stay.)"""
    expect(page.get_by_role("status").get_by_text(ON_PHONE, exact=True)).to_be_visible()


def speak(page: Page, seconds: float) -> None:
    """Begin to speak, and be heard for so long."""
    page.get_by_role("button", name="Speak", exact=True).click()
    expect(page.get_by_role("heading", name="Speak when you like.")).to_be_visible()
    page.wait_for_timeout(seconds * 1000)


def put_down(page: Page, words: str) -> None:
    """Write a few words, kept on this phone."""
    page.get_by_role("button", name="Write").click()
    page.get_by_role("textbox").fill(words)
    is_kept(page)


def take(page: Page, photo: bytes) -> None:
    """Give a photo, as the camera does."""
    page.get_by_role("button", name="A photo").click()
    camera = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page.locator("input[type=file]").set_input_files(camera)


def done(page: Page, *, said: str = IN_JOURNAL) -> None:
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_role("heading", name="Kept.")).to_be_visible()
    expect(page.get_by_text(said)).to_be_visible()


def read_it(page: Page, state: str = "Saved") -> str:
    """Open the newest entry of the journal, once all of it is there; its id."""
    page.goto("/journal")
    row = page.get_by_role("main").get_by_role("listitem").locator("a[href^='/entry/']").first
    expect(row).to_contain_text(state)
    row.click()
    expect(page.get_by_role("link", name="Add a sound, a drawing or a photo")).to_be_visible()
    return page.url.rpartition("/")[2]


def answer_of(api: APIRequestContext, entry: str) -> dict[str, Any]:
    """What the server has of a fragment; it has it once."""
    [found] = [one for one in entries(api) if one["id"] == entry]
    assert found["guide"] == "capture"
    return found["answers"]["capture-01"]


def content_of(api: APIRequestContext, medium: str) -> bytes:
    """The bytes as the server has them: whole, and the ones that were announced."""
    status = api.get(f"/api/media/{medium}").json()
    assert status["complete"]
    body = api.get(f"/api/media/{medium}/content").body()
    assert hashlib.sha256(body).hexdigest() == status["sha256"]
    assert len(body) == status["size"]
    return body


def crash(page: Page) -> None:
    """The process of the page dies at once: no event, no last word."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


PICTURE = """async ([width, height, noise]) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let i = 0; i < image.data.length; i += 4) {
    const value = noise ? Math.random() * 256 : (i >> 8) % 256;
    image.data.set([value, 255 - value, noise ? Math.random() * 256 : 120, 255], i);
  }
  context.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""


def jpeg(page: Page, width: int, height: int, *, noise: bool = False) -> bytes:
    """A photo as a camera writes it: with its make, and where it was taken."""
    plain = b64decode(page.evaluate(PICTURE, [width, height, noise]))
    assert plain[:2] == b"\xff\xd8"
    return plain[:2] + _exif() + plain[2:]


def _exif() -> bytes:
    """Little-endian TIFF: the maker, and a GPS block that says 51° 30' N."""

    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        return (
            tag.to_bytes(2, "little")
            + kind.to_bytes(2, "little")
            + count.to_bytes(4, "little")
            + value.to_bytes(4, "little")
        )

    make = b"PhoneMaker\0"
    ifd_at, gps_at = 8, 8 + 2 + 2 * 12 + 4
    make_at = gps_at + 2 + 2 * 12 + 4
    degrees_at = make_at + len(make) + 1
    ifd = b"\x02\0" + entry(0x010F, 2, len(make), make_at) + entry(0x8825, 4, 1, gps_at) + b"\0" * 4
    north = int.from_bytes(b"N\0\0\0", "little")
    gps = b"\x02\0" + entry(1, 2, 2, north) + entry(2, 5, 3, degrees_at) + b"\0" * 4
    degrees = b"".join(n.to_bytes(4, "little") + b"\x01\0\0\0" for n in (51, 30, 0))
    tiff = b"II*\0" + ifd_at.to_bytes(4, "little") + ifd + gps + make + b"\0" + degrees
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


DECODED = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const context = new OfflineAudioContext(1, 48000, 48000);
  const sound = await context.decodeAudioData(bytes.buffer);
  const samples = sound.getChannelData(0);
  return [sound.duration, samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0)];
}"""


def heard_in(page: Page, sound: bytes) -> tuple[float, float]:
    """How long a recording is, and how loud it gets."""
    duration, peak = page.evaluate(DECODED, b64encode(sound).decode())
    return duration, peak


GROUND = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const blob = new Blob([bytes], { type: 'image/png' });
  const image = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const spots = [[5, 5], [image.width - 6, image.height >> 1], [5, image.height - 6]];
  const at = ([x, y]) => Math.max(...context.getImageData(x, y, 1, 1).data.slice(0, 3));
  return Math.max(...spots.map(at));
}"""


def brightest(page: Page, png: bytes) -> int:
    """The brightest of a few spots of the ground of a screenshot, 0 to 255."""
    return page.evaluate(GROUND, b64encode(png).decode())


def first_frames(page: Page) -> list[bytes]:
    """What is on the screen from the moment on in which the page begins to come."""
    frames = []
    for _ in range(2):
        page.goto("/capture", wait_until="commit")
        for _ in range(2):
            with suppress(Error):  # nothing is painted yet
                frames.append(page.screenshot())
    assert frames
    return frames
