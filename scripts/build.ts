/**
 * Builds all that runs into dist/:
 * - dist/cloudfunctions/NAME/{index.js, package.json, config.json}: one minified bundle a function, as deployed;
 * - dist/local/{main.mjs, function-worker.cjs}: the local workplace;
 * - dist/phone/ and dist/workbench/: the browser host and the workbench.
 * Run: npm run build
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import { type FunctionDeclaration, readCloudbaserc, readResources, type Resources } from '../local/cloud/declarations'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** SDKs stay outside the bundles: the cloud installs them, and their own tricks with process.env and require survive. */
const SDKS = ['@cloudbase/node-sdk', 'wx-server-sdk', 'wechatpay-axios-plugin']

/** Writes only what changed, whole: a workplace or a test may be reading the old one at this moment. */
function writeChanged(path: string, content: string | Uint8Array): void {
  const bytes = Buffer.from(content)
  if (existsSync(path) && readFileSync(path).equals(bytes)) return
  mkdirSync(dirname(path), { recursive: true })
  const half = join(dirname(path), `.${basename(path)}.${process.pid}`)
  writeFileSync(half, bytes)
  renameSync(half, path)
}

async function bundle(options: BuildOptions): Promise<Metafile> {
  const result = await build({
    ...options,
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  for (const file of result.outputFiles ?? []) writeChanged(file.path, file.contents)
  return result.metafile as Metafile
}

function usedSdks(metafile: Metafile): string[] {
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.filter((one) => one.external).map((one) => one.path))
  return SDKS.filter((sdk) => imports.some((path) => path === sdk || path.startsWith(`${sdk}/`)))
}

/** zod's English sentences: `platform/input-errors.ts` puts Chinese ones in their place before anything is checked. */
const withoutEnglish: Plugin = {
  name: 'without-english',
  setup: ({ onLoad }) => onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]en\.js$/ }, () => ({ contents: 'export default () => ({})', loader: 'js' })),
}

/** zod's writer of JSON Schema: `platform/input-schema.ts` writes what `help` needs of it, in a tenth of the room. */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  setup: ({ onLoad }) => {
    onLoad({ filter: /zod[\\/]v4[\\/]core[\\/]json-schema-processors\.js$/ }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
    const none = 'const none = () => () => undefined; module.exports = { createToJSONSchemaMethod: none, createStandardJSONSchemaMethod: none }'
    onLoad({ filter: /zod[\\/]v4[\\/]core[\\/]to-json-schema\.js$/ }, () => ({ contents: none, loader: 'js' }))
  },
}

async function buildFunction(declaration: FunctionDeclaration, openapi: string[], versions: Record<string, string>): Promise<void> {
  const { name } = declaration
  const out = join(root, 'dist/cloudfunctions', name)
  const metafile = await bundle({
    entryPoints: [`cloudfunctions/${name}/index.ts`],
    outfile: join(out, 'index.js'),
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    // Chinese as it is, not as escapes of twice its size.
    charset: 'utf8',
    sourcemap: 'linked',
    external: SDKS,
    plugins: [withoutEnglish, withoutJsonSchema],
  })
  const dependencies = Object.fromEntries(usedSdks(metafile).map((sdk) => [sdk, versions[sdk]]))
  writeChanged(join(out, 'package.json'), json({ name, version: '1.0.0', private: true, main: 'index.js', dependencies }))
  // Triggers stand in cloudbaserc.json too: one team saw them fire only from here (facts/wechat.md §1).
  writeChanged(join(out, 'config.json'), json({ permissions: { openapi }, triggers: declaration.triggers }))
}

async function buildFunctions(resources: Resources): Promise<void> {
  const { functions } = readCloudbaserc(join(root, 'cloudbaserc.json'))
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  const written = functions.filter(({ name }) => existsSync(join(root, 'cloudfunctions', name, 'index.ts')))
  await Promise.all(written.map((declaration) => buildFunction(declaration, resources.openapi[declaration.name] ?? [], dependencies)))
}

async function buildWorkplace(): Promise<void> {
  const node = { platform: 'node', target: 'node20', packages: 'external', sourcemap: 'linked' } as const
  await Promise.all([
    bundle({ ...node, entryPoints: ['local/main.ts'], outfile: join(root, 'dist/local/main.mjs'), format: 'esm' }),
    bundle({
      ...node,
      entryPoints: ['local/cloud/functions/worker.ts'],
      outfile: join(root, 'dist/local/function-worker.cjs'),
      format: 'cjs',
    }),
  ])
}

/** Parts with a build of their own: `export async function NAME(outDir)`. */
async function buildPart(file: string, exported: string, outDir: string): Promise<void> {
  const path = join(root, file)
  if (!existsSync(path)) return
  const part = (await import(pathToFileURL(path).href)) as Record<string, ((outDir: string) => Promise<void>) | undefined>
  const run = part[exported]
  if (!run) throw new Error(`${file} exports no ${exported}`)
  await run(join(root, outDir))
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function main(): Promise<void> {
  const resources = readResources(join(root, 'cloudbase/resources.json'))
  await Promise.all([
    buildFunctions(resources),
    buildWorkplace(),
    buildPart('local/phone/build.ts', 'buildPhone', 'dist/phone'),
    buildPart('local/workbench/build.ts', 'buildWorkbench', 'dist/workbench'),
  ])
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
