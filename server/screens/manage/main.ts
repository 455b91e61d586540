// The management pages are drawn by the server; this brings their style and renews what changes.
import "../shared/base.css";
import "./frame.css";
import "./forms.css";
import "./tables.css";
import "./now.css";
import "./printers.css";
import { keepLive } from "./live.ts";

// What was done is told once, not again after a reload.
const address = new URL(location.href);
if (address.searchParams.has("done") || address.searchParams.has("lang")) {
  address.searchParams.delete("done");
  address.searchParams.delete("lang");
  history.replaceState(null, "", address.href);
}

for (const area of document.querySelectorAll<HTMLElement>("[data-live]")) {
  keepLive(area, document.querySelector("[data-live-late]"));
}
