import 'server-only'
import { accesses, type SessionInfo, type ShareInfo } from '@/core/access/session-info'
import { accessControl } from './access-control'
import { accessesOf } from './modes'
import type { Principal } from './principal'

/** What the page may know of who looks at it. `share`: what a share link says of itself. */
export function sessionInfo(principal: Principal, share: ShareInfo | null = null): SessionInfo {
  const { kind, name } = principal
  const { mode } = accessControl()
  const may = accessesOf[kind]
  return {
    kind,
    name,
    access: accesses.filter((access) => may.has(access)),
    canSignOut: (kind === 'user' && mode === 'token') || kind === 'local',
    share,
  }
}
