// The hall display: which number goes to which counter, shown large and spoken.
import { render } from "preact";
import "../../server/screens/shared/base.css";
import "./display.css";
import { WithDevice } from "../../server/screens/shared/device.tsx";
import { onUnauthorized } from "../../server/screens/shared/http.ts";
import { chooseLang } from "../../server/screens/shared/texts.ts";
import { ConnectedHall, StartingHall } from "./hall.tsx";
import { forget } from "./memory.ts";
import { readWishes } from "./wishes.ts";

const wishes = readWishes(location.search);
document.documentElement.dataset["ground"] = wishes.ground;
chooseLang(wishes.lang, false);
// Whoever pairs this screen anew may hang it in another hall.
onUnauthorized(forget);

render(
  <WithDevice kind="display" lang={wishes.lang} starting={() => <StartingHall wishes={wishes} />}>
    {(session, token) => <ConnectedHall session={session} token={token} wishes={wishes} />}
  </WithDevice>,
  document.getElementById("screen")!,
);
