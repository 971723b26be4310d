/** Everything the phone runs, as one script: the host, the app's modules (each run when first needed), templates and styles. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from 'esbuild'
import esbuild from 'esbuild'
import type { ComponentSource } from './component-graph'
import { PhoneBuildError } from './diagnostics'
import type { SourceTree } from './source-tree'

export interface BundleInput {
  tree: SourceTree
  app: Record<string, unknown>
  theme: Record<string, unknown>
  pages: readonly string[]
  components: Iterable<ComponentSource>
  /** component path → style sheet */
  styles: ReadonlyMap<string, string>
  templates: string
  outFile: string
}

const json = (value: unknown): string => JSON.stringify(value)

function entrySource({ tree, app, theme, pages, components, styles, templates }: BundleInput): string {
  const appScript = tree.file('app', '.ts', '.js')
  const component = ({ path, config, isPage, script }: ComponentSource): string =>
    `${json(path)}: { config: ${json(config)}, isPage: ${isPage}, style: ${json(styles.get(path) ?? '')}, load: () => { ${script === undefined ? '' : `require(${json(script)})`} } }`
  return [
    `const { startPhone, wxsGlobals } = require(${json(join(__dirname, '../host/main.ts'))})`,
    'Object.assign(window, wxsGlobals)',
    `void startPhone({ app: ${json(app)}, theme: ${json(theme)}, pages: ${json(pages)}, templates: ${templates},`,
    `appStyle: ${json(styles.get('app') ?? '')}, loadApp: () => { ${appScript === undefined ? '' : `require(${json(appScript)})`} },`,
    `components: {\n${[...components].map(component).join(',\n')}\n} })`,
  ].join('\n')
}

/** @throws PhoneBuildError naming file, line and column of whatever cannot be bundled */
export async function bundlePhone(input: BundleInput): Promise<void> {
  const { tree } = input
  try {
    await esbuild.build({
      stdin: { contents: entrySource(input), resolveDir: tree.root, sourcefile: 'phone-entry.js' },
      bundle: true,
      format: 'iife',
      outfile: input.outFile,
      sourcemap: true,
      target: 'es2022',
      logLevel: 'silent',
      charset: 'utf8',
      // The development build of the component framework warns of what WeChat's own tools would warn of.
      define: { 'process.env.NODE_ENV': '"development"', global: 'globalThis' },
      nodePaths: [join(__dirname, '../../../node_modules'), ...tree.nestedPackageFolders()],
      mainFields: ['module', 'main'],
      tsconfigRaw: readFileSync(join(__dirname, '../../../tsconfig.json'), 'utf8'),
    })
  } catch (error) {
    const messages = (error as { errors?: Message[] }).errors
    if (!messages) throw error
    throw new PhoneBuildError(
      messages.map(({ text, location }) => ({
        file: location?.file ?? 'app',
        message: text,
        ...(location ? { line: location.line, column: location.column + 1 } : {}),
      })),
    )
  }
}
