/** A phone whose browser has no room left, until it is freed. */
import { vi } from "vitest";

/**
 * From now on nothing more can be stored, as a browser refuses it.
 * @returns the way to give room again.
 */
export function full(): () => void {
  const refuse = (): never => {
    throw new DOMException("no room", "QuotaExceededError");
  };
  const spies = [
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(refuse),
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(refuse),
  ];
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
