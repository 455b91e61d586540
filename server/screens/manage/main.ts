// The management pages are drawn by the server; this brings their style.
import "../shared/base.css";
