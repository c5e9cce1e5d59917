// The tests that mutants are run against: those of one folder, without those that read its code as text, which is not that code any more.
import base from '../../vitest.config.ts'

const include = [`${process.env.TRIPLANE_MUTATED_FOLDER}/**/*.test.ts`]
export default { ...base, test: { ...base.test, include, exclude: ['**/node_modules/**', '**/*-sentences.test.ts'] } }
