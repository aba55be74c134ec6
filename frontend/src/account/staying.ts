/** The question before a session ends, over whatever is on the screen. */
import { mount, unmount } from "svelte";

import { Trouble } from "../api/trouble.ts";
import type { Me } from "../api/types.ts";
import * as server from "./server.ts";
import { type Ends, watchStay } from "./stay.ts";
import Question from "./Staying.svelte";

const ends = (me: Me): Ends => ({
  idle: (me.idle_seconds ?? null) === null ? null : (me.idle_seconds ?? 0) * 1000,
  at: Date.parse(me.expires_at),
});

interface Who {
  me: Me;
  /** The session is over. */
  onended: () => void;
  /** Nothing is asked where nobody could see it. */
  quiet?: () => boolean;
}

/** Watches the session of whoever is here until it is told to stop. */
export function watchSession({ me, onended, quiet = () => false }: Who): () => void {
  let question: ReturnType<typeof ask> | null = null;

  function noticed(error: unknown): void {
    if (error instanceof Trouble && error.kind === "signed-out") onended();
  }

  async function stay(): Promise<Ends> {
    // Without a network the server cannot hear of it, and nothing is shown as an error.
    if (!navigator.onLine) throw new Trouble("offline");
    try {
      return ends(await server.stay());
    } catch (error) {
      noticed(error);
      throw error;
    }
  }

  function ask(last: boolean) {
    const asked = mount(Question, {
      target: document.body,
      props: {
        patient: me.role === "patient",
        last,
        onstay: watching.stay,
        onend: () => {
          question = null;
          watching.closed();
          void unmount(asked);
        },
      },
    });
    return asked;
  }

  const watching = watchStay({
    ends: ends(me),
    stay,
    onwarn: (last) => {
      if (quiet()) return;
      question?.close();
      question = ask(last);
    },
    oncalm: () => question?.close(),
    onover: () => {
      if (navigator.onLine) void server.whoAmI().catch(noticed);
    },
  });
  // What a desk asks by itself does not count; a phone sends and fetches as soon as it opens.
  if (me.role !== "patient") void watching.stay().catch(() => undefined);

  return () => {
    watching.stop();
    question?.close();
  };
}
