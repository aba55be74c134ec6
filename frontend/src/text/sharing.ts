import { count } from "../page/when.ts";

/** The words of sharing: who can read what, giving, handing over, taking back. */
export const sharing = {
  where: "Sharing",
  title: "Who can read what",
  loading: "One moment.",
  lastTime: "There is no connection. This is how it was last time.",
  offline: "There is no connection. What you share has not changed.",
  signedOut: "You are signed out. What you share has not changed.",
  signIn: "Sign in",
  trouble: "This did not open. What you share has not changed.",
  again: "Try again",
  nobody: "Your clinic has not linked a therapist to you yet. Only you can read your journal.",

  can: (n: number, until: string) =>
    n === 0
      ? `Can read what you hand over, until ${until}. Nothing is handed over yet.`
      : `Can read ${n === 1 ? "one thing" : `${count(n)} things`} you handed over, until ${until}.`,
  cannot: "Can read nothing of yours.",
  ended: (when: string) => `Sharing ended ${when}. Can read nothing of yours.`,
  pending: (name: string) =>
    `You stopped sharing. This phone tells your clinic as soon as it is online. Until then ${name} can still open what you handed over.`,
  paused: (name: string) =>
    `Paused. ${name} can read nothing until you go on. What you handed over stays.`,
  pausedByDose: (name: string) =>
    `Paused: your clinic wrote down a session for that day. ${name} can read nothing until you go on. What you handed over stays.`,
  pausing: (name: string) =>
    `You paused. This phone tells your clinic as soon as it is online. Until then ${name} can still open what you handed over.`,
  newText: (name: string) =>
    `The agreement has a newer text. ${name} can read nothing until you agree to it. What you handed over stays.`,
  newTextPaused: (name: string) =>
    `The agreement has a newer text, and sharing is paused. ${name} can read nothing for now. What you handed over stays.`,
  asks: (name: string) => `${name} would like to read what you choose to hand over.`,
  lookAtIt: "Look at it",
  notNow: "Not now",
  setAside: (name: string) => `Set aside. ${name} is not told.`,
  readNew: "Look at the newer text",
  endsSoon: (day: string) =>
    `Sharing ends by itself after ${day}. You can renew it, or let it end.`,
  endsThen: "Then it ends by itself. You can renew it, or let it end.",
  renew: "Renew",
  wider: "Share more kinds, or for longer",
  pause: "Pause",
  goOn: "Go on",
  pausedNow: "Paused.",
  wentOn: (name: string) => `You went on. ${name} can read what you handed over.`,
  notWentOn: "No answer came. Sharing is still paused. You can try again.",
  noAnswer: "No answer came.",
  unsure: (name: string) =>
    `You chose to go on, and no answer came. ${name} may already be able to read what you handed over.`,
  goOnClosed: (when: string) => `These are the hours after your session. You can go on ${when}.`,
  changedSince: "Something has changed since. Please look at it again.",
  see: (name: string) => `See what ${name} sees`,
  stop: "Stop sharing",
  share: (name: string) => `Share with ${name}`,
  kinds: "What you may hand over",
  fewer: "Share fewer kinds",
  closed: (when: string) => `These are the hours after your session. Sharing opens again ${when}.`,
  stopWorks: "Stopping and taking back work at any time.",

  handed: "Handed over",
  held: "Goes out later",
  waits: "Waits for you",
  read: (name: string, when: string) => `First read by ${name} ${when}`,
  notOpened: "Not opened yet",
  /** What the other side noted on it. */
  marks: {
    read: (when: string) => `Read ${when}.`,
    readNext: (when: string, next: string) => `Read ${when}. You’ll talk about it ${next}.`,
    talked: (when: string) => `Talked about ${when}.`,
    carry: (when: string) => `For next time, noted ${when}.`,
  },
  heldUntil: (when: string, name: string) => `Waits until ${when}. Then ${name} can read it.`,
  heldShut: (when: string) => `Waits until ${when}, and until sharing is open again.`,
  askAt: (when: string) => `Waits until ${when}. Then we ask you once more.`,
  closedNow: (name: string) => `${name} can’t open it now.`,
  closingNow: (name: string) =>
    `You paused. Until this phone is online, ${name} can still open it.`,
  askLater: "Waits until you say so.",
  ask: (name: string) => `This waited for a clear head. Hand it to ${name} now?`,
  yes: "Yes",
  notYet: "Not yet",
  no: "No",
  takeBack: "Take back",
  takeBackOf: (what: string) => `Take back: ${what}`,
  takenBack: (name: string) => `Taken back. ${name} can’t open it any more.`,
  later: "Noted on this phone. It is the first thing sent once there is a connection.",
  released: (name: string) => `Handed over. ${name} can read it now.`,
  releasedShut: (name: string) => `Handed over. ${name} can read it once sharing is open again.`,
  stays: "It stays with you.",

  foot: (name: string) => `What ${name} has read may be remembered or noted.`,
  between: "No one is watching this in real time.",
  nextLook: (when: string) => `The next visit is ${when}.`,

  receiptOf: (day: string) => `Your receipt of ${day}`,
  earlierReceipts: "Earlier receipts",

  stopTitle: (name: string) => `Stop sharing with ${name}?`,
  stopWhat: (name: string) =>
    `From now on ${name} can open nothing of yours. What you handed over is removed there.`,
  stopRead: (name: string, n: number, when: string) =>
    n === 1
      ? `${name} opened one thing, first ${when}. That cannot be undone: it may be remembered or noted.`
      : `${name} opened ${count(n)} things. That cannot be undone: they may be remembered or noted.`,
  stopUnread: (name: string) => `${name} has opened nothing of what is handed over now.`,
  stopped: (name: string) => `Stopped. ${name} can read nothing of yours.`,
  keepSharing: "Keep sharing",

  pauseEverything: "Pause everything",
  pauseEverythingDone: "All sharing is paused. No one can read anything until you go on.",
  everything: "Withdraw everything",
  everythingTitle: "Withdraw everything?",
  everythingWhat:
    "All sharing stops. Everything you handed over is removed from the other side. Your journal stays as it is.",
  everythingRead: "What was opened stays opened: it may be remembered or noted.",
  everythingDone: "All sharing has stopped. Only you can read your journal.",
  keepAll: "Keep things as they are",

  fewerTitle: "Which kinds stay?",
  fewerWhat: (name: string) =>
    `Take away the ones you no longer want ${name} to read. What you handed over of those kinds is removed.`,
  fewerDo: "Keep the ticked ones",
  fewerNone: "To take away all of them, stop sharing.",
  fewerDone: "Changed.",
  back: "Leave it as it is",

  receipts: "Who read what",
} as const;

