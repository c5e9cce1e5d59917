// Kubernetes Status objects: the body of every error the API answers with.

import type { JsonObject } from './api-object'

export type ApiError = { readonly code: number; readonly body: JsonObject; readonly retryAfter?: number }

type StatusText = { readonly message: string; readonly details?: JsonObject; readonly metadata?: JsonObject }

const status = (code: number, reason: string, { message, details, metadata = {} }: StatusText): ApiError => ({
  code,
  body: { kind: 'Status', apiVersion: 'v1', metadata, status: 'Failure', message, reason, details, code },
})

export const badRequest = (message: string) => status(400, 'BadRequest', { message })

export const pathNotFound = () =>
  status(404, 'NotFound', { message: 'the server could not find the requested resource', details: {} })

export const objectNotFound = (resource: string, name: string) =>
  status(404, 'NotFound', { message: `${resource} "${name}" not found`, details: { name, kind: resource } })

export const methodNotAllowed = () =>
  status(405, 'MethodNotAllowed', { message: 'the server does not allow this method on the requested resource' })

export const notAcceptable = () =>
  status(406, 'NotAcceptable', {
    message: 'only the following media types are accepted: application/json, application/json;stream=watch',
  })

export const tooOld = (asked: number, oldest: number) =>
  status(410, 'Expired', { message: `too old resource version: ${asked} (${oldest})` })

/** A page of a list whose snapshot is gone; the token in `metadata.continue` goes on without consistency. */
export const pageExpired = (inconsistentContinue: string) =>
  status(410, 'Expired', {
    message: 'The provided continue parameter is too old to display a consistent list result.',
    metadata: { continue: inconsistentContinue },
  })

export const tooLarge = (asked: number, current: number): ApiError => ({
  ...status(504, 'Timeout', {
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  }),
  retryAfter: 1,
})
