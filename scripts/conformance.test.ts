import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run } from './command'
import { runFile, runFolder, topologyInputs } from './conformance/run'
import { root } from './root'

const vectors = join(root, 'fixtures', 'vectors')

const topology = topologyInputs(
  await Promise.all(
    (await readdir(vectors)).map(async (file) => ({ file, text: await readFile(join(vectors, file), 'utf8') })),
  ),
)
const supported = (await runFolder(vectors)).filter(({ kind }) => kind !== undefined)

describe('vectors of the real Kubernetes code', () => {
  test.each(supported)('$file', async ({ file, passed, failures }) => {
    expect(failures).toEqual([])
    expect(passed).toBe(JSON.parse(await readFile(join(vectors, file), 'utf8')).vectors.length)
  })
})

describe('one wrong answer fails exactly one vector', () => {
  test.each(supported.map(({ file }) => file))('%s', async (file) => {
    const text = await readFile(join(vectors, file), 'utf8')
    const places = answerPlaces(JSON.parse(text))
    expect(places.length).toBeGreaterThan(100)
    // About 10 places per file, spread evenly, so that every sort of field is met over the files.
    for (let at = 0; at < places.length; at += Math.ceil(places.length / 10)) {
      const content = JSON.parse(text)
      const vector = corrupt(content, places[at] ?? [])
      const { failures } = runFile(file, JSON.stringify(content), topology)
      expect({ place: places[at], failed: failures.map(({ name }) => name) }).toEqual({
        place: places[at],
        failed: [vector],
      })
    }
  })
})

test('where several answers are right, one that no order of the slices gives fails its vector, whichever it is', async () => {
  const file = 'proxy-topology-hand.json'
  const text = await readFile(join(vectors, file), 'utf8')
  const { vectors: all } = JSON.parse(text)
  const at = all.findIndex(({ expectAnyOf }: { expectAnyOf?: unknown }) => expectAnyOf !== undefined)
  const { name, expectAnyOf } = all[at]
  expect(expectAnyOf.length).toBeGreaterThan(1)
  for (const i of expectAnyOf.keys()) {
    const [port = ''] = Object.keys(expectAnyOf[i])
    const content = JSON.parse(text)
    corrupt(content, [at, 'expectAnyOf', i, port, 'hasAnyEndpoints'])
    expect(runFile(file, JSON.stringify(content), topology).failures.map((one) => one.name)).toEqual([name])
  }
})

describe('files that are no vectors', () => {
  test('broken JSON, no vectors, a vector without input and one that asks nothing are failures; an unknown kind is neither', async () => {
    const at = await mkdtemp(join(tmpdir(), 'conformance-'))
    onTestFinished(() => rm(at, { recursive: true }))
    await writeFile(join(at, 'proxy-topology-cut.json'), '{"vectors": [')
    await writeFile(join(at, 'proxy-topology-empty.json'), '{"vectors": []}')
    await writeFile(join(at, 'proxy-topology-odd.json'), '{"vectors": [{"name": "odd"}]}')
    await writeFile(
      join(at, 'dns-mute.json'),
      '{"vectors": [{"name": "mute", "input": {"services": [], "endpointSlices": []}, "expect": []}]}',
    )
    await writeFile(join(at, 'unknown.json'), '{"vectors": [{"name": "x"}]}')
    await writeFile(join(at, 'unknown-cut.json'), '{"vectors"')
    await writeFile(join(at, 'README.md'), 'no vectors')
    const reports = await runFolder(at)
    expect(reports.map(({ file, kind, passed, failures }) => [file, kind, passed, failures.length])).toEqual([
      ['dns-mute.json', 'dns', 0, 1],
      ['proxy-topology-cut.json', 'proxy-topology', 0, 1],
      ['proxy-topology-empty.json', 'proxy-topology', 0, 1],
      ['proxy-topology-odd.json', 'proxy-topology', 0, 1],
      ['unknown-cut.json', undefined, 0, 1],
      ['unknown.json', undefined, 0, 0],
    ])
  })
})