export const give = {
  title: (name: string) => `Share with ${name}`,
  lead: "Three questions. Nothing is shared until you press the button at the end.",
  who: "Who can read it?",
  whoAnswer: (name: string, clinic: string) =>
    `${name} at ${clinic}, and no one else. Others at the clinic cannot open it.`,
  what: "What may you hand over?",
  whatHelp: "These are kinds of things. Each thing is still handed over by you, one by one.",
  until: "Until when?",
  untilHelp: "It ends by itself after this day. You can stop sooner at any time.",
  untilLabel: "Last day",
  morning: "On the day of a session",
  morningHelp:
    "In the hours after a dose, what you hand over waits until the next morning. What happens then?",
  morningAsk: "Ask me again in the morning",
  morningGo: (time: string) => `Let it go at ${time}`,
  agreement: "What you agree to",
  short: (name: string) => [
    `${name} reads what you hand over, to prepare for your visits and use it in them.`,
    "You can stop at any time in two taps. What was opened can’t be un-seen.",
    "Your care stays the same if you say no, or share less.",
    "No one is watching this in real time.",
  ],
  whole: (n: number) => `Read all of it, ${n} parts`,
  act: (name: string) => `Share with ${name}`,
  acting: "Sharing…",
  notNow: "Not now",
  pickOne: "Pick at least one kind of thing.",
  badDay: "Pick a day from tomorrow on, within a year.",
  already: (name: string) =>
    `You already share with ${name}. Go back to sharing to see how it stands.`,
  toSharing: "Back to sharing",
  closed: (when: string) =>
    `These are the hours after your session. Sharing with someone is a choice for a clear head. It opens again ${when}.`,
  stillOpen: "Stopping and taking back work at any time.",
  changed: "The agreement has a newer text. Please read it again.",
  offline: "There is no connection. Nothing was shared.",
  notDone: "No answer came, and nothing is shared so far. Please try again.",
  perhaps: (name: string) =>
    `No answer came. It may have gone through, and then ${name} can read what you hand over. Press the button again once there is a connection: it is done only once.`,
  trouble: "That did not work. Nothing was shared. Please try again.",
  unheard: (name: string) =>
    `You paused or stopped sharing with ${name}, and your clinic has not heard of it yet. This phone tells it as soon as it is online. After that you can choose anew.`,
  unknown: "This person is not one of your therapists here.",
} as const;

