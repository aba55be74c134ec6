/**
 * The words of the first screen and of what stands around every screen: nothing else is waited
 * for. The words of the questions are in `en.ts`, those of later screens in files of their own.
 */
export const first = {
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
      /** `days` in words, from two on. */
      refl: (session: string | null, days: string | null) => {
        const which = session ? `your ${session} session` : "your session";
        return days === null ? `The day after ${which}.` : `${days} days after ${which}.`;
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
    last: {
      thisMorning: "This morning",
      today: "Earlier today",
      tonight: "This evening",
      lastNight: "Last night",
      yesterday: "Yesterday",
    },
    few: "Save a few words",
    questions: "Other questions",
    checkIn: "Check in",
    checkInAbout: "One number is enough.",
  },

  soft: {
    where: "After your session",
    save: "Speak, write or draw",
    leave: "Leave the calm screen",
  },

  state: {
    empty: "Nothing written yet.",
    unkept: "Not kept yet.",
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
    closed: "What you handed over is closed for now.",
    closing: (names: string) =>
      `What you handed over is paused as soon as the phone is online. Until then ${names} may still read it.`,
    leaving: (names: string) =>
      `What you took back goes as soon as the phone is online. Until then ${names} may still read it.`,
    waiting: "What you chose to hand over waits for your yes.",
    unknown: "What you handed over from this shows when you are online.",
    and: " and ",
  },

  shell: {
    offline: "No network. What you write stays on this phone.",
    signedOut: "Signed out. Writing still works.",
    signIn: "Sign in",
    update: "A newer version is ready.",
    updateNow: "Use it now",
    tooOld: "Sending needs the newer version. Your words wait on this phone.",
    broken: "Something did not open.",
    brokenAbout: "What you wrote is kept on this phone.",
    reload: "Try again",
  },
} as const;
