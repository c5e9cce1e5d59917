import { run } from './command.ts'

const names = ['firefox-esr', 'firefox']

/** Path of the system's Firefox: `FIREFOX_PATH`, else the first of its names that starts. Undefined where there is none. */
export async function findFirefox(): Promise<string | undefined> {
  const found = await Promise.all(names.map(async (name) => (await run(['which', name])).output.trim()))
  for (const path of [process.env.FIREFOX_PATH ?? '', ...found]) {
    if (path !== '' && (await run([path, '--version'], { timeoutMs: 20_000 })).code === 0) return path
  }
  return undefined
}