/** Where they differ from the words of giving. */
export const renew = {
  title: (name: string) => `Renew sharing with ${name}`,
  lead: "You see what you chose before. Change what you like. Nothing changes until you press the button at the end.",
  whatHelp:
    "Each thing is still handed over by you, one by one. If you take a kind away, what you handed over of it is removed.",
  pause: "And the pause?",
  pauseHelp: (name: string) => `Sharing is paused now. ${name} can read nothing.`,
  pauseStays: "Stay paused",
  pauseEnds: (name: string) => `End the pause: ${name} can then read what you handed over`,
  newText: "The agreement has a newer text. All of it stands further down.",
  act: () => "Renew",
  acting: "Renewing…",
  over: (name: string) => `Sharing with ${name} has ended since. Nothing was renewed.`,
  closed: (when: string) =>
    `These are the hours after your session. Renewing is a choice for a clear head. It opens again ${when}.`,
  offline: "There is no connection. Nothing was renewed.",
  notDone: "No answer came, and nothing is renewed so far. Please try again.",
  perhaps: (name: string) =>
    `No answer came. It may have gone through, and then ${name} can read what you chose here. Press the button again once there is a connection: it is done only once.`,
  trouble: "That did not work. Nothing was renewed. Please try again.",
} as const;

export const handOver = {
  title: (name: string | null) =>
    name === null ? "What do you want to hand over?" : `What do you want to hand to ${name}?`,
  to: "To whom?",
  how: "How much of it?",
  whole: (kept: number) =>
    kept === 0
      ? "All of it"
      : `All of it, except ${kept === 1 ? "one answer" : `${count(kept)} answers`} you keep to yourself`,
  allKept: "You keep these answers to yourself. What you pick goes across, and nothing else.",
  kept: "You keep these to yourself, unless you tick them",
  answers: "Some answers",
  passage: "A passage",
  which: "Which answers?",
  whichText: "From which answer?",
  passageFoot: "The marked words, nothing else. The rest stays yours.",
  willSee: (name: string) => `${name} will see`,
  willSeeNothing: "Nothing is chosen yet.",
  canRead: (name: string, until: string) =>
    `Then ${name} can read this until ${until}, and no one else. You can take it back.`,
  onlyYou: "Only you can read this now.",
  readNow: (names: string) => `${names} can read what you handed over from this before.`,
  soft: (when: string) => ["These are the hours after your session. This waits until", when],
  softAsk: ", and we ask you once more.",
  softGo: (name: string) => `. Then ${name} can read it, as you agreed.`,
  act: "Hand over",
  actLater: (day: string, time: string) =>
    day === "today" ? `Hand over at ${time}` : `Hand over ${day}`,
  acting: "Handing over…",
  keep: "Keep it to myself",
  done: (name: string) => `Handed to ${name}.`,
  doneHeld: (when: string) => `This waits until ${when}.`,
  doneAsk: "Then we ask you once more.",
  doneGo: (name: string) => `Then ${name} can read it.`,
  unwatched: (name: string) =>
    `${name} sees it when they next look. No one is watching this in real time.`,
  back: "Back to what you wrote",
  notSaved:
    "This is still on this phone. You can hand it over once it is saved to your clinic’s server.",
  twoVersions: "This has two versions. Choose one first, then you can hand it over.",
  seeBoth: "See both versions",
  gone: "This is not on this phone.",
  nothing: "There is nothing in here that can be handed over.",
  nobody: "You don’t share with anyone yet. Only you can read this.",
  nobodyClosed: (when: string) =>
    `You don’t share with anyone yet. In the hours after a session this is closed. It opens again ${when}.`,
  paused: "Sharing is paused. Nothing can be handed over until you go on.",
  newText:
    "The agreement has a newer text. Nothing can be handed over until you have agreed to it.",
  toSharing: "Choose who can read",
  otherKind: (name: string, kinds: string) =>
    `You share ${kinds} with ${name}. This is another kind, so it stays with you.`,
  keptBack: (kinds: string) => `Answers about ${kinds} stay with you: you do not share that kind.`,
  changed: "Something has changed since. Please look at it again.",
  offline: "There is no connection. Nothing was handed over.",
  signedOut: "You are signed out. Nothing was handed over.",
  trouble: "That did not work. Nothing was handed over. Please try again.",
} as const;

