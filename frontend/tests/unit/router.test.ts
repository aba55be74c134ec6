import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { back, go, here, match, startRouter } from "../../src/app/router.ts";

const routes = [
  { path: "/", name: "now" },
  { path: "/journal", name: "journal" },
  { path: "/entry/:id", name: "entry" },
];

describe("matching", () => {
  it("finds the route and its names", () => {
    expect(match(routes, "/")?.route.name).toBe("now");
    expect(match(routes, "/journal/")?.route.name).toBe("journal");
    expect(match(routes, "/entry/a%20b")?.params).toEqual({ id: "a b" });
    expect(match(routes, "/entry")).toBeNull();
    expect(match(routes, "/entry/%E0%A4%A")).toBeNull();
  });
});

describe("going places", () => {
  let stop: () => void;

  beforeEach(() => {
    history.replaceState(null, "", "/");
    stop = startRouter();
  });
  afterEach(() => stop());

  function click(html: string, init: MouseEventInit = {}): boolean {
    document.body.innerHTML = html;
    const event = new MouseEvent("click", { bubbles: true, cancelable: true, button: 0, ...init });
    // What the router leaves alone must not really be followed here.
    const leave = (left: Event): void => left.preventDefault();
    let followed = false;
    window.addEventListener("click", (seen) => (followed = seen.defaultPrevented), { once: true });
    window.addEventListener("click", leave, { once: true });
    document.querySelector("a")?.dispatchEvent(event);
    return followed;
  }

  it("follows plain links of this app in place", () => {
    expect(click('<a href="/journal?all=1"><b>Journal</b></a>')).toBe(true);
    expect(here.path).toBe("/journal");
    expect(here.query.get("all")).toBe("1");
  });

  it.each([
    ['<a href="/api/help">x</a>', {}],
    ['<a href="/desk">x</a>', {}],
    ['<a href="/desk.html">x</a>', {}],
    ['<a href="tel:988">x</a>', {}],
    ['<a href="https://example.org/">x</a>', {}],
    ['<a href="/journal" target="_blank">x</a>', {}],
    ['<a href="/file" download>x</a>', {}],
    ['<a href="#part">x</a>', {}],
    ['<a href="/journal">x</a>', { ctrlKey: true }],
    ['<a href="/journal">x</a>', { button: 1 }],
  ])("leaves %s alone (%o)", (html, init) => {
    expect(click(html, init)).toBe(false);
    expect(here.path).toBe("/");
  });

  it("goes back only within the app", () => {
    back("/journal");
    expect(here.path).toBe("/journal");
    go("/entry/1");
    expect(history.state).toEqual({ depth: 1 });
    go("/entry/2", { replace: true });
    expect(history.state).toEqual({ depth: 1 });
  });
});