describe('rules vectors', () => {
  const file = 'iptables-rules.json'
  const read = async () => JSON.parse(await readFile(join(vectors, file), 'utf8'))

  test('one whose input is in no proxy-topology file fails alone, and says so', async () => {
    const content = await read()
    content.vectors[3].name = 'nowhere'
    expect(runFile(file, JSON.stringify(content), topology).failures).toEqual([
      { name: 'nowhere', difference: 'cannot be run: no proxy-topology file of the folder has the input "nowhere"' },
    ])
  })

  test('one whose input stands twice, and differs, fails', async () => {
    const [name, inputs] = [...topology][0] ?? []
    const twice = new Map([...topology, [name ?? '', [...(inputs ?? []), { other: true }]]])
    const { failures } = runFile(file, JSON.stringify(await read()), twice)
    expect(failures).toEqual([{ name, difference: expect.stringContaining('have 2 inputs') }])
  })

  test('another base is one failure of the file, and no vector fails for it', async () => {
    const content = await read()
    content.meta.base.IPv6[20] += ' --log'
    const { passed, failures } = runFile(file, JSON.stringify(content), topology)
    expect(passed).toBe(content.vectors.length)
    expect(failures).toEqual([{ name: '(meta)', difference: expect.stringContaining('base.IPv6.20') }])
  })
})

describe('the command', () => {
  const conformance = async (folder: string) => {
    const { code, output } = await run(['tsx', 'scripts/conformance.ts', folder])
    return { code, last: output.trim().split('\n').at(-1), output }
  }

  test('ends with the counts; any failure, an empty folder and a missing one end with 1', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'conformance-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    expect(await conformance(folder)).toMatchObject({ code: 1, last: '0 passed, 0 failed' })
    await cp(join(vectors, 'proxy-topology-hand.json'), join(folder, 'proxy-topology-hand.json'))
    await writeFile(join(folder, 'other.json'), '{"vectors": [{"name": "x"}]}')
    const good = await conformance(folder)
    expect(good).toMatchObject({ code: 0, last: '122 passed, 0 failed' })
    expect(good.output).toContain('proxy-topology-hand.json: 122 passed, 0 failed')
    expect(good.output).toContain('Not supported yet, counted as neither: other')
    await mkdir(join(folder, 'slicing-folder.json'))
    const bad = await conformance(folder)
    expect(bad).toMatchObject({ code: 1, last: '122 passed, 1 failed' })
    expect(await conformance(join(folder, 'nowhere'))).toMatchObject({ code: 1 })
  })
})

type Place = readonly (string | number)[]

/** Names under which a vector (or one of its steps) lists its answer. */
const ANSWERS = ['expect', 'rules', 'virtualServers', 'ipsets', 'dummyAddresses', 'noLocalEndpoints']

/** Paths of all plain values inside the answers. */
function answerPlaces(content: { readonly vectors: readonly unknown[] }): readonly Place[] {
  const places: Place[] = []
  const walk = (value: unknown, path: Place, inAnswer: boolean): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        walk(inner, [...path, Array.isArray(value) ? Number(key) : key], inAnswer || isAnswer(path, key))
      }
    } else if (inAnswer) places.push(path)
  }
  walk(content.vectors, [], false)
  return places
}

// `expect` stands in a vector or in its steps; the others directly in the vector, and may be field names inside of an input.
const isAnswer = (path: Place, key: string) => ANSWERS.includes(key) && (key === 'expect' || path.length === 1)

/** Changes the value at the place and gives the name of its vector. */
function corrupt(content: { vectors: { name: string }[] }, place: Place): string {
  const parent = place.slice(0, -1).reduce<Record<string, unknown>>(
    // The path was read from this very content.
    (object, key) => object[key] as Record<string, unknown>,
    content.vectors as unknown as Record<string, unknown>,
  )
  const key = place.at(-1) ?? ''
  const value = parent[key]
  parent[key] = typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value}x`
  return content.vectors[Number(place[0])]?.name ?? ''
}
