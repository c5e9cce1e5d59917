import type { Authenticator } from '../access/authenticator'

/** Where no links are kept, whoever names one gets nothing, and never what somebody else may see. */
export const noShares: Authenticator = async ({ share }) =>
  share === undefined ? undefined : { status: 401, code: 'share-over' }
