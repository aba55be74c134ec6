/** On whose behalf this page asks. The server answers 401 when the cookie is somebody else's. */
export const ACCOUNT = "X-Journal-Account";

/** The person whose store was opened here; set by `store`, cleared by signing in and out. */
export const who: { account: string | null } = { account: null };

/** Options for a call that belongs to this person, whoever the page's is by then. */
export const as = (account: string | null): { headers: Record<string, string> } => ({
  headers: account ? { [ACCOUNT]: account } : {},
});
