// Names and attributes of our cookies, and reading them. Browsers keep no ports apart, so a name on loopback carries one.

export type CookieScope = {
  /** '' or '/base'. */
  readonly basePath: string
  /** Whether people reach this server by https. */
  readonly secure: boolean
  /** Told apart by it on plain http: two servers of one machine share a jar. */
  readonly port: number
}

export type CookieOptions = {
  /** Seconds; undefined: until the browser ends. */
  readonly maxAge?: number
}

/** `__Host-` where its rules (https, Path=/) are met, `__Secure-` on https under a base path, else the name and the port. */
export function cookieName(base: string, { basePath, secure, port }: CookieScope): string {
  if (!secure) return `${base}-${port}`
  return basePath === '' ? `__Host-${base}` : `__Secure-${base}`
}

/**
 * A Set-Cookie line: HttpOnly, and nowhere but at and below the base path (RFC 6265, 5.1.4: with a slash at its end the path would
 * leave out the page at the base path itself). Lax, because a link in a chat must find its reader signed in; nothing is done by GET,
 * and the front refuses what another site sends to the API.
 */
export function setCookie(base: string, value: string, scope: CookieScope & CookieOptions): string {
  const { basePath, secure, maxAge } = scope
  return [
    `${cookieName(base, scope)}=${value}`,
    `Path=${basePath || '/'}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${Math.max(0, Math.floor(maxAge))}`]),
    'HttpOnly',
    ...(secure ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ')
}

/** A Set-Cookie line that takes the cookie back. */
export function clearCookie(base: string, scope: CookieScope): string {
  return setCookie(base, '', { ...scope, maxAge: 0 })
}

/** Every value sent under the name, in order. More than one is nothing an honest browser sends for one path. */
export function cookieValues(headers: Headers, base: string, scope: CookieScope): readonly string[] {
  const name = `${cookieName(base, scope)}=`
  return (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(name))
    .map((pair) => pair.slice(name.length))
}
