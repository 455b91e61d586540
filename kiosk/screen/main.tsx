// The kiosk: where a citizen takes a number.
import { render } from "preact";
import "../../server/screens/shared/base.css";
import { WithDevice } from "../../server/screens/shared/device.tsx";

render(
  <WithDevice kind="kiosk">
    {(session) => (
      <main class="plain-page">
        <h1>Lấy số thứ tự</h1>
        <p>{session.site.name}</p>
      </main>
    )}
  </WithDevice>,
  document.getElementById("screen")!,
);
