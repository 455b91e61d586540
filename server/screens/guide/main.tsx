// The volunteer's guide: finds a service or procedure, shows its papers, issues a number, looks numbers up.
import { render } from "preact";
import "../shared/base.css";
import "./guide.css";
import "./numbers.css";
import "./pages.css";
import { GuideScreen } from "./screen.tsx";

render(<GuideScreen />, document.getElementById("screen")!);
