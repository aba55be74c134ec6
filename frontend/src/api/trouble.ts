/** What can go wrong on the way to the server. Small: every page loads it. */
import type { Problem } from "./types.ts";

/** How long an ordinary question may take before it counts as no connection. */
const PATIENCE = 20_000;

/**
 * Why something could not be done.
 * - `offline`: no answer came; nothing is known about what the server did
 * - `signed-out`: the session has ended
 * - `problem`: the server said no, and `problem` says why
 */
export class Trouble extends Error {
  override name = "Trouble";
  readonly kind: "offline" | "signed-out" | "problem";
  readonly problem: Problem | null;

  constructor(kind: Trouble["kind"], problem: Problem | null = null) {
    super(problem ? `${problem.status} ${problem.title}` : kind);
    this.kind = kind;
    this.problem = problem;
  }

  get status(): number {
    return this.problem?.status ?? 0;
  }
}

/** Options for a call with its own limit of time. */
export const within = (ms: number = PATIENCE): { signal: AbortSignal } => ({
  signal: AbortSignal.timeout(ms),
});

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The problem document of an answer, whatever the server (or a proxy before it) sent. */
export function problemOf(error: unknown, response: Response): Problem {
  const known = error !== null && typeof error === "object" && "title" in error;
  const title = response.statusText || "The server could not answer";
  return {
    ...(known ? (error as Problem) : { title }),
    status: response.status,
    retry_after: Number(response.headers.get("Retry-After")),
  };
}

/** The answer's body, or a `Trouble`. */
export async function ask<T>(call: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch {
    throw new Trouble("offline");
  }
  const { data, error, response } = outcome;
  if (response.ok) return data as T;
  const problem = problemOf(error, response);
  throw new Trouble(response.status === 401 ? "signed-out" : "problem", problem);
}
