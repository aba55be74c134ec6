import { count, ordinal } from "../page/when.ts";

/** The words of the therapist's side, and of the page both sides read. */
export const desk = {
  title: "Journal",
  today: "Today",
  order: "By next appointment",
  nobody: "Nobody is linked to you yet. Your clinic links people to you.",
  choose: "Choose a name to read what that person handed to you.",
  notMonitored:
    "Entries are not monitored. Opening one may create duties for you under your law and policy. " +
    "Tell patients when you usually look.",
  opening: "Opening…",
  pageOf: "What was handed over",

  signIn: "Sign in",
  signOut: "Sign out",
  signOutEverywhere: "Sign out everywhere",
  signOutEverywhereAsk: "Sign out on every device?",
  signOutEverywhereWhy: "Every place where you are signed in is signed out, this one too.",
  keep: "Stay signed in",
  leaving: "Signing out…",
  signOutTrouble:
    "Signing out did not reach the server. Nothing is shown here, but you may still be signed in.",
  signedOut: "You are signed out. No words and no names were kept on this computer.",
  signedOutWaits: "You are signed out. Changes that were not saved wait in this window.",
  wrongDoor: "This page is for therapists. Your account opens elsewhere.",
  openJournal: "Open the journal",

  noAppointment: "No appointment planned",
  nothing: "Nothing handed over",
  things: (n: number) => (n === 1 ? "One thing" : `${capital(count(n))} things`),
  handed: (total: number, fresh: number) => {
    if (total === 0) return desk.nothing;
    if (fresh === 0) return desk.things(total);
    return total === fresh
      ? `${desk.things(total)}, new since last time`
      : `${desk.things(total)}, ${count(fresh)} new since last time`;
  },

  backToToday: "Today",
  moreArrived: "Something more was handed over.",
  show: "Show it",
  gone: "There is nothing to read here.",
  trouble: "The page did not open. Nothing is lost. Try again.",
  again: "Try again",
  noContact: "No contact with the clinic’s server.",
  veiled: (since: string) =>
    `The words are hidden since ${since}. They come back when the server answers.`,

  ask: "Ask to share",
  askOnce: "You can ask once. You will not be told what becomes of it.",
  asked: (when: string) => `You asked on ${when}.`,
  askFailed: "That did not reach the server. Please try again.",

  conductTitle: "Before you read",
  conductDone: "Close these notes",
} as const;

/** The words of the page itself: the same for the patient and the therapist. */
export const page = {
  frame: "Written by the patient. Not monitored. May be incomplete.",
  minutes: (n: number) => `about ${n} min`,
  facts: "Facts",
  next: "Next appointment",
  last: "Last dosing session",
  until: "Handed over until",
  nothing: "Nothing handed over.",
  fresh: "new",
  handed: (when: string) => `Handed over ${when}`,
  written: (when: string) => `Written ${when}`,
  dose: (n: number) => capital(ordinal(n)),
  route: (route: string) => ROUTES[route] ?? "",
} as const;

const ROUTES: Record<string, string> = {
  iv: "into a vein",
  im: "into a muscle",
  lozenge: "lozenge",
  oral: "by mouth",
  nasal: "nasal spray",
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
