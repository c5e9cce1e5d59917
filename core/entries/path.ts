/** Whether the path is the prefix, element by element; a slash at its end makes no difference (networking/v1 types.go@v0.36.3). */
export function hasPrefix(path: string, prefix: string): boolean {
  const bare = prefix.replace(/\/$/, '')
  return path === bare || path.startsWith(`${bare}/`)
}
