/** Passkeys offered in the field of the name: the one of a phone's lock signs nobody in. */
import { render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";

import SignInForm from "../../src/enter/SignInForm.svelte";
import { enter } from "../../src/text/enter.ts";

/** What the browser was asked for, and how somebody answers it. */
let offers: ((user: string) => void)[] = [];

const passkey = (user: string) => ({
  response: { userHandle: new TextEncoder().encode(user).buffer },
  toJSON: () => ({ id: user }),
});

beforeEach(() => {
  offers = [];
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      new Response(JSON.stringify({ id: "asked", publicKey: {} }), {
        headers: { "Content-Type": "application/json" },
      }),
    ),
  );
  vi.stubGlobal("PublicKeyCredential", {
    parseRequestOptionsFromJSON: (options: unknown) => options,
    isConditionalMediationAvailable: () => Promise.resolve(true),
  });
  vi.stubGlobal("navigator", {
    onLine: true,
    credentials: {
      get: ({ signal }: { signal?: AbortSignal }) =>
        new Promise((resolve, reject) => {
          offers.push((user) => resolve(passkey(user)));
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        }),
    },
  });
});

const offered = (n: number) => waitFor(() => expect(offers).toHaveLength(n));

it("says so, and offers again", async () => {
  const onsubmit = vi.fn(() => Promise.resolve());
  render(SignInForm, { onsubmit });
  await offered(1);
  expect(screen.queryByText(enter.lock)).toBeNull();
  offers[0]?.("lock:0001");
  await screen.findByText(enter.lock);
  expect(onsubmit).not.toHaveBeenCalled();
  await offered(2);
  offers[1]?.("somebody");
  await waitFor(() =>
    expect(onsubmit).toHaveBeenCalledWith({ id: "asked", credential: { id: "somebody" } }),
  );
  expect(screen.queryByText(enter.lock)).toBeNull();
});

it("ends with a browser that picks the wrong one by itself", async () => {
  render(SignInForm, { onsubmit: () => Promise.resolve() });
  for (let n = 1; n <= 4; n++) {
    await offered(n);
    offers[n - 1]?.("lock:0001");
  }
  await screen.findByText(enter.lock);
  await new Promise((resolve) => setTimeout(resolve));
  expect(offers).toHaveLength(4);
});
