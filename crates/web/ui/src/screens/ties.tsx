import { Empty } from "../pieces"; export function TiesScreen() { return <Empty title="Ties" />; }
