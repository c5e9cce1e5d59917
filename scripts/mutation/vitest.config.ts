// The tests that mutants are run against: those of one folder.
import base from '../../vitest.config.ts'

export default { ...base, test: { ...base.test, include: [`${process.env.TRIPLANE_MUTATED_FOLDER}/**/*.test.ts`] } }
