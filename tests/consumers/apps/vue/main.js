import "oath-bridge/define";
import { createApp } from "vue";
import App from "./App.vue";
import { openService } from "../service.js";

createApp(App, { service: await openService() }).mount("main");
