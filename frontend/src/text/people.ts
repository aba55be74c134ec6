import type { Role } from "../api/types.ts";

/** The words of a clinic's people: who is here, who sees whom, and what an admin does about them. */
export const people = {
  title: "People",
  about: "Who is here and who sees whom. No word of a journal can be opened from here.",
  trouble: "This did not open. Try again.",
  again: "Try again",
  opening: "Opening…",
  nowhere: "Nobody of your clinic is here.",
  all: "All people",
  groups: {
    patient: "Patients",
    therapist: "Therapists",
    admin: "Admins",
  } satisfies Record<Role, string>,
  role: {
    patient: "Patient",
    therapist: "Therapist",
    admin: "Admin",
  } satisfies Record<Role, string>,
  gone: "No longer here",
  none: "Nobody yet.",
  seenBy: (names: string) => `Seen by ${names}`,
  unseen: "Seen by nobody",
  sees: (n: number) => (n === 0 ? "Sees nobody" : n === 1 ? "Sees one person" : `Sees ${n} people`),
  since: (day: string) => `Here since ${day}`,
  until: (day: string) => `Here until ${day}`,
  and: (names: readonly string[]) =>
    names.length < 2
      ? names.join("")
      : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`,

  proofs: "Signs in with",
  passkeys: (n: number) => (n === 1 ? "one passkey" : `${n} passkeys`),
  code: "a password with a code",
  noProof: "a password alone, or nothing yet",

  therapists: (name: string) => `Who sees ${name}`,
  patients: (name: string) => `Whom ${name} sees`,
  change: "Change",
  changeOf: (name: string) => `Change: ${name}`,
  add: "Add a therapist",
  more: "More",
  steps: {
    access: "Report: who opened what",
    recovery: "Help them get back in",
    leave: "They leave the clinic",
    deactivate: "Shut their account",
  },
  own: {
    access: "",
    recovery: "",
    leave: "Leave the clinic",
    deactivate: "Shut my account",
  },
  back: "Leave it as it is",
  failed: "That did not work this time. Please try again.",
  lost: "No answer came. This is how it stands now.",
  happens: "What happens then",

  link: {
    instead: (patient: string, old: string) => `Who sees ${patient} in the place of ${old}?`,
    also: (patient: string) => `Who else sees ${patient}?`,
    nobody: "Nobody in their place",
    noOther: "There is no other therapist here. Invite one first.",
    ends: (patient: string, old: string) =>
      `${old} can read nothing of ${patient}’s from that moment on. Anything ${patient} may have handed over to ${old} is removed there for good.`,
    visits: (patient: string, old: string) =>
      `Visits that ${patient} and ${old} have planned are cancelled.`,
    starts: (patient: string, next: string) =>
      `${next} sees the name of ${patient} and planned visits, and starts with no words. ${patient} alone decides whether to share, and what.`,
    told: (names: string) => `${names} are told that you changed this.`,
    back: "It cannot be brought back. Linking them again starts with nothing.",
    change: "Change it",
    end: "End it",
    add: "Add",
    changed: (patient: string, next: string) => `${next} now sees ${patient}. ${patient} is told.`,
    ended: (patient: string, old: string) =>
      `${old} no longer sees ${patient}. ${patient} is told.`,
  },

  leave: {
    title: (name: string) => `Does ${name} leave the clinic?`,
    patient: [
      "Nobody here can read anything of theirs from that moment on. What they may have handed over is removed for good.",
      "Planned visits are cancelled.",
      "Their journal stays theirs. They still sign in, and can take it with them.",
    ],
    sees: (names: string) =>
      `No longer seen by them: ${names}. Each is told. What they may have handed over is removed there for good.`,
    alone: (names: string) => `Seen by nobody then: ${names}.`,
    visits: "Planned visits with them are cancelled.",
    stays: "They still sign in, and find nobody.",
    admin: "They can change nothing here any more.",
    back: "Whoever comes back is invited anew, and starts with nothing.",
    do: (name: string) => `Yes, ${name} leaves`,
    done: (name: string) => `${name} is no longer here.`,
  },
  deactivate: {
    title: (name: string) => `Shut the account of ${name}?`,
    out: "They are signed out on every device at once, and cannot sign in here any more.",
    do: "Shut the account",
    done: (name: string) => `The account of ${name} is shut.`,
  },
  last: "The clinic would have no admin then. Invite another one first.",

  recovery: {
    title: (name: string) => `Help ${name} get back in`,
    first: (name: string) =>
      `First make sure that it is ${name} who asks: meet them, or call the number you have.`,
    what: "You make a link that works for three days. It opens nothing alone: they also need their recovery code, or a device they used before.",
    wait: "Then a day passes before anything opens. All their devices are told at once, and can stop it.",
    not: "You choose no password, and you see no word of theirs.",
    self: "Another admin can do this for you. Or use your recovery code.",
    make: "Make the link",
    made: (name: string) => `Give this link to ${name}`,
    once: (until: string) => `It is shown once, and works until ${until}. An earlier link is over.`,
    qr: "The link as a square to point a phone at",
    copy: "Copy the link",
    copied: "Copied.",
    notCopied: "It was not copied. You can select it by hand.",
    done: "Done",
  },

  access: {
    title: (name: string) => `Who opened what of ${name}’s`,
    what: "A list of each time somebody here opened something: who, when, what kind of thing, and how.",
    not: "It holds no words. What was never handed over, or never opened, is not in it.",
    told: (name: string) => `${name} sees that you made it.`,
    csv: "As a table (CSV)",
    pdf: "To print (PDF)",
    made: "It is among your downloads. Keep it as you keep a medical record.",
  },
} as const;

export const health = {
  title: "How the server is",
  about: "Numbers and dates. A number below five is not shown.",
  few: "fewer than 5",
  people: "People",
  counts: {
    patients: "Patients",
    therapists: "Therapists",
    admins: "Admins",
    without_therapist: "Patients seen by nobody",
  },
  troubles: "Times the server failed, in seven days",
  kinds: {
    entries: "Saving what people wrote",
    media: "Recordings and photos",
    sharing: "Handing over and taking back",
  },
  store: "Storage",
  disk: "Room left",
  room: (free: string, share: number) =>
    share === 0 ? "less than 5 % of the disk" : `at least ${free}, ${share} % of the disk`,
  low: "Little room is left. Tell whoever runs the server.",
  noDisk: "elsewhere",
  database: "Database",
  names: { sqlite: "SQLite", postgresql: "PostgreSQL" } as Record<string, string>,
  schema: "Edition of its tables",
  unlocked: "Its own lock does not hold. Tell whoever runs the server.",
  backup: "Last backup",
  noBackup: "not known",
  oldBackup: "It is more than two days old. Tell whoever runs the server.",
  records: "Records of who opened what",
  check: "Check them now",
  checking: "Checking…",
  hold: (at: string) => `Checked ${at}: nothing was changed or removed.`,
  broken: (names: string) =>
    `These are not as they were written: ${names}. Tell whoever runs the server, and keep the backups.`,
  numbers: "Numbers to check every three months",
  checked: (day: string) => `checked ${day}`,
  never: "not checked yet",
  due: "to check now",
} as const;
