/** What stands under something that is being written, beside where it is and who can read it. */

/** When somebody looks, from the appointment that comes next. */
export const unwatched = {
  next: (name: string, when: string) =>
    `${name} next meets you ${when}. No one is watching before then.`,
  none: "No visit is planned. No one is watching this.",
} as const;

/** What goes to somebody once it is saved. */
export const standing = {
  line: (name: string, kind: string) => `${name} sees ${kind} when you save.`,
} as const;

/** On the first screen, from two days before a visit on. */
export const offer = {
  title: (name: string, when: string) => `For your visit with ${name} ${when}`,
  about: "You can choose what to bring. You can also just come.",
  open: "Choose what to bring",
} as const;
