// Exchanging a key or a token for the session cookie. What is shown goes into the body of one POST and is kept nowhere.

import { basePath } from './base-path'

/** `code` is a key of messages/en/access.json under `refused`. */
export type SignInResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly retryAfter: number | undefined }

export async function signIn(proof: { readonly key: string } | { readonly token: string }): Promise<SignInResult> {
  const answer = await fetch(`${basePath}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(proof),
  }).catch(() => undefined)
  if (answer === undefined) return { ok: false, code: 'no-answer', retryAfter: undefined }
  if (answer.ok) return { ok: true }
  const body: unknown = await answer.json().catch(() => undefined)
  return { ok: false, code: codeOf(body), retryAfter: Number(answer.headers.get('retry-after')) || undefined }
}

/** Gives the session cookie back and shows the page anew, as somebody who is not signed in. */
export async function signOut(): Promise<void> {
  await fetch(`${basePath}/api/sign-out`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  location.reload()
}

function codeOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('error' in body)) return 'unreadable'
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unreadable'
}
