import { createContext } from 'react'

/** What a card may ask of the page. */
export type MapActionsValue = { readonly onPort: ((port: string) => void) | undefined }

export const MapActions = createContext<MapActionsValue>({ onPort: undefined })
