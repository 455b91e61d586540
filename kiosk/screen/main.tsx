// The kiosk: where a citizen takes a number.
import { render } from "preact";
import "../../server/screens/shared/base.css";
import { WithDevice } from "../../server/screens/shared/device.tsx";
import { ColdStart } from "./cold_start.tsx";
import { Kiosk } from "./kiosk.tsx";
import "./kiosk.css";
import "./tiles.css";
import "./number.css";

// A touch screen in a hall has no menu of the browser's own.
document.addEventListener("contextmenu", (event) => event.preventDefault());

render(
  <WithDevice kind="kiosk" starting={() => <ColdStart />}>
    {(session) => <Kiosk key={session.site.code} session={session} />}
  </WithDevice>,
  document.getElementById("screen")!,
);
