// The volunteer's screen: finds a procedure and issues a number.
import { render } from "preact";
import "../shared/base.css";

render(
  <main class="plain-page">
    <h1>Hướng dẫn và phát số</h1>
  </main>,
  document.getElementById("screen")!,
);
