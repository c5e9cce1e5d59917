/** Where a long name may be broken into lines: before the humps of the API's spelling, and after signs. Joined it is the name. */
export function breaksOf(name: string): readonly string[] {
  return name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[./_-])(?=[^./_-])/)
}
