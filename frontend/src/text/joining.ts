/** The first words anybody reads here: the invitation, and what is set up after it. */
export const joining = {
  opening: "One moment.",
  next: "Next",
  back: "Back",
  later: "Later",
  again: "Try again",

  closed: {
    title: "This link opens nothing now.",
    about: "An invitation works once, for three days. Your clinic can make you another.",
    lost: "If you were just joining, ask your clinic for another card.",
    member: "If you joined before, sign in instead.",
    signIn: "Sign in",
  },
  offline: {
    title: "There is no connection.",
    about: "Try again when you are online.",
  },
  taken: {
    title: "There is a journal on this phone.",
    about:
      "It belongs to whoever is signed in here. An invitation is for somebody new. To use it on this phone, sign out first, then open the link again.",
    open: "Open that journal",
  },

  welcome: {
    title: (name: string) => `Welcome, ${name}.`,
    patient: (clinic: string) =>
      `${clinic} invites you to a private journal for the days around your sessions.`,
    sees: (name: string) => `Your therapist there is ${name}.`,
    points: [
      "What you write is yours. Nobody reads it unless you hand it to them.",
      "You can stop at any point and go on later.",
    ],
    therapist: (clinic: string) =>
      `${clinic} invites you. Here you read what your patients hand to you, and nothing else.`,
    admin: (clinic: string) =>
      `${clinic} invites you to look after its desk. No word of a journal can be opened there.`,
    begin: "Begin",
    staff: "Somebody is signed in at the desk on this device. Joining here signs them out.",
  },

  called: {
    title: "What would you like to be called?",
    about: "Only your clinic and the people you share with see it.",
    name: "Name",
    none: "Please write a name.",
    zone: (zone: string) => `Times follow ${zone}.`,
    otherZone: "Use another time zone",
    pick: "Time zone",
    noZone: "This time zone is not known here. Please pick another.",
  },

  way: {
    title: "How would you like to get in?",
    passkey: "With this device’s own unlock",
    passkeyAbout:
      "Your face, your finger, or the code of this device. There is nothing to remember.",
    password: "With a password",
    passwordTitle: "Your password",
    patient: "You get a recovery code next, for a new phone.",
    staff: "A password also needs a code app.",
    joining: "One moment…",
    no: "No passkey was made. You can try again, or use a password.",
    offline: "No answer came. Please try again.",
    trouble: "That did not work this time. Please try again.",
  },

  kept: {
    title: "Keep this somewhere safe",
    about: "It gets you back in if this device is lost. It is shown this once.",
    done: "I have kept it",
    later: "Later",
    laterAbout: "You can make another under “This phone”, “Signing in and devices”.",
    laterAboutStaff: "You can make another on your own page of the desk.",
  },
} as const;

export const welcome = {
  title: "Getting started",
  about: "Each of these can wait. None of them is needed to write.",
  back: "Back",
  later: "Later",
  next: "Next",
  toJournal: "To my journal",
  done: "Done",
  open: "Not yet",
  silent: "The app sends you nothing: no mail, no messages.",

  steps: {
    you: "Your name and time zone",
    sharing: "Who can read what you write",
    words: "Help after certain words",
    lock: "A lock for this phone",
    home: "The app on your home screen",
  },

  sharing: {
    title: "Who can read what you write",
    only: "Only you.",
    onlyAbout: "Nobody at your clinic can open your journal.",
    some: "You can hand something over.",
    someAbout: (name: string | null) =>
      `A page, one answer, a single line: it is your choice. Then ${name ?? "your therapist"} can read that and nothing else.`,
    back: "You can take it back.",
    backAbout: "At any time. You need no reason. You see when it was read.",
    nobody: "Nobody is watching in between.",
    nobodyAbout: "If you need someone now, Help is at the top of every screen.",
  },
  words: { title: "One question", wait: "This waits for a day with a clear head." },
  lock: {
    title: "A lock for this phone?",
    about:
      "Then the journal opens with a PIN, or this phone’s own unlock. You can write while it is locked.",
    make: "Choose a lock",
    has: "This phone has one.",
  },
  home: {
    title: "On your home screen?",
    about: "It opens with one tap, works without a network, and the phone keeps it better.",
    add: "Put it there",
    how: "Show me how",
    has: "It is there.",
  },

  you: {
    title: "Your name and time zone",
    save: "Keep this",
    saving: "One moment…",
    saved: "It is kept.",
    noAnswer: "No answer came, so it may be kept or not. Please try again.",
    trouble: "That did not work this time. Nothing is changed.",
    language: "Language",
    english: "This app speaks English.",
    told: "Your clinic, and those you share with, see the new name.",
  },
} as const;
