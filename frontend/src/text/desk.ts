import { count, ordinal } from "../page/when.ts";

/** The words of the therapist's side, and of the page both sides read. */
export const desk = {
  title: "Journal",
  today: "Today",
  order: "By next appointment",
  nobody: "Nobody is linked to you yet. Your clinic links people to you.",
  search: "Search",
  choose: "Choose a name to read what that person handed to you.",
  notMonitored:
    "Entries are not monitored. Opening one may create duties for you under your law and policy. " +
    "Tell patients when you usually look.",
  opening: "Opening…",
  pageOf: "What was handed over",

  account: "Signing in and devices",
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
  nothingSince: (day: string) => `Nothing handed over since ${day}`,
  things: (n: number) => (n === 1 ? "One thing" : `${capital(count(n))} things`),
  handed: (total: number, fresh: number) =>
    `${desk.things(total)}, ${total === fresh ? "new since last time" : desk.fresh(fresh)}`,
  fresh: (n: number) => `${n === 0 ? "nothing" : count(n)} new since last time`,
  released: (day: string, minutes: number) => `Brief released ${day}, about ${minutes} min`,

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

  watch: (name: string, when: string | null) =>
    when === null
      ? `No appointment is planned. ${name} is told that no one is watching in between.`
      : `${name} is told: you read before you meet, ${when}. No one is watching in between.`,

  mark: { read: "Read", talked: "Talked about", carry: "Carry" },
  markOf: (mark: string, title: string) => `${mark}: ${title}`,
  markFailed: "That was not noted. Please try again.",
  readAll: (day: string | null) => (day === null ? "Read" : `Read: we’ll talk about it ${day}`),
  readDone: (name: string, day: string | null) =>
    day === null
      ? `Noted. ${name} sees that you read it.`
      : `Noted. ${name} sees that you read it and talk about it ${day}.`,
  readFailed: "That did not reach the server. Please try again.",

  conductTitle: "Before you read",
  conductDone: "Close these notes",
} as const;

/** The words of the page itself: the same for the patient and the therapist. */
export const page = {
  frame: "Written by the patient. Not monitored. May be incomplete.",
  minutes: (n: number) => `about ${n} min`,
  until: (day: string) => `Handed over until ${day}.`,
  released: (day: string) => `Released ${day}.`,
  nothing: "Nothing handed over.",
  fresh: "new",
  handed: (when: string) => `Handed over ${when}`,
  written: (when: string) => `Written ${when}`,
  dosing: (n: number, when: string, route: string) =>
    `${capital(ordinal(n))} session ${when}${ROUTES[route] ? `, ${ROUTES[route]}` : ""}.`,

  all: "Everything",
  since: (day: string) => `Since ${day}`,
  whichTime: "How far back",

  carried: "Carried from last time",
  agenda: (name: string) => `What ${name} wants to talk about`,
  safety: "Safety",
  safetyNone: "No items shared here.",
  leads: (name: string) => `What stays with ${name}`,
  newest: "Handed over last",
  noneSince: "Nothing handed over since then.",
  steps: "Small steps",
  intention: "Intention",
  plan: (when: string) => `A stay-well plan, ${when}`,
  allOfIt: "All of it",
  lessOfIt: "Less",
  openOf: (what: string, title: string) => `${what}: ${title}`,
  more: (n: number) => (n === 1 ? "The one thing, in full" : `All ${count(n)} things, in full`),

  sums: "In numbers",
  asTable: "As a table",
  asDots: "As dots",
  moreNumbers: "More numbers",
  numbers: (n: number) => (n === 1 ? "one number" : `${count(n)} numbers`),
  ends: (low: string, high: string) => `0 ${low}, 10 ${high}`,
  plot: (name: string, n: number, ends: string) =>
    `${name}, ${page.numbers(n)}. ${ends}. The table has each of them.`,
  session: (n: number) => `session ${n}`,
  when: "When",
  value: "Number",
  dashed: "A dashed line is a dosing session.",
  change: (from: number | null, to: number | null) =>
    `${from === null ? "" : `${from} → `}${to ?? "no total"}`,
  difference: (n: number) => (n === 0 ? "±0" : n > 0 ? `+${n}` : `−${-n}`),
  missing: (n: number) => `${n} not answered`,
  most: (n: number) => `of ${n}`,
  times: (n: number) => (n === 1 ? "once" : n === 2 ? "twice" : `${count(n)} times`),
  still: (still: boolean) => (still ? "still there" : "gone"),
  source: (what: string) => `${what}. Go to where it was written`,

  marked: { read: "Read", talked: "Talked about", carry: "Carried to next time" },
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
