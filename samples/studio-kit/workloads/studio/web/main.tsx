import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Notes } from "./notes.tsx";
import { Pulse } from "./pulse.tsx";
import "./style.css";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <main>
      <h1>Studio</h1>
      <Pulse />
      <Notes />
    </main>
  </StrictMode>,
);
