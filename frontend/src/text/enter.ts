/** The words before signing in: the door, and Help. */
export const enter = {
  title: "Sign in",
  email: "E-mail or sign-in name",
  password: "Password",
  showPassword: "Show the password",
  signIn: "Sign in",
  signingIn: "Signing in…",
  bothNeeded: "Please fill in both lines.",
  noFit: "This name and password do not fit together. Please check both and try again.",
  offline: "There is no connection to your clinic’s server. What you wrote stays on this phone.",
  wait: (minutes: number) =>
    `There were many tries. Please wait ${minutes === 1 ? "a minute" : `${String(minutes)} minutes`}, then try again.`,
  trouble: "Signing in did not work this time. Please try again in a moment.",
  cannot: "I cannot get in",
  unfinished:
    "Signing out is not finished. What was written here is still on this phone, and could not be removed just now.",
  finish: "Try again",
  kept: "What you wrote is still on this phone. Sign in as the same person to send it.",

  passkey: "Sign in with a passkey",
  passkeyAbout: "Your face, your finger, or the code of this device.",
  asking: "Asking this device…",
  or: "Or with a password",
  no: "No passkey was used. You can try again, or use your password.",
  lock: "That one opens the lock on your phone. Please choose the one with your sign-in name.",

  code: "The six digits from your code app",
  codeAbout: "They change every half minute.",
  noCode: "That code does not fit. Please take the one your app shows now.",
  codeNeeded: "Please type the code.",
  noApp: "I don’t have my code app",
  recovery: "Your recovery code",
  recoveryAbout: "From your card. It works once. Capitals and dashes do not matter.",
  noRecovery: "That recovery code does not fit. Please look at your card again.",
  useApp: "Use the code app",
  useCard: "Use my recovery code",
  other: "Start again",

  told: "Something happened with how you sign in.",
  look: "Look at it",

  demo: "This is a demo clinic.",
  demoCode: (code: string) => `Everybody’s code here is ${code}.`,
} as const;

export const help = {
  title: "Help",
  notMonitored: "No one is watching this in real time.",
  back: "Back to where you were",
  always: "Day and night",
  danger: "In danger right now",
  call: (number: string) => `Call ${number}`,
  text: (number: string) => `Text ${number}`,
  textWord: (word: string, number: string) => `Text ${word} to ${number}`,
  emergencyNote: "The emergency number. You can also go to the nearest emergency room.",
  talk: "Someone to talk to",
  whatACallIs:
    "A trained person answers. It is free in most places. In some cases they may send help.",
  checked: (day: string) => `These numbers were checked on ${day}.`,
  region: "Numbers for",
  elsewhere: "Another country",
  steady: "To steady yourself",
  plan: "Open my safety plan",
  makePlan: "My safety plan",
  concern: "Something felt wrong in my care",
  flags: "In the body: when to call",
  flagsNow: "Call the emergency number now",
  flagsToday: "Call your clinic today",
  flagsVisit: "Bring to your next visit, or sooner",
  flagsAbout: "The same list for everyone. Your clinic’s own sheet comes first.",
  nothingYet:
    "The numbers of your clinic are not on this phone yet. They come once there is a connection.",
  lastResort: "If you are in danger, call the emergency number where you are.",
  anywhere: "112 works in Europe and on mobile phones in many other countries.",
} as const;

/** What is true without ever having reached a server. Region codes, and the number to call. */
export const lastResort = [
  { where: "United States and Canada", number: "911" },
  { where: "Europe", number: "112" },
  { where: "United Kingdom", number: "999" },
  { where: "Australia", number: "000" },
  { where: "New Zealand", number: "111" },
] as const;
