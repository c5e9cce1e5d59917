/** Why something is so, as data. Components turn `code` into a sentence from the message catalogue, filling in `values`. */
export type Reason = {
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
}

export type Severity = 'crit' | 'warn' | 'info'
