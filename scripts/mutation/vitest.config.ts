// The tests that mutants are run against: those of one folder, without those that read its code as text (it is another one now) or
// measure its time, and without policies' thousands of random worlds, which take seconds for each mutant.
import base from '../../vitest.config.ts'

const include = [`${process.env.TRIPLANE_MUTATED_FOLDER}/**/*.test.ts`]
export default {
  ...base,
  test: {
    testTimeout: base.test?.testTimeout,
    include,
    // Files share one module cache: only what is decided when a module is loaded would be told from an earlier run, and quick leaves that out.
    isolate: process.env.TRIPLANE_MUTATED_QUICK === undefined,
    pool: 'threads',
    exclude: ['**/node_modules/**', '**/*-{sentences,time}.test.ts', '**/{naive,sentences}.test.ts'],
  },
}
