/** The way to hide everything, where the shell offers one: screens have its button beside Help. */
class Hide {
  now: (() => void) | null = $state.raw(null);
}

export const hide = new Hide();
