/** One project a kind of test, so that a kind can be run alone: `npx jest --selectProjects domain`. */
const swc = (extra = {}) => ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022', ...extra }, module: { type: 'commonjs' } }]
const node = (name, options = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': swc() },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
  ...options,
})

module.exports = {
  reporters: ['default', '<rootDir>/test/support/plain-count-reporter.cjs'],
  testTimeout: 30_000,
  projects: [
    node('domain'),
    node('local'),
    node('functions'),
    node('journeys'),
    node('long'),
    node('components', {
      testEnvironment: 'jsdom',
      transform: { '^.+\\.[tj]s$': swc() },
      transformIgnorePatterns: ['/node_modules/(?!tdesign-miniprogram/)'],
      modulePaths: ['<rootDir>/node_modules/tdesign-miniprogram/miniprogram_dist/miniprogram_npm'],
    }),
  ],
}
