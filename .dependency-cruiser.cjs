/** Which way imports run (docs/decisions/0001). */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const FUNCTIONS = '^cloudfunctions/(homeowner|technician|staff|clock|payment|website)/'

module.exports = {
  forbidden: [
    rule('no-cycles', 'Files that need each other belong in one file.', { path: '^(cloudfunctions|local|miniprogram|typings)/' }, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('domain-is-pure', 'domain/ imports nothing of ours and no SDK.', { path: '^cloudfunctions/domain/' }, { pathNot: ['^cloudfunctions/domain/', '^typings/', 'node_modules/(zod|dayjs)/'] }),
    rule('only-platform-touches-sdks', 'SDKs are reached through platform/.', { path: '^cloudfunctions/', pathNot: '^cloudfunctions/platform/' }, { path: 'node_modules/(@cloudbase|wx-server-sdk|wechatpay-axios-plugin)' }),
    rule('platform-knows-no-function', 'platform/ serves the functions and does not know them.', { path: '^cloudfunctions/platform/' }, { path: FUNCTIONS }),
    rule('functions-are-apart', 'No function imports another.', { path: FUNCTIONS }, { path: FUNCTIONS, pathNot: '^cloudfunctions/$1/' }),
    rule('app-imports-types-only', 'The mini-program takes types from the backend, never code.', { path: '^miniprogram/' }, { path: '^(cloudfunctions|local|test|scripts)/', dependencyTypesNot: ['type-only'] }),
    rule('product-knows-no-workplace', 'What ships does not know the local workplace.', { path: '^(cloudfunctions|miniprogram)/' }, { path: '^(local|test|scripts)/' }),
    rule('workplace-runs-the-build', 'local/ runs built functions; it does not import their source.', { path: '^local/(cloud|pay|phone)/' }, { path: '^cloudfunctions/', dependencyTypesNot: ['type-only'] }),
    rule('no-dev-dependencies-in-functions', 'What ships depends on dependencies only.', { path: '^cloudfunctions/' }, { dependencyTypes: ['npm-dev'] }),
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: 'specify', tsConfig: { fileName: 'tsconfig.json' }, exclude: { path: 'miniprogram_npm|^dist/' } },
}
