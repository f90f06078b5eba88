import { Empty } from "../pieces"; export function MapScreen() { return <Empty title="Map" />; }
