/**
 * The parts of an admin's desk that are about the clinic and its people: one line each, in the
 * order of the rail. A part is fetched when it is opened; below its address the rest is its own.
 */
import type { Component } from "svelte";

import { clinic as text } from "../../text/clinic.ts";

export interface PartProps {
  /** The admin, by id: the server refuses when the cookie has become somebody else's. */
  account: string;
  onsignedout: () => void;
}

export interface Part {
  /** Its address is `/desk/<id>`. */
  readonly id: string;
  readonly name: string;
  readonly load: () => Promise<{ default: Component<PartProps> }>;
}

export const parts: readonly Part[] = [
  { id: "calendar", name: text.parts.calendar, load: () => import("../reception/Calendar.svelte") },
  { id: "people", name: text.parts.people, load: () => import("../people/People.svelte") },
  {
    id: "invitations",
    name: text.parts.invitations,
    load: () => import("../invitations/Invitations.svelte"),
  },
  { id: "settings", name: text.parts.settings, load: () => import("../reception/Settings.svelte") },
  { id: "server", name: text.parts.server, load: () => import("../people/Health.svelte") },
];
