import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { authorize, pageRequest } from '@/server/access/authorize'
import { isDenial } from '@/server/access/principal'
import { ClosedDoor } from '../door'

/** An address for signing in; every page that is closed shows the same door in its place. */
export default async function SignInPage() {
  const answer = await authorize(await pageRequest(headers()), 'view')
  if (isDenial(answer)) return <ClosedDoor denial={answer} />
  redirect('/')
}
