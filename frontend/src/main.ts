import { mount } from "svelte";

import App from "./App.svelte";
import { hearInstall } from "./app/install.ts";
import { startRouter } from "./app/router.ts";
import { session } from "./app/session.svelte.ts";
import { startUpdates } from "./app/update.ts";
import { keysWith } from "./data/db.ts";
import { start } from "./sync/engine.ts";

const target = document.getElementById("app");
if (target) {
  startRouter();
  hearInstall();
  keysWith(() => import("./data/newkey.ts"));
  void session.start();
  mount(App, { target });
  start();
  void startUpdates();
}
