import { Empty } from "../pieces"; export function TimelineScreen() { return <Empty title="Timeline" />; }
