import { headers } from 'next/headers'
import { AppShell } from '@/components/shell/app-shell'
import { LiveRoot } from '@/components/shell/live-root'
import { authorize, pageRequest } from '@/server/access/authorize'
import { isDenial } from '@/server/access/principal'
import { sessionInfo } from '@/server/access/session-info'
import { ClosedDoor } from './door'

export default async function Page() {
  const answer = await authorize(await pageRequest(headers()), 'view')
  if (isDenial(answer)) return <ClosedDoor denial={answer} />
  return (
    <LiveRoot session={sessionInfo(answer.principal)}>
      <AppShell />
    </LiveRoot>
  )
}
