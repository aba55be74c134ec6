/**
 * What needs the network, and a few things that also work without it.
 *
 * Everything here throws a `Trouble` (`offline`, `signed-out`, `problem`). Withdrawing, pausing,
 * narrowing and taking back never fail for want of a network: they become wishes (`intend`) that are sent
 * before anything else, and answer "later" instead of "now".
 */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type {
  Ask,
  Category,
  Entry,
  Grant,
  Handed,
  News,
  NewGrant,
  NewHandover,
  Page,
  Receipt,
  ReceiptOfConsent,
  Renewal,
  Revision,
  Today,
  Uuid,
} from "../api/types.ts";
import { changed } from "../data/changes.ts";
import type { IntentKind } from "../data/db.ts";
import { refreshSharing } from "./readers.ts";
import { intend } from "./wishes.ts";

export { Trouble } from "../api/trouble.ts";
export { excerpts, grants, refreshSharing, stillOut } from "./readers.ts";

const byId = (id: Uuid, ms?: number) => ({ params: { path: { id } }, ...within(ms) });
/** Narrowing answers soon, one way or the other. */
const SOON = 8_000;

// ---------------------------------------------------------------- grants

/** Gives a grant. `id` is made once with `uuid7()`, so that a second try gives one grant. */
export async function giveGrant(grant: NewGrant): Promise<Grant> {
  const given = await ask((await server()).POST("/api/grants", { body: grant, ...within() }));
  await refreshSharing();
  return given;
}

/**
 * Puts this one in the place of one that stands. `id` is made once, as for a new one; `pause` is the
 * one that was seen, and goes along unless `resume` ends it.
 */
export async function renewGrant(old: Uuid, grant: Renewal): Promise<Grant> {
  const given = await ask(
    (await server()).POST("/api/grants/{id}/renew", { body: grant, ...byId(old) }),
  );
  await refreshSharing().catch(() => changed("sharing"));
  return given;
}

/** "now": the server has done it. "later": there is no network; it is the first thing sent. */
export type Done = "now" | "later";

export function withdraw(id: Uuid): Promise<Done> {
  return narrowing("withdraw", { target: id }, async () =>
    ask((await server()).POST("/api/grants/{id}/withdraw", byId(id, SOON))),
  );
}

/** Closes what one therapist can read until the patient goes on. */
export function pause(id: Uuid): Promise<Done> {
  return narrowing("pause", { target: id }, async () =>
    ask((await server()).POST("/api/grants/{id}/pause", byId(id, SOON))),
  );
}

export function pauseEverything(): Promise<Done> {
  return narrowing("pause-everything", {}, async () =>
    ask((await server()).POST("/api/pause-everything", within(SOON))),
  );
}

/** Goes on after the pause that has this number: one made since then stands. Never a wish. */
export async function resume(id: Uuid, pause: number): Promise<void> {
  await ask((await server()).POST("/api/grants/{id}/resume", { body: { pause }, ...byId(id) }));
  await refreshSharing().catch(() => changed("sharing"));
}

/** Keeps only these categories. */
export function narrow(id: Uuid, categories: Category[]): Promise<Done> {
  return narrowing("narrow", { target: id, categories }, async () =>
    ask(
      (await server()).POST("/api/grants/{id}/narrow", { body: { categories }, ...byId(id, SOON) }),
    ),
  );
}

export function withdrawEverything(): Promise<Done> {
  return narrowing("withdraw-everything", {}, async () =>
    ask((await server()).POST("/api/withdraw-everything", within(SOON))),
  );
}

/** Takes one handed-over thing back. */
export function takeBack(excerpt: Uuid): Promise<Done> {
  return narrowing("take-back", { target: excerpt }, async () =>
    ask((await server()).DELETE("/api/excerpts/{id}", byId(excerpt, SOON))),
  );
}

/**
 * Tries at once, before everything that waits; without an answer it becomes a wish. The phone
 * shows the narrower state from this moment in both cases.
 */
async function narrowing(
  kind: IntentKind,
  params: { target?: Uuid; categories?: Category[] },
  call: () => Promise<unknown>,
): Promise<Done> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    // Not there any more is what was wished for.
    const over = error.status === 404 || error.status === 410;
    if (!over && error.kind === "problem" && error.status < 500) throw error;
    if (!over) {
      await intend(kind, params);
      return "later";
    }
  }
  await refreshSharing().catch(() => changed("sharing"));
  return "now";
}

// ---------------------------------------------------------------- asked to share

/** Who asks to be shared with and has no answer yet. Never stored. */
export async function asks(): Promise<Ask[]> {
  return ask((await server()).GET("/api/asks", within()));
}

/** Lets it lie for good; the one who asked is told nothing. */
export async function setAside(asked: Uuid): Promise<void> {
  await ask((await server()).POST("/api/asks/{id}/set-aside", byId(asked)));
}

// ---------------------------------------------------------------- handing over

/** Hands over. `id` is made once with `uuid7()`; the entry must be "saved" (its head is sent). */
export async function handOver(handover: NewHandover): Promise<Handed[]> {
  const { excerpts } = await ask(
    (await server()).POST("/api/handovers", { body: handover, ...within() }),
  );
  await refreshSharing().catch(() => changed("sharing"));
  return excerpts;
}

/** Yes, in the morning, to what was handed over in the soft hours. */
export async function release(excerpt: Uuid): Promise<Handed> {
  const handed = await ask((await server()).POST("/api/excerpts/{id}/release", byId(excerpt)));
  await refreshSharing().catch(() => changed("sharing"));
  return handed;
}

// ---------------------------------------------------------------- looking

/** Who read what, and when: the newest, or those before a receipt that is at hand. */
export async function receipts(before?: number): Promise<Receipt[]> {
  const params = before === undefined ? {} : { params: { query: { before } } };
  return ask((await server()).GET("/api/receipts", { ...params, ...within() }));
}

/** The receipt of one consent, to keep. Never stored. */
export async function receiptOfConsent(grant: Uuid): Promise<ReceiptOfConsent> {
  return ask((await server()).GET("/api/grants/{id}/receipt", byId(grant)));
}

/** "What NAME can see": exactly the therapist's page. Never stored. */
export async function therapistPage(therapist: Uuid): Promise<Page> {
  return ask((await server()).GET("/api/therapists/{id}/page", byId(therapist)));
}

// ---------------------------------------------------------------- entries

/** All revisions of an entry, newest first. */
export async function revisions(entry: Uuid): Promise<Revision[]> {
  return ask((await server()).GET("/api/entries/{id}/revisions", byId(entry)));
}

/** The entry as the server has it. */
export async function serverEntry(entry: Uuid): Promise<Entry> {
  return ask((await server()).GET("/api/entries/{id}", byId(entry)));
}

// ---------------------------------------------------------------- the therapist's side: never stored

export async function today(): Promise<Today> {
  return ask((await server()).GET("/api/today", within()));
}

export async function patientPage(patient: Uuid): Promise<Page> {
  return ask((await server()).GET("/api/patients/{id}/page", byId(patient)));
}

export async function patientNew(patient: Uuid): Promise<News> {
  return ask((await server()).GET("/api/patients/{id}/new", byId(patient)));
}
