/**
 * Paths to screens. `App.svelte` holds the table:
 *
 *     const routes = [{ path: "/", screen: Now }, { path: "/entry/:id", screen: Entry }];
 *     const found = $derived(match(routes, here.path));
 *
 * Plain links (`<a href="/journal">`) work without more: `startRouter` follows them in place.
 */
import { createSubscriber } from "svelte/reactivity";
import { tick } from "svelte";

export interface Matched<R> {
  route: R;
  params: Record<string, string>;
}

/** The first route whose path fits; `:name` stands for one segment. */
export function match<R extends { path: string }>(
  routes: readonly R[],
  path: string,
): Matched<R> | null {
  const segments = split(path);
  for (const route of routes) {
    const params = fit(split(route.path), segments);
    if (params) return { route, params };
  }
  return null;
}

const split = (path: string): string[] => path.split("/").filter(Boolean);

function fit(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith(":")) {
      try {
        params[part.slice(1)] = decodeURIComponent(segment);
      } catch {
        return null;
      }
    } else if (part !== segment) return null;
  }
  return params;
}

let notify: (() => void) | null = null;
const subscribe = createSubscriber((update) => {
  notify = update;
  return () => (notify = null);
});

/** Where the person is. Reactive in Svelte. */
export const here = {
  get path(): string {
    subscribe();
    return location.pathname;
  },
  get query(): URLSearchParams {
    subscribe();
    return new URLSearchParams(location.search);
  },
};

/** How many screens of ours lie behind this one. */
const depth = (): number => (history.state as { depth?: number } | null)?.depth ?? 0;

/** Goes to a path of this app. `replace` leaves no step back to the present screen. */
export function go(path: string, { replace = false } = {}): void {
  const same = path === location.pathname + location.search;
  if (replace || same) history.replaceState({ depth: depth() }, "", path);
  else history.pushState({ depth: depth() + 1 }, "", path);
  arrived();
}

/** One screen back; to `fallback` when the person came straight here. */
export function back(fallback = "/"): void {
  if (depth() > 0) history.back();
  else go(fallback, { replace: true });
}

function arrived(): void {
  notify?.();
  window.scrollTo(0, 0);
  void tick().then(focusHeading);
}

/** Tells a screen reader, and the next Tab, where one is now. */
function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>("main h1, h1");
  if (!heading || heading.closest("[inert]")) return;
  // A screen that put the cursor somewhere (a text to write) knows better.
  if (document.activeElement?.closest("main") && document.activeElement !== document.body) return;
  if (!heading.hasAttribute("tabindex")) heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

/** Looks at the address anew: it was changed in place, and nobody was told. */
export function again(): void {
  notify?.();
}

/** Addresses that are other pages, not screens of this one. */
const ELSEWHERE = /^\/(api|desk)(\/|\.|$)/;

function ours(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = (event.target as Element | null)?.closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement)) return null;
  if ((link.target && link.target !== "_self") || link.hasAttribute("download")) return null;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || ELSEWHERE.test(url.pathname)) return null;
  // A jump within the page is the browser's.
  const samePage = url.pathname === location.pathname && url.search === location.search;
  if (url.hash && samePage) return null;
  return url.pathname + url.search + url.hash;
}

/** Follows links and the back button; returns the way to stop. */
export function startRouter(): () => void {
  const click = (event: MouseEvent): void => {
    const path = ours(event);
    if (path === null) return;
    event.preventDefault();
    go(path);
  };
  const pop = (): void => {
    notify?.();
    void tick().then(focusHeading);
  };
  document.addEventListener("click", click);
  window.addEventListener("popstate", pop);
  return () => {
    document.removeEventListener("click", click);
    window.removeEventListener("popstate", pop);
  };
}
