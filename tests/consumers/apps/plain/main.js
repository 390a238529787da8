import "oath-bridge/define";
import { enrolledText, openService } from "../service.js";

const enroll = document.createElement("oath-enroll");
enroll.userName = "ana";
enroll.service = await openService();
enroll.addEventListener("oath-enrolled", (event) => {
  document.querySelector("output").textContent = enrolledText(event);
});
document.querySelector("main").append(enroll);
