/**
 * Which edition of the app speaks. It goes up when older ones can no longer be understood; the
 * server may ask for a least one (426), and what waits on the phone waits on.
 */
export const APP = 2;
export const APP_HEADER = "X-Journal-App";
export const TOO_OLD = 426;

/** Told when the server wants a newer app. */
export const tooOld: { tell: () => void } = { tell: () => undefined };
