import { searchHere } from "./searching.ts";

/** Workers that the page's policy refused. */
let refused = 0;
document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
  if (effectiveDirective === "worker-src") refused += 1;
});

const answer = await searchHere();
window.parent.postMessage({ ...answer, refused }, "*");
