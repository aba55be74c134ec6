/** The capture page: opened from the icon's shortcut, it waits for nothing of the app. */
import { mount } from "svelte";

import { startVeil } from "./app/veil.ts";
import Capture from "./capture/Capture.svelte";
import "./styles/index.css";

const target = document.getElementById("app");
if (target) {
  const to = new URLSearchParams(location.search).get("to") ?? undefined;
  const leave = () => location.assign(to ? `/entry/${to}` : "/");
  mount(Capture, { target, props: { to, leave } });
  startVeil();
}
