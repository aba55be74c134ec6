import { count } from "../page/when.ts";

/** The words of choosing what to bring to a visit. */
export const brief = {
  title: (name: string) => `What to bring to ${name}`,
  where: "Sharing",
  visit: (name: string, when: string) => `You meet ${name} ${when}.`,
  noVisit: (name: string) => `No visit with ${name} is planned yet.`,
  about: "All of this is yours to leave out. One line is enough.",
  soft: (when: string) =>
    `These are the hours after your session. You can write here now. What you hand over waits until ${when}.`,

  agenda: {
    /** Where the guide has no words of its own for a line. */
    part: { one: "One thing", two: "Another", three: "And another" },
    offline: "This opens once this phone has been online.",
  },

  order: {
    title: "What goes first",
    about: "Up to three things stand at the top of the page.",
    none: "Nothing is handed over yet.",
    noneFirst: "Nothing is put first. The newest stands on top.",
    rest: "Also handed over",
    all: (n: number) => (n === 1 ? "Show one more" : `Show ${count(n)} more`),
    put: "Put first",
    putOf: (what: string) => `Put first: ${what}`,
    not: "Not first",
    notOf: (what: string) => `Not first: ${what}`,
    up: "Up",
    upOf: (what: string) => `Up: ${what}`,
    down: "Down",
    downOf: (what: string) => `Down: ${what}`,
    full: "Three things stand first. Take one away to put another there.",
    moved: (what: string, place: number, of: number) =>
      `${what}: place ${String(place)} of ${String(of)}.`,
    isFirst: (what: string) => `${what} goes first.`,
    isNot: (what: string) => `${what} does not go first.`,
    cut: "Remove a sentence",
    cutOf: (what: string) => `Remove a sentence: ${what}`,
  },

  cut: {
    title: "Which sentence shall go?",
    about: (name: string) =>
      `Tap a sentence. It goes from what ${name} can open. Your own page keeps it.`,
    read: (name: string) =>
      `${name} has opened this before. What was read may be remembered or noted.`,
    chosen: "This goes:",
    act: "Remove it",
    acting: "Removing…",
    done: (name: string) => `Removed. ${name} can’t open that sentence any more.`,
    gone: (name: string) => `Those were the last words of it. ${name} can’t open it any more.`,
    changed: "Other words stand there now. Please look at it again.",
    offline: "There is no connection. Nothing was removed.",
    trouble: "That did not work. Nothing was removed. Please try again.",
    stay: "Leave it as it is",
    nothing: "There are no sentences of yours in this one.",
    from: "From which answer?",
  },

  more: {
    title: "Hand over more",
    open: "Hand over more",
    about: (name: string) =>
      `Tick what ${name} may read. Each one goes as a whole. To give a part, open it and choose “Hand over”.`,
    legend: "What to hand over",
    none: "There is nothing else here that can be handed over as a whole.",
    act: (n: number) => (n === 1 ? "Hand over one thing" : `Hand over ${count(n)} things`),
    actLater: (n: number, when: string) =>
      n === 1 ? `Hand over one thing ${when}` : `Hand over ${count(n)} things ${when}`,
    acting: "Handing over…",
    older: "Show older ones",
    done: "Handed over.",
    held: (when: string) => `Waits until ${when}.`,
    waits: "Waits for your yes.",
    not: (why: string) => `Not handed over. ${why}`,
    read: "Read it",
    close: "Close",
    kept: "What you keep to yourself in it stays with you.",
  },

  release: {
    title: (name: string) => `What ${name} gets`,
    page: (name: string) => `See the page as ${name} sees it`,
    act: (name: string) => `Let ${name} see this`,
    again: (name: string) => `Let ${name} see the changes`,
    acting: "Sending…",
    not: (name: string) => `${name} has no list and no order from you yet.`,
    now: (name: string, when: string) => `${name} can see this since ${when}.`,
    changed: (name: string) => `You have changed something. ${name} sees it when you press.`,
    read: (name: string, when: string) => `${name} has read this ${when}.`,
    done: (name: string) => `Done. ${name} can see this.`,
    doneHeld: (when: string) => `The order is set. Your list waits until ${when}.`,
    doneAsk: "The order is set. Your list waits for your yes.",
    back: "Take the order back",
    taken: (name: string) => `Taken back. ${name} sees the page without your order.`,
    offline:
      "There is no connection. What you wrote is on this phone. Try again when you are online.",
    unsaved: "Your list is on this phone and not at the clinic yet. Try again in a moment.",
    two: "Your list has two versions. Choose one first.",
    trouble: "That did not work. Please try again.",
    nothing: "There is nothing to show yet. Write a line, or hand something over.",
    listKept: (name: string) =>
      `You do not share reflections with ${name}, so the list stays with you. The order goes.`,
    minutes: (n: number) =>
      n === 1 ? "About a minute to read." : `About ${count(n)} minutes to read.`,
    unwatched: (name: string) =>
      `${name} looks at it before you meet. No one is watching in between.`,
  },

  nobody: (name: string) => `You don’t share with ${name} now. So there is nothing to bring here.`,
  paused: (name: string) => `Sharing with ${name} is paused. You can still write your list.`,
  toSharing: "Back to sharing",
} as const;

/** Under an entry whose words have changed since they were handed over. */
export const again = {
  sees: (name: string) => `${name} still sees the earlier words.`,
  waits: (name: string) => `What waits for ${name} has the earlier words.`,
  update: "Update what was handed over",
  choose: "Look at it and choose again",
  done: (name: string) => `Updated. What ${name} had before is taken back.`,
  soft: (when: string) =>
    `These are the hours after your session. You can update it ${when}. Taking back works at any time.`,
  replaces: (name: string) => `This takes the place of what ${name} has from this now.`,
} as const;

/** Things that go to somebody as they are saved. */
export const standing = {
  open: "From now on, as I save",
  title: (name: string) => `To ${name} as you save?`,
  about: (name: string) =>
    `What you tick goes to ${name} each time you finish one of that kind on this phone. Nothing you wrote before goes. You can take each one back.`,
  off: "It is off until you turn it on, and it stops when you turn it off, pause, or stop sharing.",
  soft: "In the hours after a session it rests.",
  legend: "Which kinds?",
  softNow: (when: string) =>
    `These are the hours after your session. You can turn it on ${when}. Turning off works now.`,
  on: (name: string, kinds: string) => `From now on ${name} gets ${kinds} as you save.`,
  none: "Nothing goes by itself.",
  save: "Keep it like this",
  kept: "Kept on this phone.",
  leave: "Leave it as it is",
  nobody: (name: string) => `Sharing with ${name} is not open now, so nothing goes by itself.`,
} as const;

/** Recordings, drawings and photos in a hand-over. */
export const along = {
  legend: "Recordings, drawings and photos",
  recording: (length: string) => `Recording, ${length}`,
  drawing: "Drawing",
  photo: "Photo",
  words: "And the words?",
  with: "With the words",
  without: "Without the words",
  closed: "Recordings, drawings and photos stay with you: you do not share that kind.",
} as const;
