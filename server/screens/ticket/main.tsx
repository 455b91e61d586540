// A citizen's own ticket: where it stands in the line, and where to go when it is called.
import { render } from "preact";
import "../shared/base.css";
import { connectLive } from "../shared/live.ts";
import { TicketScreen } from "./screen.tsx";
import "./ticket.css";

const token = decodeURIComponent(location.pathname.split("/")[2] ?? "");

render(<TicketScreen live={connectLive()} token={token} />, document.getElementById("screen")!);
