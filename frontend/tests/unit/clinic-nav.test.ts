import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { nav, placeOf } from "../../src/desk/clinic/nav.svelte.ts";
import { note, wasNoted } from "../../src/desk/noted.ts";

it.each([
  ["/desk", { screen: "questions" }],
  ["/desk/", { screen: "questions" }],
  ["/desk/questions/refl", { screen: "guide", id: "refl" }],
  ["/desk/skills", { screen: "skills" }],
  ["/desk/skills/gr-room", { screen: "skill", id: "gr-room" }],
  ["/desk/texts", { screen: "texts" }],
  ["/desk/texts/more", { screen: "nowhere" }],
  ["/desk/invitations", { screen: "part", id: "invitations" }],
  ["/desk/invitations/of/its/own", { screen: "part", id: "invitations" }],
  ["/desk/elsewhere", { screen: "nowhere" }],
  ["/desk/questions/refl/more", { screen: "nowhere" }],
])("%s", (path, place) => expect(placeOf(path)).toEqual(place));

describe("leaving", () => {
  let stop: () => void;
  let close: () => void;
  const draft = { dirty: true, save: () => Promise.resolve(true), drop: () => undefined };

  beforeEach(() => {
    history.replaceState(null, "", "/desk/questions/refl");
    stop = nav.start();
    draft.dirty = true;
    close = nav.editing(draft);
  });
  afterEach(() => {
    nav.asked = null;
    close();
    stop();
  });

  it("is asked about while changes are unsaved", () => {
    nav.go("/desk/skills");
    expect([nav.asked, nav.path]).toEqual(["/desk/skills", "/desk/questions/refl"]);
    draft.dirty = false;
    nav.go("/desk/skills");
    expect([nav.path, location.pathname]).toEqual(["/desk/skills", "/desk/skills"]);
  });

  it("by the back button comes back to the words first", () => {
    history.replaceState(null, "", "/desk");
    dispatchEvent(new PopStateEvent("popstate"));
    expect([nav.asked, location.pathname]).toEqual(["/desk", "/desk/questions/refl"]);
  });

  it("by a link of the desk is ours; by others it is the browser's", () => {
    draft.dirty = false;
    document.body.innerHTML = `<a id="in" href="/desk/texts"></a><a id="out" href="/help"></a>`;
    const click = (id: string) => {
      const event = new MouseEvent("click", { bubbles: true, cancelable: true });
      document.getElementById(id)?.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(click("in")).toBe(true);
    expect(nav.path).toBe("/desk/texts");
    document.addEventListener("click", (event) => event.preventDefault(), { once: true });
    click("out");
    expect(nav.path).toBe("/desk/texts");
  });

  it("by closing the window is asked about by the browser", () => {
    const closing = () => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(closing()).toBe(true);
    draft.dirty = false;
    expect(closing()).toBe(false);
  });
});

describe("the notes on reading", () => {
  beforeEach(() => localStorage.clear());

  it("are remembered for one therapist and one patient", async () => {
    expect(await wasNoted("reyes", "leo")).toBe(false);
    await note("reyes", "leo");
    expect(await wasNoted("reyes", "leo")).toBe(true);
    expect(await wasNoted("reyes", "maya")).toBe(false);
    expect(await wasNoted("okafor", "leo")).toBe(false);
  });

  it("leave no id on the computer, and survive what is not theirs", async () => {
    await note("reyes", "leo");
    const kept = JSON.stringify({ ...localStorage });
    expect(kept).not.toMatch(/reyes|leo/);
    localStorage.setItem("journal.desk.noted", "{broken");
    expect(await wasNoted("reyes", "leo")).toBe(false);
  });
});
