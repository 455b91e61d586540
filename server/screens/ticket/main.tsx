// A citizen's own ticket.
import { render } from "preact";
import "../shared/base.css";

render(
  <main class="plain-page">
    <h1>Phiếu số của ông/bà</h1>
  </main>,
  document.getElementById("screen")!,
);
