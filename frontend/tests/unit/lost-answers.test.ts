/** Signing in and devices, where the server does what it was asked and its answer is lost. */
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import NewWays from "../../src/account/NewWays.svelte";
import Recover from "../../src/account/Recover.svelte";
import Security from "../../src/account/Security.svelte";
import StepUp from "../../src/enter/StepUp.svelte";
import You from "../../src/joining/You.svelte";

configure({ asyncUtilTimeout: 4_000 });

const NOW = "2026-03-10T12:00:00Z";
const PROVED = "2026-03-10T12:05:00Z";
const UNSURE = /it may be done or not/;
const NOTHING = /Nothing is changed/;

/** What the server has; it does what it is asked. */
let has: ReturnType<typeof everything>;
/** Which call it does without an answer that comes; `every`: the others neither. */
let lost: { call: RegExp; done: boolean; every?: boolean } | null;
/** What it says no to. */
let refuses: Record<string, number>;
/** How far its clock is behind this device's, in ms. */
let behind: number;
/** With which tokens a way back in was asked for. */
let tokens: string[];

const device = (id: string, here: boolean) => ({
  id,
  device: here ? "Mac" : "iPhone",
  since: NOW,
  seen_at: NOW,
  kept: false,
  here,
});

const everything = () => ({
  passkeys: [{ id: "p1", name: "Old phone", since: NOW, used_at: null, synced: false }],
  recovery_code: "2026-01-02T12:00:00Z" as string | null,
  devices: [device("d1", true), device("d2", false)],
  pending: { opens_at: NOW, link: false } as { opens_at: string; link: boolean } | null,
  fresh_until: NOW,
  signedIn: true,
});

function acts(what: string): unknown {
  const acts: Record<string, () => unknown> = {
    "GET /api/proofs": () => ({
      name: "maya",
      password: true,
      code: false,
      recovery_code: has.recovery_code,
      passkeys: has.passkeys,
    }),
    "GET /api/sessions": () => has.devices,
    "GET /api/notices": () => [],
    "GET /api/recovery": () => has.pending,
    "GET /api/session": () => ({ id: "maya", fresh_until: has.fresh_until }),
    "GET /api/door": () => ({}),
    "POST /api/recovery": () => ({ token: tokens.at(-1), opens_at: inHours(24) }),
    "PUT /api/me": () => ({ id: "maya", name: "Maya" }),
    "POST /api/recovery-code": () => ((has.recovery_code = NOW), { code: "7K2M-0000" }),
    "DELETE /api/sessions/d2": () => void has.devices.pop(),
    "DELETE /api/sessions/others": () => void has.devices.pop(),
    "DELETE /api/recovery": () => void (has.pending = null),
    "DELETE /api/passkeys/p1": () => void has.passkeys.pop(),
    "POST /api/session/proof": () => ((has.fresh_until = PROVED), { id: "maya" }),
    "POST /api/recovery/finish": () => void (refuses["POST /api/recovery/finish"] = 401),
  };
  return acts[what]?.();
}

beforeEach(() => {
  has = everything();
  lost = null;
  refuses = {};
  behind = 0;
  tokens = [];
  localStorage.clear();
  vi.stubGlobal("fetch", async (request: Request) => {
    const text = await request.text();
    if (request.url.endsWith("/api/recovery") && text) tokens.push(JSON.parse(text).token);
    const what = `${request.method} ${new URL(request.url).pathname}`;
    const here = lost !== null && lost.call.test(what);
    if (lost?.every && !here) throw new TypeError("Failed to fetch");
    const status = refuses[what] ?? (has.signedIn ? 200 : 401);
    if (status !== 200) return said(status, { title: "No" });
    const answer = !here || lost?.done ? acts(what) : undefined;
    if (here) throw new TypeError("Failed to fetch");
    return said(answer === undefined ? 204 : 200, answer);
  });
});

afterEach(cleanup);

const said = (status: number, body: unknown) =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/json",
      Date: new Date(Date.now() - behind).toUTCString(),
    },
  });

const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole("button", { name, hidden: true }));

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

