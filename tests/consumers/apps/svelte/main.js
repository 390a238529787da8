import "oath-bridge/define";
import { mount } from "svelte";
import App from "./App.svelte";
import { openService } from "../service.js";

mount(App, { target: document.querySelector("main"), props: { service: await openService() } });
