// What somebody pasted, from a browser, a terminal or a log: the one thing in it that can be looked for.

const longest = 2000

/** The text without what stands around it: spaces, quotes, brackets, a command and its options, the words of an error message. */
export function pasted(raw: string): string {
  const text = raw
    .slice(0, longest)
    .trim()
    .replace(/^[$#>%]\s+/, '')
  const url = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'`<>]+/i.exec(text)?.[0]
  if (url !== undefined)
    return withoutPerson(url.replace(/[).,;:!?\]}]+$/, (end) => (isAddressEnd(url, end) ? ']' : '')))
  const bare = unquoted(text)
  return /\s/.test(bare) ? (ofCommand(bare) ?? ofMessage(bare) ?? bare) : bare
}

// `http://[fd00::1]` ends with its bracket.
const isAddressEnd = (url: string, end: string) => end.startsWith(']') && /\/\/\[[^/]*$/.test(url)

// Who somebody is, and the password, is nothing to look for.
const withoutPerson = (url: string) => url.replace(/^([^/]*:\/\/)[^/?#]*@/, '$1')

const unquoted = (text: string) =>
  text
    .replace(/^["'`<(]+/, '')
    .replace(/["'`>),;]+$/, '')
    .trim()

const commands: ReadonlySet<string> = new Set([
  ...['curl', 'wget', 'http', 'https', 'dig', 'drill', 'host', 'nslookup', 'ping', 'nc', 'ncat', 'telnet', 'getent'],
])

// `curl -sv cart.shop:80`, `dig @10.96.0.10 cart.shop. A`, `nc -vz cart.shop 80`.
function ofCommand(text: string): string | undefined {
  const [command = '', ...words] = text.split(/\s+/).map(unquoted)
  if (!commands.has(command.toLowerCase())) return undefined
  const plain = words.filter((word) => /^[\w[]/.test(word))
  const at = Math.max(
    0,
    plain.findIndex((word) => /[.:/]/.test(word) && !word.endsWith(':')),
  )
  const host = plain[at]
  const port = plain[at + 1]
  const takesPort = ['nc', 'ncat', 'telnet'].includes(command.toLowerCase())
  return takesPort && host !== undefined && port !== undefined && /^\d{1,5}$/.test(port) ? `${host}:${port}` : host
}

// `dial tcp 10.96.41.7:80: connect: connection refused`, `lookup cart.shop on 10.96.0.10:53: no such host`.
function ofMessage(text: string): string | undefined {
  const forms = [
    /\blookup ([\w.-]{1,254})/i,
    /(\[[\da-f:.]{2,45}\]:\d{1,5})\b/i,
    /\b((?:\d{1,3}\.){3}\d{1,3}:\d{1,5})\b/,
    /\b([a-z][\w-]*(?:\.[\w-]+)+\.?:\d{1,5})\b/i,
  ]
  for (const form of forms) {
    const found = form.exec(text)?.[1]
    if (found !== undefined) return found
  }
  return undefined
}
