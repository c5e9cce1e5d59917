import { defineConfig } from '@playwright/test'

// Two workers: a test waits for its server and its page more than it works, and two on two cores were no less steady than one.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // The long ones take minutes each: npm run test:long.
  ...(process.env.TRIPLANE_TEST_LONG === '1' ? {} : { testIgnore: '**/*.long.spec.ts' }),
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // What passes takes no longer for it, and a machine that has other things to do as well fails nothing. What must happen within a
  // time says so itself.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  outputDir: '../.cache/e2e',
  reporter: [['list'], ['json']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1600, height: 1000 },
    // A trace keeps every step of every page, and costs a sixth of the time: TRIPLANE_TEST_TRACE=1 to see how a test failed.
    trace: process.env.TRIPLANE_TEST_TRACE === '1' ? 'retain-on-failure' : 'off',
    // What moves is drawn by this machine's own CPU. Files that are about movement, or must see all of it, ask for it.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
