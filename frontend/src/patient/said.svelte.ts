/** One quiet line from the screen that was just left, for the one that comes after it. */
class Said {
  line: string | null = $state(null);

  /** Takes the line; it is said once. */
  take(): string | null {
    const line = this.line;
    this.line = null;
    return line;
  }
}

export const said = new Said();
