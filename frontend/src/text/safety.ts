/**
 * The words of the safety screens: the card with help, telling a therapist, the safety plan, a
 * worry about one's care, the list of phrases. Nothing here promises that somebody watches.
 */
export const card = {
  title: "Help, if you want it",
  thanks: "Thank you for saying it.",
  heavy: "That sounds heavy.",
  unwatched: "No one is watching this in real time.",
  steady: "To feel steady",
  people: "People you listed",
  talk: "Someone to talk to",
  danger: "In danger right now",
  call: (who: string) => `Call ${who}`,
  callNumber: (number: string) => `Call ${number}`,
  plan: "Open my safety plan",
  tell: (name: string | null) => (name === null ? "Tell my therapist" : `Tell ${name}`),
  numbers: "All numbers",
  goOn: "Go on",
  toJournal: "Go back to my journal",
} as const;

export const tell = {
  title: (name: string | null) => (name === null ? "Tell my therapist" : `Tell ${name}`),
  notEmergency: "This is not an emergency line.",
  to: "To whom?",
  what: "What is sent",
  when: "When it may be read",
  visit: (name: string, when: string) =>
    `${name} can see it when they next look. Your next visit is ${when}. It may be read then, or sooner.`,
  noVisit: (name: string) => `${name} can see it when they next look. That may be hours or days.`,
  duty: "What can follow",
  act: "Your therapist may have to act to help keep you safe.",
  held: (when: string) => `These are the hours after your session. It waits until ${when}.`,
  heldAsk: "Then we ask you once more.",
  heldGo: (name: string) => `Then ${name} can read it, as you agreed.`,
  heldNow: "If you need someone before that, please use the numbers.",
  send: (name: string) => `Send it to ${name}`,
  sendLater: "Let it wait until then",
  sending: "Sending…",
  numbers: "Numbers to call now",
  notNow: "Not now",
  back: "Go back",
  unsent:
    "This is still on this phone. It can be sent once there is a connection. It does not go by itself.",
  offline: "There is no connection. Nothing was sent. Please try again later, or call.",
  signedOut: "You are signed out. Nothing was sent. Please sign in, or call.",
  trouble: "That did not work. Nothing was sent. Please try again, or call.",
  changed: "Something has changed since. Please look at it again.",
  nobody: "You do not share with a therapist now. The numbers are there in any case.",
  paused: (name: string) =>
    `Sharing with ${name} is paused. Nothing can be sent until you go on. The numbers are there in any case.`,
  newText: (name: string) =>
    `The agreement with ${name} has a newer text. Nothing can be sent until you have agreed to it. The numbers are there in any case.`,
  toSharing: "Look at sharing",
  otherKind: (name: string) =>
    `You do not share this kind of thing with ${name}, so it stays with you. You can still call, or say it in person.`,
  nothing: "There is nothing in here that can be sent.",
  kept: "You keep these answers to yourself. You can pick what to send. You can also call, or say it in person.",
  pick: "Pick what to send",
  gone: "This is not on this phone.",
  where: "Where it is now",
  waitingUntil: (when: string) => `Waiting. It goes out ${when}.`,
  waitingYes: "Waiting for your yes. Nothing has gone out.",
  handed: (name: string, when: string) => `Handed to ${name} ${when}. Not opened yet.`,
  opened: (name: string, when: string) => `Opened by ${name} ${when}.`,
  stateOffline: "There is no connection. This is how it was last time.",
  sharing: "See it or take it back under Sharing",
} as const;

export const plan = {
  title: "My safety plan",
  about: "For the times when it gets hard. It opens without a network too.",
  clinician: "It is best made with a clinician.",
  changed: (day: string) => `Last changed ${day}.`,
  onPhone: "The last change is still on this phone. It is sent when you are online.",
  change: "Change",
  changeOf: (section: string) => `: ${section}`,
  goOn: "Go on with my plan",
  attach: "Add a picture of the plan made with my clinician",
  numbers: "Numbers to call",
  earlier: "Earlier versions",
  print: "Print it",
  later: "Changing it can wait until tomorrow. You can read it and call from it now.",
  empty: "Your plan is still blank.",
  emptyAbout:
    "A safety plan is a short list for hard times: what you notice, what you can do, who you can call. You can begin alone, with one line. It is best made with your clinician.",
  begin: "Begin my plan",
  emptyLater: "Writing it can wait until tomorrow. The numbers are here now.",
  nothing: "Nothing here yet.",
  starred: "Skills you starred",
  lines: "Open to anyone",
  picture: "The plan I made with my clinician",
  source:
    "The sections are our own words, informed by published safety-planning research (Stanley and Brown, 2012).",
  call: (name: string) => `Call ${name}`,
} as const;

export const concern = {
  title: "Something felt wrong in my care",
  locked:
    "What you write here cannot be handed to anyone. Nobody at your clinic can open it in this app.",
  note: "In your journal list it is called “A private note”, without its words.",
  what: "What happened",
  want: "What I want",
  done: "Done",
  saved: "It is kept. Nobody at your clinic can open it in this app.",
  places: "Places outside your therapist",
  placesAbout:
    "You choose if and when. Your clinic cannot change this list. You do not have to be sure before you ask.",
  earlier: "What you wrote before",
  blank: "A note without words",
  more: "Write another note",
  missing: "This page opens once this phone has been online.",
  danger: "If you are in danger now, the numbers are under Help.",
  dangerLink: "See the numbers",
} as const;

