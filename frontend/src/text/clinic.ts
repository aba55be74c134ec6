/** The words of a clinic's admin: where prompts, skills, numbers and texts are read and changed. */
export const clinic = {
  desk: "The clinic’s desk",
  parts: {
    title: "The clinic",
    calendar: "Sessions and appointments",
    people: "People",
    invitations: "Invitations",
    settings: "Clinic settings",
    server: "Server",
  },
  places: "Content",
  questions: "Questions",
  skills: "Skills",
  texts: "Numbers and texts",
  opening: "Opening…",
  trouble: "This did not open. Nothing is lost. Try again.",
  again: "Try again",
  nowhere: "There is nothing here.",
  toStart: "To the questions",
  private: "You look after what the app says. No word of a journal can be opened from here.",

  origin: { product: "As it came", clinic: "Changed by your clinic" },
  own: "Made by your clinic",
  edition: (n: number) => `edition ${n}`,

  overview: {
    questions: "Questions your patients are asked",
    questionsAbout:
      "Each save makes a new edition. Answers already given keep the words they were asked.",
    skills: "Skills your patients can try",
    skillsAbout: "By what they are for. Each save makes a new edition.",
    groups: {
      ladder: "Along the treatment",
      extras: "More questions",
      logs: "Check-ins and logs",
      writing: "Writing and plans",
      measures: "Measures",
    } as Record<string, string>,
    stages: {
      prep: "Getting ready",
      day: "The day of a session",
      refl: "The next day or two",
      week: "The week after",
      prac: "Between sessions",
      pre: "Before an appointment",
      end: "After the course",
    } as Record<string, string>,
    measures:
      "A measure counts in its exact published wording. It can be read here and not changed.",
    asked: (core: number, more: number) =>
      more === 0 ? questionsOf(core) : `${questionsOf(core)}, ${more} more behind “A little more?”`,
    turns: (ask: number, all: number) =>
      `${String(ask)} of its ${questionsOf(all)} a visit, in turn: those answered longest ago come first`,
    newSkill: "Add a skill",
    newGuide: "Add a set of questions",
    appOwn: "This belongs to the app itself and stays as it is.",
    unsaved: "not saved yet",
  },

  guide: {
    back: "All questions",
    fresh: "A new set of questions",
    words: "Title and opening words",
    found: "Where patients find it",
    foundReflection: "Under Questions, for everyone",
    foundExtra: "Among the extras, for those who turn it on",
    title: "Title",
    about: "One line about it",
    aboutHelp: "Shown before it begins.",
    intro: "Opening words",
    closing: "Closing words",
    closingHelp: "Shown after the last question.",
    list: "Questions",
    core: "Asked at once",
    turns: (ask: number) =>
      `This set asks ${String(ask)} questions a visit, in turn: those answered longest ago come first, and these before the others.`,
    more: "Behind “A little more?”",
    none: "No questions here.",
    untitled: "No words yet",
    open: "Edit",
    close: "Close",
    up: "Move up",
    down: "Move down",
    moved: (place: number, of: number) => `Now ${place} of ${of}.`,
    add: "Add a question",
    addWhich: "How is it answered?",
    addNot: "Not now",
    own: "Added by your clinic",
    readonly: "This is the exact published wording. It cannot be changed here.",
    locked: "An answer to this question can never be handed over.",
    needsOne: "A set needs one question at least.",
    never: "Cannot be handed over",
    look: "Look at it",
    wrong: "Something here cannot be saved yet.",
    remarks: (n: number) =>
      n === 1 ? "One remark about the words" : `${n} remarks about the words`,
    fixed: "This question keeps its way to answer. Its words can change.",
    concern:
      "This page is about the clinic itself. It is the same at every clinic and cannot be changed here.",
    lock: {
      words:
        "This question asks about the clinic itself. Its words stay as they are at every clinic. Its place can change.",
      answers:
        "Picking one of these brings the Help card. So the answers stay as they are, and none can be added.",
    },
  },

  item: {
    text: "Question",
    help: "A line under it",
    optional: "Can stay empty.",
    tier: "When it is asked",
    nothing: "Button for “nothing came”",
    nothingHelp: "Empty: no such button.",
    label: "Name of this answer",
    options: "Answers to pick from",
    option: (n: number) => `Answer ${n}`,
    addOption: "Add an answer",
    removeOption: "Take out",
    stays: (low: string, high: string) =>
      `0 means “${low}”, 10 means “${high}”. These stay, so that old and new numbers mean the same.`,
    low: "0 means",
    high: "10 means",
    remove: "Take this question out",
    removeAsk: "Take this question out?",
    removeWhy: "From the next edition on it is not asked. Answers already given stay.",
    removeYes: "Take it out",
    removeKeep: "Keep it",
    source: "Written by the clinic",
    kinds: {
      short: "Short text",
      long: "Long text",
      scale: "A number from 0 to 10",
      choice: "Pick one",
      choices: "Pick several",
      words: "Feeling words",
    },
    parts: {
      short: "short text",
      long: "long text",
      scale: "a number from 0 to 10",
      choice: "pick one",
      choices: "pick several",
      words: "feeling words",
      places: "places in the body",
      contacts: "people and numbers",
      step: "a small step",
      effects: "after-effects",
      entries: "own entries",
      skills: "skills",
      list: "a list",
      date: "a date",
      picture: "a picture",
    } as Record<string, string>,
    kindsAbout: {
      short: "A line or two.",
      long: "As long as they like.",
      scale: "Eleven buttons, with a word at each end.",
      choice: "A list of answers; one can be picked.",
      choices: "A list of answers; any number can be picked.",
      words: "The app’s list of words for feelings.",
    },
  },

  preview: {
    title: "On the phone",
    about: "Try it. Nothing is kept.",
    look: "To look at.",
    theirs: {
      skills: "Here stand the skills of the app and those of the person.",
      entries: "Here stand the person’s own entries.",
    } as Record<string, string>,
    empty: "Your question stands here.",
    trouble: "The preview did not open.",
  },

  skill: {
    back: "All skills",
    fresh: "A new skill",
    title: "Name",
    need: "What it is for",
    when: "When it may help",
    steps: "Steps",
    stepsAbout: "One step stands on each screen.",
    step: (n: number) => `Step ${n}`,
    addStep: "Add a step",
    minutes: "Minutes",
    minutesHelp: "From 1 to 60.",
    minutesWrong: "A whole number from 1 to 60.",
    caution: "When to be careful",
    doseDay: "In the hours after a dose",
    doseDayYes: "Offered",
    doseDayNo: "Not offered",
  },

  lines: {
    remove: "Take out",
    add: "Add a line",
  },

  sheet: {
    numbers: "Your clinic’s numbers",
    numbersAbout:
      "They stand under Help, after the emergency number and the crisis lines, also before sign-in and without a network.",
    label: "Name",
    phone: "Number",
    hours: "Hours",
    addNumber: "Add a number",
    number: (n: number) => `Number ${n}`,
    after: "After a dose",
    afterAbout:
      "Shown in the hours after a dose, in this order. A paper sheet of yours comes first.",
    line: (n: number) => `Line ${n}`,

    plan: "Response plan",
    planWhat:
      "One question of the PHQ-9 asks about thoughts of death or self-harm. The app offers the PHQ-9 once your clinic has written down what happens with that answer. The PHQ-8, which leaves that question out, is offered either way.",
    planShown: "Patients read your words before the first question.",
    planNobody:
      "No one is told automatically. The app sends this answer to nobody and rates no risk. It is seen when the patient hands it over and somebody opens the page.",
    may: "What may be promised",
    mayList: [
      "The answer is saved.",
      "If it is handed over, the therapist can see it the next time they open their page. That may be hours or days.",
    ],
    mayNot: "What may not be promised",
    mayNotList: [
      "That somebody is alerted, checks on the person, calls, or answers by a time.",
      "That the person will be safe.",
      "That the answer stays between them once it is handed over. A therapist can have a duty to act.",
    ],
    off: "There is no response plan. The PHQ-9 is off.",
    fill: "Write a response plan",
    on: "The PHQ-9 is on while this plan stands.",
    takeOut: "Take the plan out",
    takenOut: "After saving, the PHQ-9 is no longer offered.",
    who: "Who looks at the answers",
    days: "On which days",
    within: "Within how long they look",
    withinHelp: "Counted from when the answer is handed over.",
    what: "What they do then",
    backup: "Who looks when they are away",
    all: "All five are needed before it can be saved.",

    crisis: "National crisis lines",
    crisisAbout:
      "The same for every clinic. They stand under Help above your numbers and cannot be taken out.",
    unchecked: "Not yet checked",
    checked: (day: string) => `Checked on ${day}`,
    emergency: (number: string) => `Emergency ${number}`,
    everywhere: "Everywhere else",
    allRegions: "All other regions",
    crisisTrouble: "The crisis lines did not open.",
    needed: "This needs words.",
  },

  save: {
    will: "Saving makes a new edition. Answers already given keep the words they were asked.",
    willTexts: "Saving makes a new edition. Phones show it once they are online.",
    willSkill: "Saving makes a new edition. Phones show it once they are online.",
    nothing: (n: number) => (n === 0 ? "Nothing to save." : `Edition ${n}. Nothing to save.`),
    save: "Save",
    saving: "Saving…",
    saved: (n: number) => `Saved as edition ${n}.`,
    drop: "Drop the changes",
    dropAsk: "Drop the changes?",
    dropWhy: "The words go back to the last edition.",
    found: "These changes were not saved before. They are still here.",
    offline: "There is no connection. Your changes are still here. Save again in a moment.",
    refused: "Some of it cannot be saved yet. What is needed stands beside the fields.",
    refusedPlain: "This cannot be saved as it is. Your changes are still here.",
    trouble: "Saving did not work. Your changes are still here. Try again.",
    leaveAsk: "Leave without saving?",
    leaveWhy: "Your changes to this are not saved.",
    leaveSave: "Save, then leave",
    leaveDrop: "Leave and drop them",
    stay: "Stay here",
  },

  newer: {
    title: (n: number) => `A colleague saved edition ${n} meanwhile.`,
    about: "Your changes are still here and not saved.",
    look: "See what is different",
    keep: "Save mine over it",
    take: "Go on from theirs",
    mine: "Yours",
    theirs: "Theirs",
    nothing: "empty",
    same: "The words are the same.",
    order: "Order of the questions",
    values: {
      core: "asked at once",
      more: "behind “A little more?”",
      true: "offered",
      false: "not offered",
    } as Record<string, string>,
  },

  /** Names of the fields that can differ; lists have none and go by their rows. */
  differences: {
    items: "",
    parts: "",
    options: "Answer",
    title: "Title",
    about: "One line about it",
    intro: "Opening words",
    closing: "Closing words",
    text: "Question",
    help: "A line under it",
    tier: "When it is asked",
    nothing: "Button for “nothing came”",
    low: "0 means",
    high: "10 means",
    label: "",
    need: "What it is for",
    when: "When it may help",
    steps: "Step",
    minutes: "Minutes",
    caution: "When to be careful",
    dose_day: "In the hours after a dose",
    numbers: "Number",
    phone: "Telephone",
    hours: "Hours",
    after_dose: "After a dose, line",
    response_plan: "Response plan:",
    who: "who",
    days: "days",
    within: "within",
    what: "what",
    backup: "back-up",
  },

  /** A rule of wording, in plain words. Nothing it says stops a save. */
  advice: { plain: (rule: string) => plainly(rule) },
} as const;

