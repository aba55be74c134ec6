/**
 * Where an admin is on the desk. The address names a guide or a skill, so a reload and a bookmark
 * come back to it. Changes that are not saved are asked about before they are left.
 */
import { parts } from "./parts.ts";

const ROOT = "/desk";
/** A page of its own, the same for everybody at a desk. */
const ELSEWHERE = "/desk/account";

export interface Editing {
  /** Whether there is something to lose. */
  readonly dirty: boolean;
  save: () => Promise<boolean>;
  drop: () => void;
}

/** An editor as the desk knows it: its draft, and its own way to save. */
export const editing = (
  draft: { readonly dirty: boolean; drop: () => void },
  save: () => Promise<boolean>,
): Editing => ({
  get dirty() {
    return draft.dirty;
  },
  save,
  drop: () => draft.drop(),
});

class Nav {
  path: string = $state(ROOT);
  /** Where somebody wanted to go while changes were unsaved. */
  asked: string | null = $state(null);
  /** The editor that is open. */
  #open: Editing | null = null;

  /** Called by an editor when it opens; returns the way to close it. */
  editing(open: Editing): () => void {
    this.#open = open;
    return () => {
      if (this.#open === open) this.#open = null;
    };
  }

  readonly unsaved = (): boolean => this.#open?.dirty ?? false;

  save(): Promise<boolean> {
    return this.#open?.save() ?? Promise.resolve(true);
  }

  drop(): void {
    this.#open?.drop();
  }

  /** Follows links and the back button; returns the way to stop. */
  start(): () => void {
    this.path = location.pathname;
    document.addEventListener("click", this.#click);
    addEventListener("popstate", this.#pop);
    addEventListener("beforeunload", this.#unload);
    return () => {
      document.removeEventListener("click", this.#click);
      removeEventListener("popstate", this.#pop);
      removeEventListener("beforeunload", this.#unload);
    };
  }

  go(path: string, { replace = false } = {}): void {
    if (this.unsaved()) {
      this.asked = path;
      return;
    }
    if (replace) history.replaceState(null, "", path);
    else history.pushState(null, "", path);
    this.#arrive(path);
  }

  #arrive(path: string): void {
    this.path = path;
    scrollTo(0, 0);
  }

  readonly #click = (event: MouseEvent): void => {
    const path = linkIn(event);
    if (path === null) return;
    event.preventDefault();
    this.go(path);
  };

  readonly #pop = (): void => {
    const to = location.pathname;
    if (to === this.path) return;
    if (!this.unsaved()) return this.#arrive(to);
    // The browser has already gone: come back to the words, then ask.
    history.pushState(null, "", this.path);
    this.asked = to;
  };

  readonly #unload = (event: BeforeUnloadEvent): void => {
    if (this.unsaved()) event.preventDefault();
  };
}

function linkIn(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = (event.target as Element | null)?.closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.target) return null;
  const inside = link.origin === location.origin && /^\/desk(\/|$)/.test(link.pathname);
  return inside && link.pathname !== ELSEWHERE ? link.pathname : null;
}

export const nav = new Nav();

export type Place =
  | { screen: "questions" | "skills" | "texts" }
  | { screen: "guide" | "skill" | "part"; id: string }
  | { screen: "nowhere" };

/** "/desk/questions/refl" → the guide "refl". */
export function placeOf(path: string): Place {
  const [area = "questions", id, more] = path.split("/").filter(Boolean).slice(1);
  if (parts.some((part) => part.id === area)) return { screen: "part", id: area };
  if (more !== undefined) return { screen: "nowhere" };
  if (area === "questions") return id ? { screen: "guide", id } : { screen: "questions" };
  if (area === "skills") return id ? { screen: "skill", id } : { screen: "skills" };
  return area === "texts" && !id ? { screen: "texts" } : { screen: "nowhere" };
}
