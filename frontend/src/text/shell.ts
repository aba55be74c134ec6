/** The words of the frame, which stand on every screen of every part. */
export const shell = {
  back: "Back",
  help: "Help",
  hide: "Hide",
  places: "Places",
  place: {
    now: "Now",
    journal: "Journal",
    skills: "Skills",
    sharing: "Sharing",
  },
} as const;