const nothing = () => undefined;

async function security() {
  render(Security, { onsignedout: nothing, oneverywhere: nothing });
  await screen.findByText("Where you are signed in");
}

const NEW_CODE = "Make a new recovery code";

test("the code on paper is said to be dead, and the list shows what is so", async () => {
  await security();
  screen.getByText(/Made on .*2 January/);
  await press(NEW_CODE);
  lost = { call: /recovery-code/, done: true };
  await press("Show it to me");
  await screen.findByText(/old recovery code may not work any more/);
  expect(screen.queryByText(NOTHING)).toBeNull();
  await press("Not now");
  await screen.findByText(/Made on .*10 March/);
  screen.getByText(/old recovery code may not work any more/);
  await press(NEW_CODE);
  lost = null;
  await press("Show it to me");
  await screen.findByText("7K2M-0000");
});

test("what the server refused has changed nothing, and that is said", async () => {
  await security();
  refuses = { "POST /api/recovery-code": 429 };
  await press(NEW_CODE);
  await press("Show it to me");
  await screen.findByText(NOTHING);
  await press("Not now");
  await screen.findByText("Where you are signed in");
  expect(screen.queryByText(/may not work any more/)).toBeNull();
});

test.each([true, false])(
  "a device that may be signed out (%s) stands there or not",
  async (done) => {
    await security();
    lost = { call: /sessions.d2/, done };
    await press("Sign out iPhone");
    await screen.findByText(UNSURE);
    await waitFor(() =>
      expect(screen.queryAllByRole("button", { name: "Sign out iPhone" })).toHaveLength(
        done ? 0 : 1,
      ),
    );
    expect(screen.queryByText(NOTHING)).toBeNull();
  },
);

test("a gateway that had no answer is none", async () => {
  await security();
  refuses = { "DELETE /api/sessions/d2": 504 };
  await press("Sign out iPhone");
  await screen.findByText(UNSURE);
});

test.each([true, false])(
  "a way back in that may be stopped (%s) stands there or not",
  async (done) => {
    await security();
    lost = { call: /DELETE .*recovery/, done };
    await press("Stop it");
    await screen.findByText(UNSURE);
    await waitFor(() =>
      expect(screen.queryAllByRole("button", { name: "Stop it" })).toHaveLength(done ? 0 : 1),
    );
  },
);

test.each([true, false])("a passkey that may be removed (%s) stands there or not", async (done) => {
  await security();
  lost = { call: /passkeys/, done };
  await press("Remove Old phone");
  await press("Remove it");
  await screen.findByText(UNSURE);
  await waitFor(() => expect(screen.queryAllByText("Old phone")).toHaveLength(done ? 0 : 1));
  expect(screen.queryByText(NOTHING)).toBeNull();
});

test("while there is no connection either, it says that the page needs one", async () => {
  await security();
  lost = { call: /sessions.d2/, done: true, every: true };
  await press("Sign out iPhone");
  await screen.findByText(UNSURE);
  await screen.findByText(/There is no connection/);
});

// ---------------------------------------------------------------- showing that it is you

async function stepUp() {
  const onend = vi.fn();
  render(StepUp, { alone: <T>(work: () => Promise<T>) => work(), onend });
  await fireEvent.input(await screen.findByLabelText("Password"), { target: { value: "long" } });
  return onend;
}

test("a proof that was taken without an answer goes on", async () => {
  const onend = await stepUp();
  lost = { call: /session.proof/, done: true };
  await press("Go on");
  await waitFor(() => expect(onend).toHaveBeenCalledWith(true));
});

test("one that was not is asked for again, and nothing is said of no change", async () => {
  const onend = await stepUp();
  lost = { call: /session.proof/, done: false };
  await press("Go on");
  await screen.findByText("No answer came. Please try again.");
  lost = null;
  await press("Go on");
  await waitFor(() => expect(onend).toHaveBeenCalledWith(true));
});

