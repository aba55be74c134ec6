/** What a therapist does beside the page. It comes when a page is open, and stores as little. */
import { api, ask, within } from "../../api/client.ts";
import type { NewSuggestion, Suggestion, TherapistNote } from "../../api/types.ts";

const about = (id: string) => ({ params: { path: { id } }, ...within() });

export const notes = (patient: string): Promise<TherapistNote[]> =>
  ask(api.GET("/api/patients/{id}/notes", about(patient)));

/** `last`: the window is closing, and the request outlives it. */
export const keepNote = (
  patient_id: string,
  note_id: string,
  text: string,
  last = false,
): Promise<TherapistNote> =>
  ask(
    api.PUT("/api/patients/{patient_id}/notes/{note_id}", {
      params: { path: { patient_id, note_id } },
      body: { text },
      ...(last ? { keepalive: true } : within()),
    }),
  );

export const removeNote = (patient_id: string, note_id: string): Promise<void> =>
  ask(
    api.DELETE("/api/patients/{patient_id}/notes/{note_id}", {
      params: { path: { patient_id, note_id } },
      ...within(),
    }),
  );

export const suggestions = (patient: string): Promise<Suggestion[]> =>
  ask(api.GET("/api/patients/{id}/suggestions", about(patient)));

export const suggest = (patient: string, wish: NewSuggestion): Promise<Suggestion> =>
  ask(api.POST("/api/patients/{id}/suggestions", { body: wish, ...about(patient) }));

export const endSuggestion = (patient_id: string, suggestion_id: string): Promise<void> =>
  ask(
    api.DELETE("/api/patients/{patient_id}/suggestions/{suggestion_id}", {
      params: { path: { patient_id, suggestion_id } },
      ...within(),
    }),
  );

/** Exactly the page, as a file. Its patient sees that it was made. */
export const pdf = (patient: string): Promise<Blob> =>
  ask(
    api.POST("/api/patients/{id}/pdf", {
      params: { path: { id: patient } },
      parseAs: "blob",
      ...within(60_000),
    }),
  );
