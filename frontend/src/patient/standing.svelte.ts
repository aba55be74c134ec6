/** What goes to whom as it is saved, for the line under what is being written. */
import type { Grant } from "../api/types.ts";
import { type Across, across, onAcross } from "../data/across.ts";
import { onChange } from "../data/changes.ts";
import { goes, type Goes } from "../domain/standing.ts";
import { grantsHere } from "../sync/here.ts";
import { look } from "./look.svelte.ts";
import type { Writing } from "./writing.svelte.ts";

/** Call it while a component is made; it follows changes until the component goes. */
export function going(of: () => Pick<Writing, "guide" | "fresh"> | null): () => Goes[] {
  let standing = $state.raw<Across["standing"]>({});
  let grants = $state.raw<readonly Grant[]>([]);
  $effect(() => {
    const load = () =>
      void grantsHere().then(
        (found) => (grants = found),
        () => undefined,
      );
    load();
    return onChange(({ kind }) => {
      if (kind === "sharing" || kind === "account") load();
    });
  });
  $effect(() => {
    const load = () =>
      void across().then(
        (found) => (standing = found.standing),
        () => undefined,
      );
    load();
    return onAcross(load);
  });
  return () => {
    const writing = of();
    if (!writing?.fresh || look.careful) return [];
    return goes(standing, grants, writing.guide);
  };
}
