// The pages of the guide, in the order in which they are read.

import cost from '@/docs/guide/cost.md'
import ingress from '@/docs/guide/ingress.md'
import install from '@/docs/guide/install.md'
import operating from '@/docs/guide/operating.md'
import questions from '@/docs/guide/questions.md'
import security from '@/docs/guide/security.md'
import settings from '@/docs/guide/settings.md'
import sharing from '@/docs/guide/sharing.md'
import signIn from '@/docs/guide/sign-in.md'
import supported from '@/docs/guide/supported.md'
import troubleshooting from '@/docs/guide/troubleshooting.md'
import upgrade from '@/docs/guide/upgrade.md'
import type { GuidePage } from './guide-page'

export const guide: ReadonlyMap<string, GuidePage> = new Map([
  ['questions', questions],
  ['install', install],
  ['sign-in', signIn],
  ['ingress', ingress],
  ['sharing', sharing],
  ['settings', settings],
  ['security', security],
  ['operating', operating],
  ['cost', cost],
  ['upgrade', upgrade],
  ['supported', supported],
  ['troubleshooting', troubleshooting],
])

export const guideEntries = [...guide].map(([name, { title }]) => ({ name, title }))
