'use client'
// Whether this page is one that a link opened. Its parts leave out what a link's readers have no business with; the server refuses
// them all the same.

import { createContext, useContext } from 'react'
import type { ShareAbout } from '@/core/share/about'

const Share = createContext<ShareAbout | undefined>(undefined)
export const ShareProvider = Share.Provider

/** What the link says of itself; undefined on every page but a link's. */
export function useShare(): ShareAbout | undefined {
  return useContext(Share)
}
