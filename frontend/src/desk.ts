import { mount } from "svelte";

import { startVeil } from "./app/veil.ts";
import Desk from "./desk/Desk.svelte";

const target = document.getElementById("app");
if (target) {
  startVeil();
  mount(Desk, { target });
}
