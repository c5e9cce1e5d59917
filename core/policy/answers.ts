import type { Answer } from './types'

/** All of them: false if one is, else the first reason why one cannot be said. */
export function all(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false
  return answers.find((one) => one !== true) ?? true
}

/** Any of them: true if one is, else the first reason why one cannot be said. */
export function any(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true
  return answers.find((one) => one !== false) ?? false
}
