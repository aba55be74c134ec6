/** A naive server: a few maps and the rules of the wire, with a network that can be spoilt. */
import type { Answers, Entry, Problem, SyncItem, SyncResult } from "../../src/api/types.ts";

interface Rev {
  revision: string;
  parent: string | null;
  kind: "line" | "conflict";
  saved_at: string;
  answers: Answers;
}
interface Row {
  id: string;
  head: string;
  n: number;
  created_at: string;
  item: SyncItem;
  revisions: Rev[];
}
interface Lock {
  share: string;
  proof: string;
  key: string;
}
type Feed = { id: string; n: number };

/** A recording or photo as the server has it. */
export interface Medium {
  told: { entry: string; kind: string; type: string; size: number; sha256: string };
  pieces: Map<number, Uint8Array<ArrayBuffer>>;
  complete: boolean;
}

const PIECE = 262_144;

export interface Net {
  /** Asked before each request: what happens to it. */
  fate: (request: Request) => "ok" | "lost-request" | "lost-answer" | "hang-after" | number;
}

const json = (body: unknown, status = 200): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json" },
  });
const problem = (status: number, title = "No"): Response => json({ title, status }, status);

export class Server {
  account: string | null = "00000000-0000-7000-8000-00000000000a";
  role = "patient";
  epoch = "one";
  n = 0;
  rows = new Map<string, Row>();
  gone = new Map<string, number>();
  /** Everything that arrived, in order: "POST /api/sync". */
  log: string[] = [];
  /** Every account a request was made on behalf of. */
  meant = new Set<string>();
  /** Items refused, by a word in their text. */
  poison = new Set<string>();
  /** Items (and the batch with them) on which the server fails. */
  crash = new Set<string>();
  /** How many sync bodies were larger, or longer, than agreed. */
  tooLarge = 0;
  largest = 0;
  inFlight = 0;
  mostInFlight = 0;
  clock = Date.UTC(2026, 10, 24);
  net: Net = { fate: () => "ok" };
  /** The drop key of each person. */
  dropKeys = new Map<string, unknown>();
  /** What belongs to whom: "account/id". */
  media = new Map<string, Medium>();
  /** Numbers of pieces that are spoilt on their way, once each. */
  spoil = new Set<number>();
  /** The locks of phones, by their id: no share any more once the tries are used up. */
  phones = new Map<string, { share: string | null; proof: string; key: string; wrong: number }>();
  extra = new Map<string, (request: Request) => Response | Promise<Response>>();

  fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request;
    const fate = this.net.fate(request);
    await Promise.resolve();
    if (fate === "lost-request") throw new TypeError("Failed to fetch");
    if (typeof fate === "number") return problem(fate);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    let answer: Response;
    try {
      answer = await this.answer(request);
    } finally {
      this.inFlight -= 1;
    }
    if (fate === "lost-answer") throw new TypeError("Failed to fetch");
    if (fate === "hang-after") return new Promise(() => undefined);
    return answer;
  };

  private async answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const what = `${request.method} ${pathname}`;
    this.log.push(what);
    const meant = request.headers.get("X-Journal-Account");
    if (meant) this.meant.add(meant);
    if (meant && this.account && meant !== this.account) return problem(401, "Not signed in");
    const special = this.extra.get(what);
    if (special) return special(request);
    const opened = /^POST \/api\/phones\/(.+)\/open$/.exec(what)?.[1];
    if (opened) return this.open(opened, (await request.json()) as { proof: string });
    if (what === "DELETE /api/session" || what === "DELETE /api/sessions") {
      this.account = null;
      return json(null, 204);
    }
    if (what === "POST /api/session") {
      const { email } = (await request.json()) as { email: string };
      this.account = email;
      return json(this.me());
    }
    if (!this.account) return problem(401, "Not signed in");
    if (what === "GET /api/session") return json(this.me());
    if (what === "POST /api/sync") return this.sync(await request.text());
    if (what === "GET /api/changes") return this.changes(searchParams);
    if (what === "PUT /api/drop-key") {
      const first = this.dropKeys.get(this.account) ?? (await request.json());
      this.dropKeys.set(this.account, first);
      return json(first);
    }
    const medium = /^\/api\/media\/([^/]+)(.*)$/.exec(pathname);
    if (medium) return this.medium(request, medium[1] ?? "", medium[2] ?? "");
    const [, phone, key] = /^\S+ \/api\/phones\/([^/]+)(\/key)?$/.exec(what) ?? [];
    if (phone && request.method === "PUT") {
      this.phones.set(phone, { ...((await request.json()) as Lock), wrong: 0 });
      return json(null, 204);
    }
    if (phone && request.method === "DELETE") {
      this.phones.delete(phone);
      return json(null, 204);
    }
    if (phone && key) {
      const lock = this.phones.get(phone);
      return lock ? json({ key: lock.key }) : problem(404);
    }
    const entry = /^DELETE \/api\/entries\/(.+)$/.exec(what)?.[1];
    if (entry) return this.erase(entry);
    const asked = this.rows.get(/^GET \/api\/entries\/(.+)$/.exec(what)?.[1] ?? "");
    if (asked) return json(this.entry(asked));
    if (request.method !== "GET") return json({}, 200);
    return problem(404);
  }

  private async medium(request: Request, id: string, rest: string): Promise<Response> {
    const key = `${this.account}/${id}`;
    const found = this.media.get(key);
    if (request.method === "PUT" && !rest) {
      const told = (await request.json()) as Medium["told"];
      if (found && JSON.stringify(found.told) !== JSON.stringify(told)) return problem(409);
      const made = found ?? { told, pieces: new Map(), complete: false };
      this.media.set(key, made);
      return json(this.told(id, made), found ? 200 : 201);
    }
    if (!found) return problem(404);
    const n = /^\/pieces\/(\d+)$/.exec(rest)?.[1];
    if (n !== undefined) {
      const bytes = new Uint8Array(await request.arrayBuffer());
      const length = Math.min(PIECE, found.told.size - Number(n) * PIECE);
      if (bytes.byteLength !== length) return problem(422);
      if (this.spoil.delete(Number(n))) bytes[0] = (bytes[0] ?? 0) ^ 1;
      found.pieces.set(Number(n), bytes);
      return json(null, 204);
    }
    if (rest === "/complete") return this.complete(id, found);
    if (rest === "/content" && found.complete) return new Response(whole(found));
    return rest ? problem(404) : json(this.told(id, found));
  }

  private async complete(id: string, medium: Medium): Promise<Response> {
    const count = Math.ceil(medium.told.size / PIECE);
    const missing = Array.from({ length: count }, (_, n) => n).filter((n) => !medium.pieces.has(n));
    if (missing.length) return json({ title: "Missing", status: 409, missing }, 409);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole(medium)));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== medium.told.sha256) {
      medium.pieces.clear();
      return problem(422);
    }
    medium.complete = true;
    return json(this.told(id, medium));
  }

  private told(id: string, { told, pieces, complete }: Medium): unknown {
    return { id, ...told, received: [...pieces.keys()].sort((a, b) => a - b), complete };
  }

  private open(phone: string, { proof }: { proof: string }): Response {
    const lock = this.phones.get(phone);
    if (!lock?.share) return problem(404);
    if (proof === lock.proof) {
      lock.wrong = 0;
      return json({ share: lock.share });
    }
    lock.wrong += 1;
    if (lock.wrong === 10) lock.share = null;
    return json({ title: "No", status: 403, left: 10 - lock.wrong }, 403);
  }

  me(): unknown {
    return {
      id: this.account,
      role: this.role,
      name: "Maya",
      zone: "Europe/London",
      signed_in_at: "2026-11-24T08:00:00Z",
      expires_at: "2026-12-24T08:00:00Z",
      clinic: null,
    };
  }

  now(): string {
    this.clock += 1000;
    return new Date(this.clock).toISOString();
  }

  private sync(body: string): Response {
    const { items } = JSON.parse(body) as { items: SyncItem[] };
    this.largest = Math.max(this.largest, body.length);
    if (items.length > 50 || (items.length > 1 && body.length > 1_000_000)) this.tooLarge += 1;
    for (const word of this.crash) if (body.includes(word)) return problem(500, "Broken");
    return json({ results: items.map((item) => this.save(item)) });
  }

  save(item: SyncItem): SyncResult {
    const base = { id: item.id, revision: item.revision };
    const refuse = (status: number, more: Omit<Partial<Problem>, "type"> = {}): SyncResult => ({
      ...base,
      status,
      problem: { type: "about:blank", title: "No", status, ...more },
    });
    for (const word of this.poison) {
      if (JSON.stringify(item.answers).includes(word)) return refuse(422);
    }
    let row = this.rows.get(item.id);
    const known = row?.revisions.find((each) => each.revision === item.revision);
    if (known && row) {
      if (known.kind === "conflict") return refuse(409, { stored: true, head: this.entry(row) });
      return { ...base, status: 200, saved: this.saved(row) };
    }
    if (this.gone.has(item.id)) return refuse(410);
    const saved_at = this.now();
    const { revision, parent, answers } = item;
    const rev: Rev = { revision, parent, kind: "line", saved_at, answers };
    this.n += 1;
    if (!row) {
      row = {
        id: item.id,
        head: item.revision,
        n: this.n,
        created_at: saved_at,
        item,
        revisions: [rev],
      };
      this.rows.set(item.id, row);
      return { ...base, status: 201, saved: this.saved(row) };
    }
    row.n = this.n;
    if (item.parent !== row.head) {
      row.revisions.push({ ...rev, kind: "conflict" });
      // Who goes on writing in one of two texts replaces that text, and speaks for no other.
      for (const each of row.revisions) {
        if (each.revision === item.parent && item.resolves?.includes(each.revision)) {
          each.kind = "line";
        }
      }
      return refuse(409, { stored: true, head: this.entry(row) });
    }
    row.revisions.push(rev);
    row.head = item.revision;
    row.item = item;
    for (const each of row.revisions) {
      if (item.resolves?.includes(each.revision)) each.kind = "line";
    }
    return { ...base, status: 200, saved: this.saved(row) };
  }

  private saved(row: Row): NonNullable<SyncResult["saved"]> {
    const head = row.revisions.find((each) => each.revision === row.head) as Rev;
    return {
      id: row.id,
      revision: row.head,
      n: row.n,
      saved_at: head.saved_at,
      conflicts: row.revisions.flatMap((r) => (r.kind === "conflict" ? [r.revision] : [])),
    };
  }

  entry(row: Row): Entry {
    const head = row.revisions.find((each) => each.revision === row.head) as Rev;
    const { guide, edition, occurred_at, zone } = row.item;
    return {
      id: row.id,
      guide,
      edition,
      occurred_at,
      zone,
      revision: row.head,
      n: row.n,
      created_at: row.created_at,
      saved_at: head.saved_at,
      answers: head.answers,
      conflicts: row.revisions.flatMap(({ kind, revision, saved_at, answers }) =>
        kind === "conflict"
          ? [{ revision, saved_at, answers, base: this.base(row, revision) }]
          : [],
      ),
    };
  }

  /** The nearest text that this one and the head both grew from. */
  private base(row: Row, revision: string): Answers | null {
    const line = (from: string | null): Rev[] => {
      const rev = row.revisions.find((each) => each.revision === from);
      return rev ? [rev, ...line(rev.parent)] : [];
    };
    const ours = new Set(line(row.head).map((each) => each.revision));
    return line(revision).find((each) => ours.has(each.revision))?.answers ?? null;
  }

  erase(id: string): Response {
    if (!this.rows.has(id)) return this.gone.has(id) ? json(null, 204) : problem(404);
    this.n += 1;
    this.rows.delete(id);
    this.gone.set(id, this.n);
    return json(null, 204);
  }

  private changes(query: URLSearchParams): Response {
    const [epoch, from] = (query.get("cursor") ?? `${this.epoch}.0`).split(".");
    if (epoch !== this.epoch) return problem(410, "Start over");
    const limit = Number(query.get("limit") ?? 100);
    const all: Feed[] = [
      ...[...this.rows.values()].map(({ id, n }) => ({ id, n })),
      ...[...this.gone].map(([id, n]) => ({ id, n })),
    ]
      .filter(({ n }) => n > Number(from))
      .sort((a, b) => a.n - b.n);
    const page = all.slice(0, limit);
    const more = all.length > limit;
    const items = page.map(({ id, n }) => {
      const row = this.rows.get(id);
      return row ? this.entry(row) : { id, n, deleted: true };
    });
    return json({ items, cursor: `${this.epoch}.${more ? page.at(-1)?.n : this.n}`, more });
  }
}

/** A medium's pieces, one after the other. */
export function whole({ pieces }: Medium): Uint8Array<ArrayBuffer> {
  const parts = [...pieces].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