function questionsOf(n: number): string {
  return n === 1 ? "1 question" : `${n} questions`;
}

/** For each word that is not used: what it does to somebody who reads it. */
const WORDS: [RegExp, string][] = [
  [/^(just|only)$/i, "makes it sound small"],
  [/^always$/i, "leaves no room for a day that was different"],
  [/^why$/i, "can sound like blame; “what” or “how” asks the same"],
  [/^(should|must|never)$/i, "sounds like an order"],
  [
    /^(well done|good job|great job|congratulations|streaks?)$/i,
    "praises, and a bad day then fails",
  ],
  [/^(abus\w+|relaps\w+|clean|dirty)$/i, "judges; “use” and “return to use” do not"],
  [/^committed suicide$/i, "sounds like a crime; “died by suicide” does not"],
  [/^in your head$/i, "says the pain is not real"],
  [/^(weigh(t|s)?|calories?)$/i, "asks for a number about the body"],
  [/^(spirit guides?|ceremon\w+)$/i, "brings in a faith; the person may have another"],
  [/watching$/i, "promises that somebody watches"],
  [/^!$/, "is loud; a full stop is calmer"],
];
const PROMISE = "promises more than anyone can";

const RULES: [RegExp, string][] = [
  [
    /^the file reads at grade/,
    "As a whole this is hard to read on a hard day. Shorter words help.",
  ],
  [/^reads at grade/, "Long words or a long sentence. Shorter ones are easier on a hard day."],
  [
    /items, .* core/,
    "A set is easy to finish with 6 to 10 questions, 3 to 6 of them asked at once.",
  ],
  [
    /^more than (\d+) words on the day/,
    "In the hours after a dose, up to 12 words are easy to read.",
  ],
  [/^long writing on the day/, "Long writing is too much in the hours after a dose."],
  [/^asks for a meaning on the day/, "Asking for a meaning is too early on the day of a dose."],
  [/on the day$/, "This is too much for the day of a dose."],
];

function plainly(rule: string): string {
  const word = /^the word ['"](.+)['"]$/.exec(rule)?.[1];
  if (word) {
    const found = WORDS.find(([known]) => known.test(word));
    return `“${word}” ${found?.[1] ?? PROMISE}.`;
  }
  const known = RULES.find(([start]) => start.test(rule));
  return known?.[1] ?? `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`;
}
