import { mount } from "svelte";

import Desk from "./desk/Desk.svelte";

const target = document.getElementById("app");
if (target) mount(Desk, { target });
