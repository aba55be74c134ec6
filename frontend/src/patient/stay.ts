/** Writes the address a reload should open, without going anywhere. Once: browsers count these. */
export function stayAt(path: string): void {
  if (location.pathname !== path) history.replaceState(history.state, "", path);
}
