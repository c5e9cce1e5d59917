/** What the front says instead of Next; `code` is for logs and tests, nobody reads a sentence there. */
export type Refusal = { readonly status: 400 | 403 | 404 | 405 | 411 | 413 | 414 | 421 | 431; readonly code: string }
