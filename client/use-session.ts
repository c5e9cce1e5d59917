'use client'
// Who the page is shown to. Controls for what they may not do are not drawn; the server refuses them all the same.

import { createContext, useContext } from 'react'
import type { Access, SessionInfo } from '@/core/access/session-info'

const Session = createContext<SessionInfo | undefined>(undefined)
export const SessionProvider = Session.Provider

export function useSession(): SessionInfo {
  const session = useContext(Session)
  if (session === undefined) throw new Error('no SessionProvider above')
  return session
}

export function useMay(access: Access): boolean {
  return useSession().access.includes(access)
}
