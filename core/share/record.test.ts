import { describe, expect, test } from 'vitest'
import { everything, showEverything } from '../access/audience'
import { audienceOfShare, audienceOfShareNow, seesNothing } from './audience'
import { canonicalJson, signedText } from './canonical'
import { hideAll, mayFollow, revoked, rotated, type ShareRecord, shareRecordSchema, shareStateAt, used } from './record'

const hour = 3_600_000
const record: ShareRecord = {
  id: 'aaaqeaye7l57z7p6',
  hash: 'a'.repeat(64),
  generation: 1,
  label: 'platform on-call',
  cluster: 'embedded demo',
  owner: { kind: 'user', name: 'ada', groups: ['dev'] },
  createdAt: 0,
  expiresAt: 10 * hour,
  revokedAt: null,
  mode: 'live',
  namespaces: ['shop', 'web'],
  show: hideAll,
  view: 'focus=Service%3Ashop%2Fcart',
  maxViewers: 25,
  picture: null,
  lastUsedAt: null,
  uses: 0,
}
const { generation, ...unsigned } = record

describe('the record of a link', () => {
  test('[L4] is read strictly: an unknown field or a number out of range is no record', () => {
    expect(shareRecordSchema.safeParse(record).success).toBe(true)
    const bad = [
      { ...record, admin: true },
      { ...record, generation: 0 },
      { ...record, namespaces: ['Shop'] },
      { ...record, namespaces: Array.from({ length: 51 }, (_, i) => `n${i}`) },
      { ...record, hash: 'abc' },
      { ...record, owner: { kind: 'share', name: 'x', groups: [] } },
      unsigned,
    ]
    expect(bad.filter((one) => shareRecordSchema.safeParse(one).success)).toEqual([])
    expect(generation).toBe(1)
  })

  test('[L3] is over at the millisecond it expires, and by a word before', () => {
    expect([0, 10 * hour - 1, 10 * hour].map((now) => shareStateAt(record, now))).toEqual([
      'active',
      'active',
      'expired',
    ])
    expect(shareStateAt(revoked(record, hour), hour)).toBe('revoked')
    expect(shareStateAt(revoked(record, hour), 11 * hour)).toBe('revoked')
  })

  test('[L3] keeps nothing of its content once it was revoked', () => {
    const gone = revoked(record, hour)
    expect(shareRecordSchema.parse(gone)).toEqual(gone)
    expect(gone).toMatchObject({
      id: record.id,
      label: record.label,
      revokedAt: hour,
      hash: '',
      namespaces: [],
      view: '',
    })
    expect(JSON.stringify(gone)).not.toMatch(/shop|cart|aaaa/)
    expect(revoked(gone, 2 * hour)).toBe(gone)
  })

  test('[L4] counts uses by the hour', () => {
    const after = used(used(record, 5 * hour + 1234), 5 * hour + 99_999)
    expect(after).toMatchObject({ uses: 2, lastUsedAt: 5 * hour })
  })

  test.each([
    ['a use', used(record, 1), true],
    ['a new secret', rotated(record, 'b'.repeat(64)), true],
    ['a revocation', revoked(record, 1), true],
    ['another secret of the same generation', { ...record, hash: 'b'.repeat(64) }, false],
  ])('[L5] %s after the record', (_name, after, follows) => {
    expect(mayFollow(record, after)).toBe(follows)
  })

  test('[L5] an old copy never follows: neither after a revocation nor after a new secret', () => {
    expect(mayFollow(revoked(record, 1), record)).toBe(false)
    expect(mayFollow(rotated(record, 'b'.repeat(64)), record)).toBe(false)
    expect(mayFollow(revoked(record, 1), { ...record, generation: 2 })).toBe(false)
  })
})

describe('the signed text', () => {
  test('[L4] is one for one value, whatever order its fields came in', () => {
    expect(canonicalJson({ b: [{ y: 1, x: 2 }], a: 'é"' })).toBe('{"a":"é\\"","b":[{"x":2,"y":1}]}')
    const shuffled = Object.fromEntries(Object.entries(record).reverse())
    expect(signedText(shuffled)).toBe(signedText(record))
    expect(signedText({ ...record, uses: 1 })).not.toBe(signedText(record))
  })
})

describe('the audience of a link', () => {
  const owner = { ...everything, namespaces: new Set(['shop', 'admin']), nodes: false }

  test('[L6] shows its namespaces and switches, and never the name of the cluster', () => {
    const audience = audienceOfShare({ ...record, show: { ...hideAll, addresses: true } })
    expect([...(audience.namespaces === 'all' ? [] : audience.namespaces)]).toEqual(['shop', 'web'])
    expect(audience.show).toEqual({ ...hideAll, addresses: true, clusterName: false })
  })

  test('[L6] never shows more than its owner may see now', () => {
    const show = { addresses: true, nodeNames: true, externalNames: true, labels: ['app', 'tier'] }
    const poor = { ...owner, show: { ...showEverything, addresses: false, labels: ['tier'] } }
    const audience = audienceOfShareNow({ ...record, show }, poor)
    expect(audience).toMatchObject({ namespaces: new Set(['shop']), nodes: false })
    expect(audience.show).toEqual({ ...show, addresses: false, labels: ['tier'], clusterName: false })
  })

  test('[L6] an owner who lost every namespace leaves nothing to see', () => {
    expect(seesNothing(audienceOfShareNow(record, { ...owner, namespaces: new Set() }))).toBe(true)
    expect(seesNothing(audienceOfShareNow(record, everything))).toBe(false)
  })

  test('[L6] has an id that tells every difference, and no order', () => {
    const ids = [
      audienceOfShareNow(record, everything),
      audienceOfShareNow({ ...record, namespaces: ['web', 'shop'] }, everything),
      audienceOfShareNow(record, owner),
      audienceOfShareNow({ ...record, id: 'bbbqeaye7l57z7p6' }, everything),
      audienceOfShareNow({ ...record, show: { ...hideAll, labels: ['app'] } }, everything),
      audienceOfShareNow({ ...record, show: { ...hideAll, nodeNames: true } }, everything),
    ].map(({ id }) => id)
    expect(ids[0]).toBe(ids[1])
    expect(new Set(ids).size).toBe(5)
    expect(ids[0]).toMatch(/^share-aaaqeaye7l57z7p6-[0-9a-f]{16}$/)
  })
})
