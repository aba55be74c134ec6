import { first } from "./first.ts";

/**
 * Every word a patient reads on their own screens. Plain, short, present tense; nothing praises,
 * nothing counts, nothing promises. Another language is an object of the same shape.
 */
export const en = {
  ...first,

  guide: {
    skip: "Skip",
    next: "Next",
    done: "Done for now",
    unsure: "Not sure",
    addWords: "Add words",
    placeholder: "Write here",
    where: "Where in the body?",
    wordsLabel: "Your words",
    yourAnswer: "Your answer",
    more: "A little more?",
    moreAbout: "You can stop here. There are a few more questions if you want them.",
    moreYes: "More",
    moreNo: "Stop here",
    finished: "Done",
    saved: "Saved.",
    savedPhone: "Saved on this phone.",
    nothingKept: "Nothing was written, so nothing was kept.",
    steady: "Something to feel steady",
    look: "Read what you wrote",
    pickUp: "You started this before.",
    pickUpAt: (when: string) => `You stopped ${when}, at this question:`,
    here: "Pick up here",
    fresh: "Start fresh",
    notNow: "Not now",
    rest: "Rest here",
    full: (max: number) =>
      max === 1
        ? "That is one. To change it, tap it off first."
        : `Up to ${max}. Tap one to let it go.`,
    upTo: (max: number) => (max === 1 ? "Pick one." : `Up to ${max}.`),
    other: "Something else",
    notHere: "This way to answer is not on this phone yet. You can skip it.",
    gone: "These questions could not be opened.",
    goneAbout: "They open once this phone has been online.",
  },

  words: {
    own: "Or a word of your own",
    add: "Add this word",
    last: ["no words for it", "something else"],
  },

  places: {
    about: (place: string) => place,
    kind: "What is it?",
    quality: "What is it like?",
    strength: "How strong?",
    low: "hardly there",
    high: "very strong",
    unsure: "not sure",
  },

  contacts: {
    name: "Name",
    phone: "Phone",
    another: "Add another person",
  },

  notes: {
    numbersNow:
      "This can need medical care now. Call your emergency number or your clinic. The numbers are under Help.",
    call: "If it is strong, or does not ease, call your clinic. The number is under Help.",
    unwell: "Your clinic’s number is under Help. If it is urgent, call your emergency number.",
    upset: "You can stop here. A steadying skill may help.",
    numbers: "See the numbers",
    skills: "See the skills",
    locked: "This answer cannot be handed to anyone.",
  },

  write: {
    title: "Write what you like.",
    label: "Your words",
    done: "Done",
    notNow: "Not now",
  },

  capture: {
    done: "Done",
    notNow: "Not now",
    label: "A few words",
  },

  edit: {
    title: "Change it",
    done: "Done",
    about: "The version before stays under Earlier versions.",
  },
} as const;
