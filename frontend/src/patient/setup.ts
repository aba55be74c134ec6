/** Whether something of this kind was asked a moment ago: Home does not ask on top of it. */
export const asked = { now: false };
