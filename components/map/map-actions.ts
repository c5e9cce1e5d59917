import { createContext } from 'react'

/** What a card may ask of the page. */
export type MapActionsValue = {
  readonly onPort: ((port: string) => void) | undefined
  /** Who has addresses in a range; for '' all ranges. */
  readonly onRange: ((cidr: string) => void) | undefined
  /** All ways in, of the Service in focus or of the cluster. */
  readonly onWays: (() => void) | undefined
  /** What the changes cost that are counted. */
  readonly onCost: (() => void) | undefined
}

export const MapActions = createContext<MapActionsValue>({
  onPort: undefined,
  onRange: undefined,
  onWays: undefined,
  onCost: undefined,
})
