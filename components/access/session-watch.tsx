'use client'

import { useEffect } from 'react'
import { takeLaunchKey } from '@/client/launch-key'
import { signIn } from '@/client/sign-in'
import { trpc } from '@/client/trpc'
import { useLive } from '@/client/use-graph'
import { useSession } from '@/client/use-session'

/** Shows the door once the session is over: the page is asked for anew, and the server draws what it draws for nobody. */
export function SessionWatch() {
  const live = useLive()
  const { kind, name } = useSession()
  const isRefused = live.status === 'stale' && (live.reason.code === 'rejected' || live.reason.code === 'refused')
  const isForbidden = live.status === 'stale' && live.reason.code === 'rejected' && live.reason.detail === 'FORBIDDEN'
  useEffect(() => {
    if (!isRefused) return
    const reloadIfOver = async () => {
      // Without an answer nothing is known: the stream's own loop goes on trying.
      const session = await trpc.session.get.query().catch(() => undefined)
      // Who is known and yet refused for good has lost every right: the page says so in place of the last picture.
      const isOther = session !== undefined && (session.kind !== kind || session.name !== name)
      if (isOther || (session !== undefined && isForbidden)) location.reload()
    }
    void reloadIfOver()
  }, [isRefused, isForbidden, kind, name])
  // An address with a key that was opened by somebody who is in already: the key is used up and leaves the address bar.
  useEffect(() => {
    const key = takeLaunchKey()
    if (key !== undefined) void signIn({ key })
  }, [])
  return null
}
