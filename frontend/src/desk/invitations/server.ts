/** What an admin asks the server about invitations. The link is in one answer, and kept nowhere. */
import { api, ask, within } from "../../api/client.ts";
import type { components } from "../../api/schema.gen.ts";
import { as } from "../../api/who.ts";

type S = components["schemas"];
export type Invitation = S["Invitation"];
export type Invitations = S["Invitations"];
export type NewInvitation = S["NewInvitation"];
export type MadeInvitation = S["MadeInvitation"];
export type Role = Invitation["role"];

const asked = (account: string) => ({ ...as(account), ...within() });

export const all = (account: string): Promise<Invitations> =>
  ask(api.GET("/api/invitations", asked(account)));

/** Sent again with the same id it is one invitation, with a link that takes the other's place. */
export const make = (account: string, invitation: NewInvitation): Promise<MadeInvitation> =>
  ask(api.POST("/api/invitations", { body: invitation, ...asked(account) }));

export const takeBack = (account: string, id: string): Promise<void> =>
  ask(api.DELETE("/api/invitations/{id}", { params: { path: { id } }, ...asked(account) }));
