import "oath-bridge/define";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { enrolledText, openService } from "../service.js";

function App({ service }) {
  const [text, setText] = useState("");
  return (
    <>
      <oath-enroll
        user-name="ana"
        service={service}
        onoath-enrolled={(event) => setText(enrolledText(event))}
      />
      <output>{text}</output>
    </>
  );
}

createRoot(document.querySelector("main")).render(<App service={await openService()} />);