/**
 * Where a person can turn, in words: names of kinds of places, and how to find the right one. A
 * number stands here only if it was checked; so far none was, so none does.
 */
export const places = {
  police: {
    name: "The police, if you want that",
    about: (number: string | null) =>
      number === null
        ? "A crime can be reported at any time. If you are in danger now, call the emergency number."
        : `A crime can be reported at any time. If you are in danger now, call ${number}.`,
  },
  common: [
    {
      name: "The board that licenses them",
      about:
        "Doctors, nurses and therapists need a license. The board looks into harm and crossed lines. Search for the job, the word “board” or “register”, and the name of your state or country.",
    },
    {
      name: "A patient advocate or ombudsman",
      about:
        "Someone whose job is to stand with patients. Ask a hospital, your health plan or your local health office for the patient advocate or the ombudsman.",
    },
    {
      name: "A sexual assault line",
      about:
        "For any touch or words of that kind that you did not want, also if you are not sure. Search for “sexual assault helpline” and your country. The talk is private in most places.",
    },
  ],
  regions: {
    US: [
      {
        name: "Your state licensing board",
        about:
          "Each state has a medical board, a nursing board and boards for therapists. Search for your state, the job, and “licensing board complaint”.",
      },
      {
        name: "A patient advocate or ombudsman",
        about:
          "Hospitals and health plans have a patient advocate. Many states have a health care ombudsman. Ask for them by that name.",
      },
      {
        name: "The national sexual assault hotline",
        about:
          "RAINN runs it, by phone and by chat. Search for “RAINN hotline” for the number of today.",
      },
    ],
    GB: [
      {
        name: "The regulator",
        about:
          "Doctors: the General Medical Council. Nurses: the Nursing and Midwifery Council. Many therapists: the HCPC or the body they belong to. Each has a page for raising a concern.",
      },
      {
        name: "An advocate or ombudsman",
        about:
          "The local NHS complaints advocacy service helps for free. After a complaint, the health ombudsman of your nation can look at it.",
      },
      {
        name: "A rape and sexual assault line",
        about:
          "Rape Crisis runs lines in each nation. Search for “Rape Crisis” and your nation for the number of today.",
      },
    ],
    IE: [
      {
        name: "The regulator",
        about:
          "Doctors: the Medical Council. Nurses: NMBI. Other health workers: CORU. Each has a page for complaints.",
      },
      {
        name: "An advocate or ombudsman",
        about:
          "The Patient Advocacy Service helps for free. The Ombudsman looks at complaints about public care.",
      },
      {
        name: "A rape crisis line",
        about: "The national 24-hour rape crisis helpline. Search for it by that name.",
      },
    ],
    CA: [
      {
        name: "The college that licenses them",
        about:
          "Each province has a college for doctors, nurses and psychologists. Search for your province, the job, and “college complaint”.",
      },
      {
        name: "A patient ombudsman or advocate",
        about:
          "Most provinces have a patient ombudsman or a patient relations office. Hospitals can name it.",
      },
      {
        name: "A sexual assault centre",
        about: "Search for “sexual assault centre” and your town or province.",
      },
    ],
    AU: [
      {
        name: "The regulator",
        about: "Ahpra takes concerns about doctors, nurses and psychologists in all states.",
      },
      {
        name: "The health complaints office of your state",
        about: "Each state has a health complaints commissioner or ombudsman. It is free.",
      },
      {
        name: "The national sexual assault line",
        about: "Search for “sexual assault counselling” and your state for the number of today.",
      },
    ],
    NZ: [
      {
        name: "The Health and Disability Commissioner",
        about: "It looks into complaints about any health worker. It also names the boards.",
      },
      {
        name: "The Nationwide Advocacy Service",
        about: "Free advocates for patients. Search for “health advocacy service”.",
      },
      {
        name: "The sexual harm helpline",
        about: "The service is called Safe to talk. Search for it by that name.",
      },
    ],
  } as Record<string, { name: string; about: string }[]>,
} as const;

export const phrases = {
  title: "Words that offer help",
  ask: "Should this app offer the Help card if it sees certain words? It looks only on your device. It tells no one.",
  askMore: "See the words first",
  askEither: "You can change this at any time. The Help button is there either way.",
  yes: "Yes",
  no: "No",
  notNow: "Not now",
  on: "On: the card may be offered.",
  off: "Off: it does not look.",
  setting: "Should it look?",
  turnOn: "Yes, offer it",
  turnOff: "No",
  does: "What it does",
  doesList: [
    "It looks once, when you tap Done, after your words are saved.",
    "It looks for the phrases below, in the words you typed.",
    "If one is there, it shows the Help card. You can close it at once.",
    "The card comes once at most until you open the app again.",
  ],
  doesNot: "What it does not do",
  doesNotList: [
    "It never looks while you type, at a recording, a drawing, or what you wrote before.",
    "It tells no one. It counts nothing and keeps nothing. No one can see that it was shown.",
    "It changes nothing you wrote, and it never stops you.",
    "It misses a lot. No card does not mean that you are safe.",
  ],
  list: "The whole list",
  version: (version: number) => `Version ${version}.`,
  listAbout: (any: number, intent: number) =>
    `${any + intent} phrases. Big and small letters, commas and short forms make no difference.`,
  intent: "At any time",
  intentAbout: "On the day of a session and in the two days after, it looks for these alone.",
  any: "At other times also",
  missing: "The list opens once this phone has been online.",
} as const;
