/** Where a person can turn about their care, by region, in words; nobody at a clinic edits it. */
import { places } from "../text/safety.ts";

export interface Place {
  name: string;
  about: string;
}

/** The region's places; anywhere else the kinds of places there are. The police come last. */
export function linesFor(region: string, emergency: string | null): Place[] {
  const { name, about } = places.police;
  return [...(places.regions[region] ?? places.common), { name, about: about(emergency) }];
}
