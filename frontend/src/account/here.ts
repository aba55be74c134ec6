/** What this device is, in the words its owner would use: a name to begin with in a list. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android phone"],
  [/Macintosh|Mac OS X/, "Mac"],
  [/Windows/, "Windows computer"],
  [/Linux|CrOS/, "Linux computer"],
];

export function deviceHere(agent: string = navigator.userAgent): string {
  return KNOWN.find(([sign]) => sign.test(agent))?.[1] ?? "Another device";
}
