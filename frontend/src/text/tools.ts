/** The words of what a therapist has beside the page: notes, suggestions, a file, a search. */
export const notes = {
  title: "My notes",
  only: (name: string) => `Only you. Not part of what ${name} sees.`,
  saving: "Not saved yet",
  saved: (when: string) => `Saved ${when}`,
  failed: "Not saved. It is tried again as you type.",
  tooLong: "This is as long as one note can be.",
  another: "Another note",
  earlier: "Earlier notes",
  one: (when: string) => `Note of ${when}`,
  remove: "Delete",
  removeOf: (when: string) => `Delete the note of ${when}`,
  removeAsk: "Delete this note?",
  removeWhy: "It cannot be brought back.",
  keep: "Keep it",
  trouble: "Your notes did not open.",
  again: "Try again",
} as const;

export const suggest = {
  open: "Suggest something",
  lead: (name: string) =>
    `${name} can take it up or let it lie. You are not told which, unless ${name} hands something over.`,
  kind: "What kind?",
  kinds: { guide: "A guide or measure", skill: "A skill", question: "A question of your own" },
  which: { guide: "Which guide or measure?", skill: "Which skill?" },
  question: "Your question",
  before: "Before the next appointment",
  act: "Suggest it",
  notNow: "Not now",
  missing: "Pick or write what you suggest.",
  done: (title: string) => `Suggested: ${title}`,
  failed: "That did not reach the server. Please try again.",
  mine: "What you suggested",
  when: (day: string) => `Suggested ${day}`,
  end: "Take back",
  endOf: (title: string) => `Take back: ${title}`,
} as const;

export const file = {
  open: "Keep as PDF",
  before: (name: string) =>
    `The file holds exactly this page. ${name} sees that you kept it. From then on it is yours to look after.`,
  act: "Make the file",
  notNow: "Not now",
  making: "Making the file…",
  done: (name: string) => `The file is where your browser keeps what it saves. ${name} sees it.`,
  failed: "The file was not made. Please try again.",
  name: (day: string) => `page-${day}.pdf`,
} as const;

export const search = {
  open: "Search",
  title: "Search",
  lead: "In what is handed over to you now, and nothing else. What is found counts as read.",
  words: "Words to look for",
  act: "Search",
  least: "Two letters at least.",
  searching: "Searching…",
  none: "Nothing with these words is handed over now.",
  changed: "Something changed meanwhile. Search again to see what is there now.",
  noContact: "No contact with the clinic’s server. What was found is not shown.",
  failed: "The search did not work. Please try again.",
  found: (n: number) => (n === 1 ? "Found once" : `Found ${n} times`),
  most: "Only the first fifty are shown.",
  show: (name: string) => `Open the page of ${name}`,
} as const;