export const passage = {
  yourText: "Your words, by sentences",
  howToMark: "Tap a sentence to mark it. Tap another to go on to there.",
  edge: {
    start: "Where it starts",
    end: "Where it ends",
    earlier: "A word earlier",
    later: "A word later",
  },
} as const;

export const sees = {
  title: (name: string) => `What ${name} can see`,
  same: (name: string) => `${name} gets these same words.`,
  offline: "There is no connection. This page comes from the server, so that it is true.",
  trouble: "This did not open.",
} as const;

/** The receipt of one consent. */
export const kept = {
  title: "What you agreed to",
  lead: (name: string) => `The receipt of your consent to ${name}. It is yours to keep.`,
  facts: "In short",
  patient: "Who gave it",
  reader: "Who it is for",
  clinic: "Clinic",
  kinds: "What may be handed over",
  from: "Given",
  until: "Last day",
  morning: "On the day of a session",
  morningAsk: "What is handed over waits, and you are asked again in the morning.",
  morningGo: "What is handed over waits until the next morning, and then goes out.",
  stands: "How it stands",
  state: {
    in_force: "In force",
    paused: "Paused",
    agree_again: "Waits for the newer text",
    ended: "Ended",
    withdrawn: "You stopped it",
  },
  agreement: "The whole agreement",
  history: "What became of it",
  event: {
    given: "You agreed.",
    narrowed: "You took kinds of things away.",
    paused: "You paused.",
    resumed: "You went on.",
    renewed: "You renewed: another consent took its place.",
    withdrawn: "You stopped sharing.",
    expired: "It ended by itself.",
    left: "It ended: the two of you are no longer linked here.",
  },
  because: {
    dose: "Paused: your clinic wrote down a session for that day.",
  },
  marks: "Marks for checking",
  marksAbout: "With these, somebody can tell later if the text or the record was changed.",
  mark: {
    record: "Consent",
    text: (id: string, edition: number) => `Text ${id}/${edition}, SHA-256`,
    ledger: (n: number) => `Record of your consents up to line ${n}, SHA-256`,
  },
  made: (when: string) => `Made ${when}.`,
  print: "Print it",
  save: "Save as a file",
  saved: "The file is where your browser keeps what it saves.",
  file: "The file holds the same, for other software to read. No words of your journal are in it.",
  offline: "There is no connection. The receipt opens when you are online.",
  trouble: "The receipt did not open.",
} as const;

export const receipts = {
  title: "Who read what",
  lead: "Each time someone opens something of yours, it is written down here.",
  none: "No one has opened anything of yours.",
  whole: (name: string, title: string) => `${name} read “${title}”`,
  answers: (name: string, title: string) => `${name} read answers from “${title}”`,
  passage: (name: string, title: string) => `${name} read a passage from “${title}”`,
  how: {
    page: "On the page",
    search: "A line of it, found by a search",
    pdf: "Kept as a file",
  },
  earlier: "Earlier ones",
  noEarlier: "The earlier ones did not open. Please try again.",
  look: "Look at it",
  offline: "There is no connection. The list shows when you are online.",
  trouble: "The list did not open.",
} as const;
