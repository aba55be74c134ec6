/**
 * Every word a patient reads on their own screens. Plain, short, present tense; nothing praises,
 * nothing counts, nothing promises. Another language is an object of the same shape.
 */
export const en = {
  now: {
    greeting: {
      morning: (name: string) => `Good morning, ${name}.`,
      afternoon: (name: string) => `Good afternoon, ${name}.`,
      evening: (name: string) => `Good evening, ${name}.`,
      night: (name: string) => `Hello, ${name}.`,
    },
    stage: {
      prep: (session: string | null) =>
        session ? `Getting ready for your ${session} session.` : "Getting ready.",
      day: (session: string | null) =>
        session ? `The day of your ${session} session.` : "The day of your session.",
      refl: (session: string | null, days: number) => {
        const which = session ? `your ${session} session` : "your session";
        return days <= 1 ? `The day after ${which}.` : `Two days after ${which}.`;
      },
      week: (session: string | null) =>
        session ? `The week after your ${session} session.` : "The week after your session.",
      prac: () => "Between sessions.",
      pre: (name: string | null, when: string | null) =>
        name && when ? `You meet ${name} ${when}.` : "Before you meet your therapist.",
      end: () => "After your course.",
    },
    ready: "When you are ready",
    begin: "Begin",
    waits: "From the evening of your session",
    waitsTitle: (name: string) => `You wanted to hand something to ${name}.`,
    waitsAbout: "It waits for your yes. It can also stay with you.",
    waitsLook: "Look at it",
    unfinished: "You stopped here",
    goOn: "Go on",
    write: "Write",
    blank: "Write whatever comes. One line is fine.",
    blankAbout: "A blank page. Stop anywhere.",
    last: {
      thisMorning: "This morning",
      today: "Earlier today",
      tonight: "This evening",
      lastNight: "Last night",
      yesterday: "Yesterday",
    },
    onThisPhone: (when: string) => `${when}, on this phone`,
    elsewhere: "Something else",
    few: "Save a few words",
    free: "Write freely",
    questions: "Other questions",
    questionsTitle: "Questions to answer",
    questionsAbout: "All of them, at any time. Skip any. Stop anywhere.",
    look: "This phone",
    checkIn: "Check in",
    checkInAbout: "One number is enough.",
    checkedIn: "Checked in. Only you can read it.",
  },

  soft: {
    where: "After your session",
    three: "Three short questions",
    steady: "Something to feel steady",
    leave: "Leave the calm screen",
    enter: "I am in the hours after a session",
    enterAbout: "A darker screen, larger words, one thing at a time.",
  },

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

  state: {
    empty: "Nothing written yet.",
    phone: "On this phone.",
    phoneWaits: "On this phone. It is sent when you are online.",
    phoneSignedOut: "On this phone. It is sent when you sign in.",
    saved: (time: string) => `Saved ${time}.`,
    savedPlain: "Saved to your clinic’s server.",
    aside: "On this phone. The server did not take it.",
    full: "This phone has no room left. Copy your words somewhere before you close this.",
    failed: "This phone could not keep the last words. Copy them somewhere before you close this.",
  },

  readers: {
    you: "Only you can read this.",
    some: (names: string) => `${names} can read what you handed over.`,
    held: (names: string, when: string) => `${names} can read a part ${when}.`,
    waiting: "What you chose to hand over waits for your yes.",
    unknown: "What you handed over from this shows when you are online.",
    and: " and ",
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

  shell: {
    offline: "No network. What you write stays on this phone.",
    signedOut: "Signed out. Writing still works.",
    signIn: "Sign in",
    update: "A newer version is ready.",
    updateNow: "Use it now",
    broken: "Something did not open.",
    brokenAbout: "What you wrote is kept on this phone.",
    reload: "Try again",
    wait: "One moment.",
  },
} as const;
