import "./style/base.css";
import "./style/frame.css";
import "./style/parts.css";
import "./style/marked.css";
import "./style/figure.css";
import "./style/incidents.css";
import "./style/reading.css";
import "./style/ledger.css";
import "./style/map.css";
import "./style/timeline.css";
import "./style/ties.css";
import "./style/narrow.css";
import { render } from "preact";
import { App } from "./app";
import { listen } from "./router";

listen();
const place = document.getElementById("app");
if (place) render(<App />, place);
