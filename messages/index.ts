// Every sentence people read, by area. A locale is chosen without a path in the URL: by cookie, else by the setting.

import access from './en/access.json'
import addresses from './en/addresses.json'
import cost from './en/cost.json'
import demo from './en/demo.json'
import entries from './en/entries.json'
import errors from './en/errors.json'
import explain from './en/explain.json'
import fields from './en/fields.json'
import inspector from './en/inspector.json'
import lists from './en/lists.json'
import map from './en/map.json'
import names from './en/names.json'
import palette from './en/palette.json'
import policy from './en/policy.json'
import ports from './en/ports.json'
import problems from './en/problems.json'
import readiness from './en/readiness.json'
import reasons from './en/reasons.json'
import rules from './en/rules.json'
import share from './en/share.json'
import shell from './en/shell.json'
import status from './en/status.json'
import { pseudo } from './pseudo'

const en = {
  ...{ access, addresses, cost, demo, entries, errors, explain, fields, inspector, lists, map },
  ...{ names, palette, policy, ports, problems, readiness, reasons, rules, share, shell, status },
}

export type Messages = typeof en

/** `en-XA` is English made strange and longer: a text that stays plain does not come from the catalogue. */
const LOCALES = ['en', 'en-XA'] as const
export type Locale = (typeof LOCALES)[number]

export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

export function messagesOf(locale: Locale): Messages {
  return locale === 'en-XA' ? (pseudo(en) as Messages) : en
}
