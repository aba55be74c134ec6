/** The words around the measures. What a measure asks is published wording and stays as it is. */
export const measures = {
  title: "Questionnaires",
  about:
    "Short sets of questions with a total. They show how things move over time. All of them are up to you.",
  snapshot: "This is a snapshot, not a diagnosis.",
  missing: "They show once this phone has been online.",
  none: "There are none here right now.",
  calm: "These wait until your head is clear. There is nothing to do now.",
  toNow: "Back to now",

  notYet: "Not taken yet.",
  last: (when: string) => `Last taken ${when}.`,
  waits: {
    taken: (when: string) => `It opens again ${when}.`,
    hours: (when: string) => `It opens ${when}, when the hours after your session are over.`,
    calm: "It opens when you leave the calm screen.",
  },
  started: (when: string) => `You stopped part of the way, ${when}.`,
  every: (days: number) =>
    days === 7 ? "At most once a week." : `At most once in ${String(days)} days.`,

  begin: "Begin",
  goOn: "Go on",
  notNow: "Not now",
  questions: "See the questions",
  answersAre: "The answers are:",
  from: "Where it comes from",

  plan: {
    title: "What your clinic does with the answers",
    who: "Who looks",
    days: "On which days",
    within: "How soon",
    what: "What they do",
    backup: "If they are away",
    unshared: "They see what you hand over, and nothing else.",
  },

  closed: {
    waits: "It can be changed when your head is clear.",
    scored: "It could be changed for one day. It stays as it is.",
    unscored: "It could be answered for one day. It stays not scored.",
  },

  result: {
    total: "Total",
    none: "Not scored",
    missing: (missing: number, of: number) =>
      missing === 1
        ? `1 of ${String(of)} questions has no answer, so there is no total.`
        : `${String(missing)} of ${String(of)} questions have no answer, so there is no total.`,
    fill: "Answer what is left",
    answers: "Your answers",
    open: "Change it or hand it over",
    openClosed: "Look at it or hand it over",
    steady: "Something to feel steady",
    done: "Done",
    gone: "This is not here.",
    goneAbout: "It may have been deleted, or it belongs to another journal.",
  },

  past: {
    title: "Earlier totals",
    when: "When",
    total: "Total",
    none: "Not scored",
  },
} as const;
