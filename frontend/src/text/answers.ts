/** The words of the ways to answer, and of the end of a guide. The voice is that of `en.ts`. */
export const answers = {
  /** Above a question, before the person's own earlier answer. */
  shows: {
    before: "Before the session you wrote:",
    earlier: "Earlier you wrote:",
    picked: "Earlier you picked:",
    pickedBefore: "Before the session you picked:",
  },

  note: {
    nextVisit: "Worth telling at your next visit, or sooner if you want.",
    concern: "People outside your therapist",
  },

  /** The way to a part of a question that waits until it is wanted. */
  openSkills: "Pick from the skills",
  openPicture: "Add a picture",

  effects: {
    legend: "What you notice",
    more: "More",
    none: "None of these",
    strength: "How strong?",
    mild: "mild",
    medium: "medium",
    strong: "strong",
    still: "Still there?",
    stillYes: "still there",
    stillNo: "gone",
    told: "Does the clinic know?",
    toldYes: "told the clinic",
    toldNo: "not told",
    toldNotYet: "not yet",
    bp: "The numbers, if you have them",
    systolic: "Upper number",
    diastolic: "Lower number",
    pulse: "Pulse",
    range: (least: number, most: number) => `A number from ${least} to ${most}.`,
    words: "Add words",
    note: "Your words",
    about: (label: string) => `About: ${label}`,
  },

  step: {
    what: "What",
    when: "When",
    where: "Where",
    tiny: "A tiny version, for a hard day",
    status: "How it stands",
    statuses: {
      open: "open",
      did: "did it",
      part: "did part of it",
      changed: "changed it",
      "not-today": "not today",
      dropped: "dropping it",
    },
  },

  list: {
    line: (at: number) => `${at}.`,
    add: "Add a line",
    up: "Up",
    down: "Down",
    remove: "Remove",
    undo: "Bring it back",
    removed: "Removed.",
    about: (at: number, words: string) => (words ? ` line ${at}: ${words}` : ` line ${at}`),
    full: (max: number) => `That is ${max} lines, the most there can be.`,
  },

  date: {
    label: "The day",
    clear: "No day",
  },

  picture: {
    choose: "Choose or take a photo",
    another: "Take another",
    remove: "Remove it",
    undo: "Bring it back",
    removed: "Removed.",
    about:
      "It is made smaller on this phone. The place and the camera’s own notes are taken out. It cannot be handed over.",
    name: "In a few words, what it shows",
    alt: "Your picture",
    working: "One moment.",
    failed: "This picture could not be opened. Another one may work.",
    large: "This picture is too large, even made smaller. Another one may work.",
  },

  entries: {
    about:
      "Picking hands nothing over. After Done you can look at each one again and hand it over, or not.",
    none: "There is nothing to pick yet.",
    read: "Read it",
    close: "Close it",
    earlier: "Earlier ones",
    gone: "This entry is no longer on this phone.",
    failed: "Your entries could not be opened here. You can skip this.",
    finding: "One moment.",
  },

  skills: {
    starred: "Starred",
    own: "Your own",
    picked: "Picked",
    all: "All skills",
    unnamed: "A skill of your own",
  },

  places: {
    map: "Drawing",
    list: "List",
    how: "How to pick places",
    about: "Touch a place. Touch it again to let it go.",
    left: "your left",
    right: "your right",
    front: "Front",
    back: "Back",
    side: "Which side of the drawing",
    hide: "Hide the body map",
    show: "Show the body map",
    elsewhere: "Not in one place",
    picked: (places: string) => `Picked: ${places}.`,
    ask: "Pick places from a list",
  },

  choose: {
    open: "Choose my questions",
    title: "Which questions do you want to be asked?",
    about: "From next time. The others stay behind “A little more?”.",
    legend: "Questions",
    keep: "Keep these",
    usual: "As usual, in turn",
    cancel: "Not now",
  },

  closing: {
    picked: "You picked these to bring. Nothing is handed over yet.",
    look: "Look at it and hand it over",
    handed: "Handed over.",
    concern:
      "This stays with you. No therapist can see it, and it is in no copy that the clinic can open. It cannot be handed over from this journal. If you want to tell somebody, you choose whom and when.",
    concernPeople: "People you can turn to",
    measure: "See your answers and the total",
    plan: "See your plan",
    home: "Go back to my journal",
  },
} as const;
