// The tests that mutants are run against: those of one folder, without those that read its code as text (it is another one now) or
// measure its time.
import base from '../../vitest.config.ts'

const include = [`${process.env.TRIPLANE_MUTATED_FOLDER}/**/*.test.ts`]
export default {
  ...base,
  test: {
    testTimeout: base.test?.testTimeout,
    include,
    exclude: ['**/node_modules/**', '**/*-{sentences,time}.test.ts'],
  },
}
