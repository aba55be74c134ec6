/** The same list in an order that the seed decides: new for each entry, steady within one. */
export function shuffled<T>(list: readonly T[], seed: string): T[] {
  let state = 2166136261;
  for (let at = 0; at < seed.length; at += 1) {
    state = Math.imul(state ^ seed.charCodeAt(at), 16777619);
  }
  const out = [...list];
  for (let last = out.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const pick = (state >>> 8) % (last + 1);
    [out[last], out[pick]] = [out[pick] as T, out[last] as T];
  }
  return out;
}
