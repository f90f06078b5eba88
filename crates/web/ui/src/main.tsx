import "./style/base.css";
import "./style/frame.css";
import "./style/parts.css";
import "./style/screens.css";
import { render } from "preact";
import { App } from "./app";
import { listen } from "./router";

listen();
const place = document.getElementById("app");
if (place) render(<App />, place);
