// `npm run check`: types, lint, format, dependency rule, dead code, unit tests. Fast enough to run before every commit.
import { staticChecks } from './checks.ts'
import { run } from './command.ts'

const unit = { name: 'unit tests', command: ['vitest', 'run', '--silent', '--reporter=dot'] as const }
const failed: string[] = []
for (const { name, command } of [...staticChecks, unit]) {
  const started = performance.now()
  const { code, output } = await run(command)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  if (code !== 0) {
    failed.push(name)
    console.log(output)
  }
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
