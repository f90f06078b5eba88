import { Empty } from "../pieces"; export function CausesScreen() { return <Empty title="Causes" />; }
