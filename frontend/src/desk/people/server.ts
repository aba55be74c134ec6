/** What a clinic's admin asks the server about people. Nothing of it is kept on this computer. */
import { api, ask, within } from "../../api/client.ts";
import type { Health, Member, Named } from "../../api/types.ts";
import { as } from "../../api/who.ts";

/** Setting a long file takes its time. */
const A_FILE = 60_000;

export class Roster {
  readonly #account: string;

  /** Whose screen this is: the server refuses when the cookie has become somebody else's. */
  constructor(account: string) {
    this.#account = account;
  }

  #asked(ms?: number) {
    return { ...as(this.#account), ...within(ms) };
  }

  #about(id: string) {
    return { params: { path: { id } }, ...this.#asked() };
  }

  people(): Promise<Member[]> {
    return ask(api.GET("/api/clinic/people", this.#asked()));
  }

  link(patient: string, therapist: string, insteadOf: string | null): Promise<void> {
    const body = { patient_id: patient, therapist_id: therapist, instead_of: insteadOf };
    return ask(api.POST("/api/clinic/links", { body, ...this.#asked() }));
  }

  unlink(patient: string, therapist: string): Promise<void> {
    const params = { path: { patient_id: patient, therapist_id: therapist } };
    const path = "/api/clinic/links/{patient_id}/{therapist_id}";
    return ask(api.DELETE(path, { params, ...this.#asked() }));
  }

  leave(id: string): Promise<void> {
    return ask(api.POST("/api/clinic/people/{id}/leave", this.#about(id)));
  }

  deactivate(id: string): Promise<void> {
    return ask(api.POST("/api/clinic/people/{id}/deactivate", this.#about(id)));
  }

  recovery(id: string): Promise<{ link: string; expires_at: string }> {
    return ask(api.POST("/api/clinic/people/{id}/recovery", this.#about(id)));
  }

  async report(id: string, format: "csv" | "pdf"): Promise<Blob> {
    const params = { path: { id } };
    const options = { params, body: { format }, parseAs: "blob", ...this.#asked(A_FILE) } as const;
    return (await ask(api.POST("/api/clinic/people/{id}/access", options))) as unknown as Blob;
  }

  verify(): Promise<{ at: string; broken: Named[] }> {
    return ask(api.POST("/api/clinic/audit", this.#asked(A_FILE)));
  }

  health(): Promise<Health> {
    return ask(api.GET("/api/clinic/health", this.#asked()));
  }
}
