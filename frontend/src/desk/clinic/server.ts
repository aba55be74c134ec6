/** What a clinic's admin asks the server: the clinic's own words, and never anybody's journal. */
import { api, ask, within } from "../../api/client.ts";
import type { Guide, Help, Library } from "../../api/types.ts";
import { as } from "../../api/who.ts";
import type { Advice, ClinicContent, EditGuide, EditSkill, EditTexts, Made } from "./shapes.ts";

/** Whose screen this is: the server refuses when the cookie has become somebody else's. */
let account: string | null = null;
export function actAs(id: string): void {
  account = id;
}

const asked = () => ({ ...as(account), ...within() });

/** For a save: the edition it was edited from stands in the header. */
const over = (id: string, edition: number) => ({
  params: { path: { id }, header: { "If-Match": `"${edition}"` } },
  ...asked(),
});

/** Parts are looser while somebody types; the server looks at each of them. */
const sent = (guide: EditGuide): Omit<Guide, "edition"> => guide as never;

export async function content(): Promise<ClinicContent> {
  return (await ask(api.GET("/api/clinic/content", asked()))) as unknown as ClinicContent;
}

export const putGuide = (guide: EditGuide, edition: number): Promise<Made> =>
  ask(api.PUT("/api/clinic/guides/{id}", { body: sent(guide), ...over(guide.id, edition) }));

export const putSkill = (skill: EditSkill, edition: number): Promise<Made> =>
  ask(api.PUT("/api/clinic/skills/{id}", { body: skill, ...over(skill.id, edition) }));

export const putTexts = (texts: EditTexts, edition: number): Promise<Made> =>
  ask(api.PUT("/api/clinic/texts/{id}", { body: texts, ...over("clinic", edition) }));

export async function checkGuide(guide: EditGuide): Promise<Advice[]> {
  const body = { guide: sent(guide) };
  return (await ask(api.POST("/api/clinic/check", { body, ...asked() }))).advice;
}

export async function checkSkill(skill: EditSkill): Promise<Advice[]> {
  return (await ask(api.POST("/api/clinic/check", { body: { skill }, ...asked() }))).advice;
}

/** For the preview: feeling words, the body map. */
export const library = (): Promise<Library> => ask(api.GET("/api/library", within()));

export const help = (): Promise<Help> => ask(api.GET("/api/help", within()));
