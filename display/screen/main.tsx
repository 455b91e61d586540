// The hall display: which number goes to which counter.
import { render } from "preact";
import "../../server/screens/shared/base.css";
import { WithDevice } from "../../server/screens/shared/device.tsx";

render(
  <WithDevice kind="display">
    {(session) => (
      <main class="plain-page">
        <h1>Bảng gọi số</h1>
        <p>{session.site.name}</p>
      </main>
    )}
  </WithDevice>,
  document.getElementById("screen")!,
);