test("a session that went with the answer lets what waits hear of it", async () => {
  const onend = await stepUp();
  lost = { call: /session.proof/, done: true, every: true };
  await press("Go on");
  await screen.findByText("No answer came. Please try again.");
  lost = null;
  has.signedIn = false;
  await press("Go on");
  await waitFor(() => expect(onend).toHaveBeenCalledWith(true));
});

test("a proof that does not fit is one that does not fit", async () => {
  const onend = await stepUp();
  refuses = { "POST /api/session/proof": 401 };
  await press("Go on");
  await screen.findByText("That did not fit. Please try again.");
  await tick();
  expect(onend).not.toHaveBeenCalled();
});

// ---------------------------------------------------------------- asking, and the day of waiting

async function fill(label: string, value: string) {
  await fireEvent.input(await screen.findByLabelText(label), { target: { value } });
  await press("Next");
}

test("asking again after a lost answer goes on with the token that was sent", async () => {
  render(Recover, {});
  await press("Begin");
  await fill("Your e-mail or sign-in name", "maya");
  await fill("Recovery code", "7K2M");
  lost = { call: /POST .*recovery/, done: true };
  await press("Go on without a link");
  await screen.findByText(/If it has begun, it goes on/);
  lost = null;
  await press("Go on without a link");
  await screen.findByText("Now please wait");
  expect(tokens).toHaveLength(2);
  expect(tokens[1]).toBe(tokens[0]);
  expect(localStorage.getItem("journal.recovery")).toContain(tokens[0]);
});

test.each([
  ["opens by the server's clock when this one is behind", 10, -12, "again"],
  ["waits by the server's clock when this one is ahead", -10, 12, "wait"],
  ["opens when both say so", -1, 0, "again"],
  ["waits when both say so", 1, 0, "wait"],
])("it %s", async (_, hours, ahead, then) => {
  const kept = { token: "t".repeat(43), opens_at: inHours(hours) };
  localStorage.setItem("journal.recovery", JSON.stringify(kept));
  behind = ahead * HOUR;
  render(Recover, {});
  const headings = { again: "Please show your recovery code again", wait: "Now please wait" };
  await screen.findByText(headings[then as keyof typeof headings]);
});

// ---------------------------------------------------------------- new ways in, after the wait

const PASSWORD = "harbour-kettle-window-seven";

async function chosen(onover = nothing) {
  render(NewWays, { token: "t".repeat(43), link: "a link", ondone: nothing, onover });
  await press("No, leave them");
  await again();
}

async function again() {
  await press("With a password");
  await fireEvent.input(await screen.findByLabelText("Password"), { target: { value: PASSWORD } });
  await press("Keep this password");
}

test("new ways that may have been taken are to be tried, and nothing is forgotten", async () => {
  lost = { call: /finish/, done: true };
  const onover = vi.fn();
  await chosen(onover);
  await screen.findByText("No answer came. Please try again.");
  lost = null;
  await press("Keep this password");
  await screen.findByText(/it may have worked/);
  screen.getByRole("link", { name: "To signing in" });
  await press("Try again");
  await screen.findByText("How do you want to sign in from now on?");
  expect(onover).not.toHaveBeenCalled();
});

test("a no keeps the token, says that it may be too early, and lets try again", async () => {
  refuses = { "POST /api/recovery/finish": 401 };
  const onover = vi.fn();
  await chosen(onover);
  await screen.findByText(/It may be too early/);
  refuses = {};
  await press("Try again");
  await again();
  await waitFor(() => expect(refuses).not.toEqual({}));
  expect(onover).not.toHaveBeenCalled();
});

// ---------------------------------------------------------------- a name

async function called() {
  render(You, {});
  await fireEvent.input(await screen.findByLabelText("Name"), { target: { value: " Maya" } });
  await press("Keep this");
}

test("a name that may be kept is not said to be as before", async () => {
  lost = { call: /api.me/, done: true };
  await called();
  await screen.findByText(/it may be kept or not/);
  expect(screen.queryByText(NOTHING)).toBeNull();
});

test("a name that was kept is, whatever else cannot be asked then", async () => {
  await called();
  await screen.findByText("It is kept.");
});
