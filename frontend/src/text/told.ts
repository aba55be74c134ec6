/** What a clinic did about somebody, said to that person. Everything here was done by hand. */
export const told = {
  title: "What your clinic did",
  by: (name: string, clinic: string, day: string) => `${name}, ${clinic}, ${day}`,
  putAway: "All right",
  look: "Look at sharing",

  patient: {
    linked: (name: string) => ({
      title: `${name} sees you from now on`,
      text: `${name} can read nothing of yours. You decide whether to share, and what.`,
    }),
    unlinked: (name: string) => ({
      title: `${name} no longer sees you here`,
      text: `${name} can read nothing of yours any more. Anything you had handed over there was removed. Your journal stays as it is.`,
    }),
    changed: (next: string, old: string) => ({
      title: `${next} sees you from now on`,
      text: `${next} comes in the place of ${old}. ${old} can read nothing of yours any more. ${next} starts with nothing. You decide whether to share, and what.`,
    }),
    left: (clinic: string) => ({
      title: `You no longer belong to ${clinic}`,
      text: "Nobody there can read anything of yours. Your journal stays yours.",
    }),
  },
  staff: {
    linked: (name: string) => ({
      title: `${name} is linked to you`,
      text: "You see a name and planned visits. They decide whether to share.",
    }),
    unlinked: (name: string) => ({
      title: `${name} is no longer linked to you`,
      text: "What they may have handed over can be opened no more.",
    }),
    left: (clinic: string) => ({
      title: `You no longer belong to ${clinic}`,
      text: "You find nobody here any more.",
    }),
  },
  deactivated: (clinic: string) => ({ title: `${clinic} shut your account`, text: "" }),
  recovery: {
    title: "Your clinic made a link to let you back in",
    text: "It opens nothing alone. If you did not ask for it, call your clinic.",
  },
  report: {
    title: "Your clinic made a report of who opened what",
    text: "It says who, when and what kind of thing. It holds no words.",
  },
} as const;
