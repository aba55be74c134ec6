/** Signing out that does not come to its end: it is said, in the dialog or at the door. */
import { render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { go, here } from "../../src/app/router.ts";
import { keysWith } from "../../src/data/db.ts";
import { signIn } from "../../src/data/signin.ts";
import { signOut } from "../../src/data/signout.ts";
import SignIn from "../../src/enter/SignIn.svelte";
import Leaving from "../../src/patient/Leaving.svelte";
import { enter } from "../../src/text/enter.ts";
import { later } from "../../src/text/later.ts";
import { A } from "./phone.ts";
import { Server } from "./server.ts";

const text = later.look;

beforeEach(async () => {
  vi.stubGlobal("fetch", new Server().fetch);
  keysWith(() => import("../../src/data/newkey.ts"));
  await signIn({ email: A, password: "a long enough password" });
  go("/look");
});

afterEach(() => signOut());

/** A phone that has no room to write anything down. */
const full = () =>
  vi.spyOn(IDBObjectStore.prototype, "clear").mockImplementation(() => {
    throw new DOMException("No room", "QuotaExceededError");
  });

async function press(name: string) {
  (await screen.findByRole("button", { name })).click();
}

it("says that somebody is still signed in, and can be tried again", async () => {
  render(Leaving, { open: true });
  const spoilt = full();
  await press(text.signOutYes);
  await screen.findByText(text.signOutFailed);
  spoilt.mockRestore();
  await press(text.signOutYes);
  await waitFor(() => expect(here.path).toBe("/sign-in"));
});

it("leads to the door, which says what is left and goes on with it", async () => {
  const room = indexedDB;
  render(Leaving, { open: true });
  await screen.findByRole("button", { name: text.signOutYes });
  vi.stubGlobal("indexedDB", undefined);
  await press(text.signOutYes);
  await waitFor(() => expect(here.path).toBe("/sign-in"));
  render(SignIn);
  await screen.findByText(enter.unfinished);
  vi.stubGlobal("indexedDB", room);
  await press(enter.finish);
  await waitFor(() => expect(screen.queryByText(enter.unfinished)).toBeNull());
});
