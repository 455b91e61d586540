// The officer's screen: log in, open a counter, call and serve.
import { render } from "preact";
import "../../server/screens/shared/base.css";
import "./counter.css";
import "./desk.css";
import "./stage.css";
import "./line.css";
import "./dialogs.css";
import "./strip.css";
import { CounterScreen } from "./app.tsx";

render(<CounterScreen />, document.getElementById("screen")!);
