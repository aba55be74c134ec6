/** A phone whose browser has no room left, until it is freed. */
import { vi } from "vitest";

/** How much of what is stored is sealed words, sound or pictures, in bytes. */
const sealed = (value: unknown): number =>
  (value as { box?: { data?: ArrayBuffer } }).box?.data?.byteLength ?? 0;

/**
 * From now on nothing more than so many bytes can be stored at a time; a browser refuses it so.
 * @returns the way to give room again.
 */
export function full(fits = -1): () => void {
  const spies = (["put", "add"] as const).map((way) => {
    const real = IDBObjectStore.prototype[way];
    const spy = vi.spyOn(IDBObjectStore.prototype, way);
    return spy.mockImplementation(function (this: IDBObjectStore, ...args) {
      if (sealed(args[0]) > fits) throw new DOMException("no room", "QuotaExceededError");
      return real.apply(this, args);
    });
  });
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

/** Room comes as soon as something is deleted. */
export function fullUntilDeleted(): void {
  const free = full();
  const real = IDBObjectStore.prototype.delete;
  vi.spyOn(IDBObjectStore.prototype, "delete").mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    free();
    return real.apply(this, args);
  });
}
