// The officer's screen: calls and serves.
import { render } from "preact";
import "../../server/screens/shared/base.css";

render(
  <main class="plain-page">
    <h1>Quầy phục vụ</h1>
  </main>,
  document.getElementById("screen")!,
);
