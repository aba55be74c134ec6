/** The words of the page of numbers over time. They name and count; they never judge. */
export const trends = {
  title: "How it has been",
  about: "Numbers you gave, by day. Only you can read this page.",
  span: "How far back",
  days: (days: number) => `${days} days`,
  asTable: "Show as a table",
  asPlots: "Show as dots",
  lines: "A dashed line is the day of a session.",
  name: {
    mood: "Mood",
    sleep: "Sleep",
    pain: "Pain",
    self: "Feeling like yourself",
  } as Readonly<Record<string, string>>,
  session: (number: number) => `Session ${number}`,
  short: (number: number) => String(number),
  top: (most: number, high: string | null) => (high ? `${most} ${high}` : String(most)),
  bottom: (least: number, low: string | null) => (low ? `${least} ${low}` : String(least)),
  plot: (name: string, count: number, from: string, to: string) =>
    `${name}: ${count === 1 ? "one number" : `${count} numbers`} from ${from} to ${to}. The table has each of them.`,
  when: "When",
  value: "Number",
  outOf: (value: number, most: number) => `${value} of ${most}`,
  snapshot: "A total is a snapshot, not a diagnosis.",
  none: "No numbers in these days.",
  noneAbout: "Check-ins and questions with a scale show here.",
  checkIn: "Check in",
};
